"""`python -m proof`: runs checks and prints what holds."""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from benchmarks.machine import machine

from proof.check import Check
from proof.registry import CHECKS
from proof.running import Outcome, run, thirds
from proof.table import line, summary
from proof.totals import add, keep_latest


def main() -> int:
    """Run what the command line asks for; 1 when something does not hold or could not be run."""
    wanted = _arguments().parse_args()
    chosen = _chosen(wanted)
    seconds = _each(wanted.hours, chosen)
    outcomes = []
    for number, check in enumerate(chosen, 1):
        outcome = run(check, wanted.seed, seconds.get(check.name), control=not wanted.hours)
        outcomes.append(outcome)
        print(f"{number}/{len(chosen)}  {line(outcome)}", flush=True)
        _explain(outcome)
    print(summary(outcomes))
    if wanted.keep:
        _keep(outcomes, wanted.hours)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    third = parser.add_mutually_exclusive_group()
    third.add_argument("--third", choices=("1", "2", "3", "today"), help="only a third of them")
    third.add_argument("--hours", type=float, help="the long form, for so many hours in all")
    parser.add_argument("--seed", type=int, default=int(time.time()) // 86400)
    parser.add_argument("--keep", action="store_true", help="write the figures into docs/proof.md")
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


def _each(hours: float | None, checks: Sequence[Check]) -> dict[str, float]:
    """How long the long form of each check may take: the time is shared as the short forms need it."""
    if hours is None:
        return {}
    whole = sum(check.seconds for check in checks)
    return {check.name: hours * 3600 * check.seconds / whole for check in checks}


def _explain(outcome: Outcome) -> None:
    for failure in (outcome.figure.failures if outcome.figure else ())[:5]:
        print("    " + failure.strip().replace("\n", "\n    "))


def _keep(outcomes: Sequence[Outcome], hours: float | None) -> None:
    command = shlex.join(("python", "-m", "proof", *sys.argv[1:]))
    (add if hours else keep_latest)(outcomes, command, machine(), datetime.now(UTC).date())


if __name__ == "__main__":
    sys.exit(main())
