"""`python -m benchmarks.growth`: prepares the environment of the bench, goes on inside it, prints the tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.growth.page import table
from benchmarks.wheel import ROOT, go_on

PAGE = ROOT / "docs" / "growth.md"


def main() -> int:
    """Run what the command line asks for; 1 when something grows faster than it must."""
    wanted = _arguments().parse_args()
    return _measure(wanted) if wanted.here else go_on("benchmarks.growth")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--short", action="store_true", help="as the bench does it: smaller sizes")
    parser.add_argument("--write", action="store_true", help="keep the result in docs/growth.md")
    parser.add_argument("--here", action="store_true", help="measure in this Python as it is")
    parser.add_argument("names", nargs="*", help="only these groups, such as: messages words")
    return parser


def _measure(wanted: argparse.Namespace) -> int:
    from benchmarks.growth.measure import curves, shorter
    from benchmarks.growth.page import write
    from benchmarks.growth.registry import GROUPS
    from benchmarks.machine import machine
    from benchmarks.scene import Scene, Sizes, subject_here

    chosen = [group for group in GROUPS if not wanted.names or group.name in wanted.names]
    sizes = Sizes()
    if wanted.short:
        chosen = [shorter(group, sizes) for group in chosen]
    measured = {}
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(subject_here(), Path(folder), sizes)
        for group in chosen:
            measured[group] = curves(scene, group)
            sys.stdout.write("\n".join((*table(group, measured[group]), "", "")))
            sys.stdout.flush()
    if wanted.write:
        command = " ".join(("python -m benchmarks.growth", *sys.argv[1:])).replace(" --here", "")
        write(PAGE, f"{date.today().isoformat()}, {machine()}: `{command}`", measured)
    return 0 if all(one.met for found in measured.values() for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
