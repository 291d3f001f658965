"""What may be made of an answer: asked about, or carried on. In doubt, neither."""

from __future__ import annotations

from reflect.events import AskedAbout, Parts
from reflect.script import Keep, Phase

UNTOUCHED = ("empty", "none", "grave", "danger")
"""Weights of answers that are only written down."""


def bears_questions(parts: Parts, phase: Phase | None) -> bool:
    """Whether an answer may be followed up: no non-answer or honest no, nothing heavy."""
    return parts.weight not in UNTOUCHED and not (phase == "worked" and parts.mood == "low")


def asked_about(keep: Keep | None, phase: Phase | None) -> AskedAbout:
    """What an answer that becomes `keep` in `phase` is about: feedback wherever it stands."""
    if keep == "feedback":
        return "feedback"
    return phase if phase in ("worked", "adjust", "next") else ""


def is_kept(keep: Keep, parts: Parts) -> bool:
    """Whether an answer that sounds like `parts` becomes an item.

    A win or a lesson must name something, a win not in sorrow; nothing is made of a
    non-answer, of an honest "nothing, because" or of grave words, and a day alone is no deed.
    """
    if parts.weight in UNTOUCHED:
        return False
    if keep in ("win", "lesson"):
        return parts.weight == "" and (keep == "lesson" or parts.mood != "low")
    return keep != "action" or parts.what is not None or parts.due_words is None
