"""Prints the least milliseconds of one kind of work: `-m benchmarks.growth.child GROUP NUMBER SIZE FOLDER`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from benchmarks.growth.registry import GROUPS
from reflect.cli.main import SELDOM


def main(name: str, number: str, size: str, folder: str) -> None:
    """Do the work and print."""
    gc.set_threshold(SELDOM)  # as the program runs
    (group,) = (group for group in GROUPS if group.name == name)
    # The least of the runs: noise only ever adds.
    sys.stdout.write(f"{min(group.works[int(number)].runs(Path(folder), int(size)))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
