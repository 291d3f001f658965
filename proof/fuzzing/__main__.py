"""`python -m proof.fuzzing KIND --seconds N`: fuzz one kind of file, guided by what of the program it reaches."""

from __future__ import annotations

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from proof.fuzzing.kinds import KINDS, kind

ABSENT = """\
atheris is not installed here. It is not among the tools of this project, since it is large and not made for
every version of Python (3.0.0 does for CPython 3.11 on Linux). In a virtual environment of its own:
    python -m venv fuzz && fuzz/bin/pip install atheris==3.0.0 -e .[dev]
    PYTHONPATH=src:. fuzz/bin/python -m proof.fuzzing packs --seconds 600
"""
"""What is said where it is missing."""


def main() -> int:
    """Run what the command line asks for; 2 when atheris is missing."""
    wanted = _arguments().parse_args()
    if wanted.again:
        return _again(wanted.kind, wanted.again)
    if find_spec("atheris") is None:
        print(ABSENT, end="", file=sys.stderr)
        return 2
    from proof.fuzzing.guided import fuzz

    corpus = wanted.corpus or Path(tempfile.mkdtemp(prefix="reflect-fuzz-")) / wanted.kind
    print(f"corpus and faults: {corpus.parent}", flush=True)
    fuzz(wanted.kind, corpus, wanted.seconds, wanted.way, wanted.seed)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m proof.fuzzing", description=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--corpus", type=Path, help="a folder to begin with and to add to")
    parser.add_argument("--way", choices=("guided", "blind", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=Path, nargs="+", help="only read these files once more")
    return parser


def _again(name: str, files: list[Path]) -> int:
    """Read each of `files`; 1 when one of them is a fault."""
    target = kind(name).target
    fell = 0
    for file in files:
        try:
            print(f"{file}: {target(file.read_bytes())}")
        except Exception as error:
            fell += 1
            print(f"{file}: {type(error).__name__}: {error}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
