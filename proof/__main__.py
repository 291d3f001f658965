"""`python -m proof`: runs checks and prints what holds."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.machine import machine

from proof.apart import apart
from proof.check import Check
from proof.counting import Count
from proof.registry import CHECKS
from proof.running import Outcome, run, run_long, thirds
from proof.shares import seconds
from proof.table import line, summary
from proof.totals import add, counted, keep_latest, sums
from proof.watching import clock, watched


def main() -> int:
    """Run what the command line asks for; 1 when something does not hold or could not be run."""
    wanted = _arguments().parse_args()
    chosen = _chosen(wanted)
    outcomes = _long(chosen, wanted) if wanted.hours else _short(chosen, wanted)
    print(summary(outcomes))
    if wanted.keep:
        if wanted.hours:
            _tell_totals()
        else:
            keep_latest(outcomes, _command(), machine(), datetime.now(UTC).date())
    if any(outcome.broken_off for outcome in outcomes):
        return 130
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    third = parser.add_mutually_exclusive_group()
    third.add_argument("--third", choices=("1", "2", "3", "today"), help="only a third of them")
    third.add_argument("--hours", type=float, help="the long form, for so many hours in all")
    parser.add_argument(
        "--seed",
        type=int,
        default=None,
        help="of random choices; else the day, or in the long form the time",
    )
    parser.add_argument("--keep", action="store_true", help="write the figures into docs/proof.md")
    parser.add_argument(
        "--again",
        action="store_true",
        help="try once more what fails, where others use the machine",
    )
    parser.add_argument("--list", action="store_true", help="only name the checks")
    parser.add_argument("names", nargs="*", help="only these checks, such as: T-KILL-PTY")
    return parser


def _chosen(wanted: argparse.Namespace) -> tuple[Check, ...]:
    checks = tuple(one for one in CHECKS if not wanted.names or one.name in wanted.names)
    if wanted.list:
        for check in checks:
            print(f"{check.name:<14} {' '.join(check.goals):<8} {check.title}")
        sys.exit(0)
    if wanted.third is None:
        return checks
    today = datetime.now(UTC).toordinal() % 3 + 1
    return thirds(checks)[(today if wanted.third == "today" else int(wanted.third)) - 1]


def _short(chosen: Sequence[Check], wanted: argparse.Namespace) -> list[Outcome]:
    """Every check with its control; the random choices of a day are the same."""
    seed = int(time.time()) // 86400 if wanted.seed is None else wanted.seed
    outcomes = []
    for number, check in enumerate(chosen, 1):
        outcome = _told(run(check, seed), f"{number}/{len(chosen)}")
        if wanted.again and not (outcome.passed or outcome.skipped):
            outcome = _told(run(check, seed + 1), "again")
        outcomes.append(outcome)
    return outcomes


def _told(outcome: Outcome, number: str) -> Outcome:
    _tell(f"{number}  {line(outcome)}")
    _explain(outcome)
    return outcome


def _long(chosen: Sequence[Check], wanted: argparse.Namespace) -> list[Outcome]:
    """Every check for its share of the hours; what each has counted is kept when it ends, or is broken off."""
    seed = int(time.time()) if wanted.seed is None else wanted.seed
    end = time.monotonic() + wanted.hours * 3600
    outcomes: list[Outcome] = []
    for number, check in enumerate(chosen):
        left = end - time.monotonic()
        own = seconds(check, chosen[number + 1 :], left, wanted.hours)
        _tell(f"{check.name:<12} for {clock(own)} of {clock(left)}: {check.title}")
        count = Count()
        with watched(check, count, own, _tell):
            outcome = run_long(check, seed, own, count)
        outcomes.append(outcome)
        if wanted.keep:
            add([outcome], _command(), machine(), datetime.now(UTC).date())
        _told(outcome, f"{number + 1}/{len(chosen)}")
        if outcome.broken_off:
            kept = "what was counted is kept" if wanted.keep else "--keep would keep the count"
            _tell(f"Ended in the middle: {kept}.")
            break
    return outcomes


def _tell(text: str) -> None:
    print(text, flush=True)


def _explain(outcome: Outcome) -> None:
    for failure in (outcome.figure.failures if outcome.figure else ())[:5]:
        _tell("    " + failure.strip().replace("\n", "\n    "))


def _tell_totals() -> None:
    for unit, (trials, failures) in sums(counted()).items():
        _tell(f"in all runs: {trials:,} {unit}, {failures} wrong")


def _command() -> str:
    return shlex.join(("python", "-m", "proof", *sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(apart(main))
