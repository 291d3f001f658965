"""Outcomes as a table, for a terminal and for docs/proof.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from proof.running import Outcome

HEADINGS = ("check", "goals", "what must hold", "figure", "holds", "seconds")


def line(outcome: Outcome) -> str:
    """One line for a terminal."""
    name, _, title, figure, holds, seconds = cells(outcome)
    return f"{name:<14} {holds:<9} {seconds:>5} s  {title}: {figure}"


def markdown(outcomes: Iterable[Outcome]) -> str:
    """A table for a page."""
    rows = [HEADINGS, tuple("---" for _ in HEADINGS), *map(cells, outcomes)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def cells(outcome: Outcome) -> tuple[str, ...]:
    """What stands under each of `HEADINGS`."""
    check, figure = outcome.check, outcome.figure
    says = figure.says if figure else f"not run: no {', '.join(outcome.skipped)}"
    goals, seconds = " ".join(check.goals), f"{outcome.seconds:.0f}"
    return check.name, goals, check.title, says, _holds(outcome), seconds


def _holds(outcome: Outcome) -> str:
    if outcome.skipped:
        return "SKIPPED"
    if outcome.toothless:
        return "NO TEETH"
    return "yes" if outcome.passed else "NO"


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many hold, and how many could not be run."""
    skipped = sum(bool(outcome.skipped) for outcome in outcomes)
    held = sum(outcome.passed for outcome in outcomes)
    return f"{held} of {len(outcomes)} checks hold, {skipped} skipped"
