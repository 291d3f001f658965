"""Every group, in the order of the page."""

from __future__ import annotations

from benchmarks.growth import distributions, messages, packs, phrases, questions, words
from benchmarks.growth.work import Group

GROUPS: tuple[Group, ...] = (
    messages.GROUP,
    packs.GROUP,
    phrases.GROUP,
    questions.GROUP,
    words.GROUP,
    distributions.GROUP,
)
