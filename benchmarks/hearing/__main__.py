"""`python -m benchmarks.hearing [FOLDER]`: a table for each task and language, and the errors left."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.hearing.items import TASKS, Guess, Hearer, Item, language, read_items
from benchmarks.hearing.measures import Measured, measured, mistakes
from benchmarks.hearing.ours import Ours
from benchmarks.hearing.peers import installed

OWN = Path(__file__).parents[2] / "tests" / "listening" / "items"
LANGUAGES = ("en", "de", "es")


def main() -> int:
    """Print what the command line asks for; 1 where a goal of ours is missed."""
    wanted = _arguments().parse_args()
    hearers: list[Hearer] = [Ours(), *([] if wanted.alone else installed())]
    missed = 0
    for task in TASKS:
        items = read_items(wanted.folder, task, wanted.part)
        for code in LANGUAGES:
            spoken = [item for item in items if language(item) == code]
            missed += _print_task(task, code, spoken, hearers, wanted.errors)
    return 1 if missed else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hearing", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=OWN, help="labelled items")
    parser.add_argument("--part", choices=["held-out", "open"], default="", help="of our own items")
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--errors", action="store_true", help="the texts, too")
    return parser


def _print_task(
    task: str, code: str, items: Sequence[Item], hearers: Sequence[Hearer], errors: bool
) -> int:
    """Print one task in one language; the number of goals that were missed."""
    if not items:
        return 0
    _say(f"\n{task} [{code}], {len(items)} items")
    missed = 0
    for hearer in hearers:
        if task in hearer.tasks:
            pairs = [(item, hearer.guess(task, item)) for item in items]
            figures = measured(task, pairs)
            _say("  ".join((f"  {hearer.name:<24}", *map(_cell, figures))))
            if isinstance(hearer, Ours):
                missed += sum(not one.met for one in figures)
                _print_errors(task, pairs, errors)
    return missed


def _cell(one: Measured) -> str:
    goal = "" if one.goal is None else f" ({'≤' if one.low else '≥'} {one.goal:.2f})"
    return f"{one.what} {one.figure:.3f} of {one.of}{goal}{'' if one.met else ' MISSED'}"


def _print_errors(task: str, pairs: Sequence[tuple[Item, Guess]], errors: bool) -> None:
    found = list(_errors(task, pairs))
    kinds = Counter(kind if task != "dates" else _date_kind(kind) for kind, _ in found)
    if kinds:
        _say("    left: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    for kind, text in found if errors else ():
        _say(f"      {kind}: {text}")


def _errors(task: str, pairs: Sequence[tuple[Item, Guess]]) -> Iterator[tuple[str, str]]:
    for item, guess in pairs:
        yield from ((kind, item["text"]) for kind in mistakes(task, item, guess))


def _date_kind(kind: str) -> str:
    if kind.startswith("None"):
        return "not found"
    return "invented" if kind.endswith("None") else "another day"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
