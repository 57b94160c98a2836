"""A mutant: one deliberate fault in the real code, and the tests that are to see it."""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Mutant(NamedTuple):
    """`before` stands exactly once in `file` and is replaced by `after`.

    `invariant` is what the fault breaks, by its name in docs/protocol.md ("S1", "X1") or docs/assistant.md ("A1"); `killers` are pytest's arguments:
    files, node ids, and options that may be given beside those of other mutants (so no `-k`).
    A list of mutants lives beside the tests that kill it and is named in `tests/mutants/__main__.py`.
    """

    name: str
    file: str
    before: str
    after: str
    breaks: str
    invariant: str
    killers: tuple[str, ...]

    def occurrences(self) -> int:
        return (ROOT / self.file).read_text().count(self.before)

    def apply(self, tree: Path) -> None:
        """Put the fault into a copy of the tree. ValueError when the text is not there exactly once."""
        path = tree / self.file
        text = path.read_text()
        if text.count(self.before) != 1:
            raise ValueError(f"{self.name}: {text.count(self.before)} times in {self.file}")
        path.write_text(text.replace(self.before, self.after))
