"""Is it still working? A process touches a file as it goes; a container's health check looks how old it is."""

import sys
import tempfile
import time
from pathlib import Path

STALE_SECONDS = 30.0


def _file(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"balcao-{name}.alive"


def beat(name: str) -> None:
    _file(name).touch()


def is_fresh(name: str) -> bool:
    try:
        return time.time() - _file(name).stat().st_mtime < STALE_SECONDS
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    # `python -m server.heartbeat inbound outbound`: exit code 1 when one of them is silent.
    silent = [name for name in sys.argv[1:] if not is_fresh(name)]
    sys.exit(f"silent: {', '.join(silent)}" if silent else 0)
