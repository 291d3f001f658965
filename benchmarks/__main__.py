"""`python -m benchmarks`: prepares an environment, goes on inside it, prints the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.wheel import go_on


def main() -> int:
    """Run what the command line asks for; 1 when the environment cannot be made."""
    wanted = _arguments().parse_args()
    return _measure(wanted) if wanted.here else go_on("benchmarks")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--full", action="store_true", help="search a million answers")
    parser.add_argument("--here", action="store_true", help="measure in this Python as it is")
    parser.add_argument("names", nargs="*", help="only these families, such as: engine listening")
    return parser


def _measure(wanted: argparse.Namespace) -> int:
    import gc

    from benchmarks.machine import machine
    from benchmarks.registry import FAMILIES
    from benchmarks.row import Row
    from benchmarks.scene import Scene, Sizes, subject_here
    from benchmarks.table import as_json, as_text
    from reflect.cli.main import SELDOM

    gc.set_threshold(SELDOM)  # as the program runs
    sizes = Sizes(messages=1_000_000) if wanted.full else Sizes()
    chosen = [family for family in FAMILIES if not wanted.names or family.__name__ in wanted.names]
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(subject_here(), Path(folder), sizes)
        outcomes = [outcome for family in chosen for outcome in family(scene)]
    rows = [outcome for outcome in outcomes if isinstance(outcome, Row)]
    notes = [outcome for outcome in outcomes if isinstance(outcome, str)]
    print((as_json if wanted.json else as_text)(machine(), rows, notes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
