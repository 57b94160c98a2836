"""`python -m tests.hostile`: the hostile tests in their long form, and what they tried. SEED=… for other dice."""

import os
import sys

import pytest

WHERE = ["tests/hostile", "tests/test_hostile.py", "tests/realtime/test_hostile.py", "tests/test_outside.py"]


def main() -> int:
    # Before the tests are read: they look at it as they are.
    os.environ["HOSTILE"] = "long"
    return int(pytest.main([*WHERE, "-q", *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(main())
