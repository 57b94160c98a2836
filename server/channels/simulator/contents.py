"""What files hold, each by its SHA-256: kept once, however many files hold it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol


class Shelf(Protocol):
    def names(self) -> Iterable[str]: ...
    def size_of(self, name: str) -> int | None: ...
    def read(self, name: str) -> bytes: ...
    def write(self, name: str, content: bytes) -> None: ...
    def remove(self, name: str) -> None: ...


class Memory:
    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def names(self) -> list[str]:
        return list(self._kept)

    def size_of(self, name: str) -> int | None:
        content = self._kept.get(name)
        return None if content is None else len(content)

    def read(self, name: str) -> bytes:
        return self._kept[name]

    def write(self, name: str, content: bytes) -> None:
        self._kept[name] = content

    def remove(self, name: str) -> None:
        self._kept.pop(name, None)


class Directory:
    """A file that has its name is whole, whenever the process died."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> list[str]:
        return [file.name for file in self._path.iterdir()] if self._path.is_dir() else []

    def size_of(self, name: str) -> int | None:
        file = self._path / name
        return file.stat().st_size if file.is_file() else None

    def read(self, name: str) -> bytes:
        return (self._path / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._path / f"{name}.part"
        unfinished.write_bytes(content)
        unfinished.replace(self._path / name)

    def remove(self, name: str) -> None:
        (self._path / name).unlink(missing_ok=True)


class Contents:
    """`size` is the bytes of all that is kept."""

    def __init__(self, directory: Path | None) -> None:
        self._shelf: Shelf = Directory(directory) if directory else Memory()
        self._holders: Counter[bytes] = Counter()
        self.size = 0

    def put(self, content: bytes) -> bytes:
        """Its SHA-256, held once more."""
        sha256 = hashlib.sha256(content).digest()
        if not self._holders[sha256]:
            self._shelf.write(sha256.hex(), content)
            self.size += len(content)
        self._holders[sha256] += 1
        return sha256

    def hold(self, sha256: bytes, size: int) -> bool:
        """What an earlier run has put, once more; False when it is not there, or was cut off."""
        if self._shelf.size_of(sha256.hex()) != size:
            return False
        self.size += 0 if self._holders[sha256] else size
        self._holders[sha256] += 1
        return True

    def release(self, sha256: bytes, size: int) -> None:
        self._holders[sha256] -= 1
        if not self._holders[sha256]:
            self._shelf.remove(sha256.hex())
            self.size -= size

    def read(self, sha256: bytes) -> bytes:
        return self._shelf.read(sha256.hex())

    def sweep(self) -> None:
        """What nothing holds goes."""
        held = {sha256.hex() for sha256, count in self._holders.items() if count}
        for name in self._shelf.names():
            if name not in held:
                self._shelf.remove(name)

    def clear(self) -> None:
        self._holders.clear()
        self.size = 0
        self.sweep()
