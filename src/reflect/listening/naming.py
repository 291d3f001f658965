"""Which goal an answer is about, by its words alone.

A goal is named by words that no other open goal has: by two of them, or by all where it has
fewer. When the answer has such a word of another goal too, it names none. So what is
claimed can always be shown, and in doubt nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence

from reflect.listening.language import Language
from reflect.listening.signals import content
from reflect.listening.words import Words
from reflect.script import Option

ENOUGH = 2
"""Words of its own by which a goal is named."""
SHORTEST_STEM = 4
"""Letters that a word must have to be the same as a longer one that begins with it."""


def goal_named(words: Words, goals: Sequence[Option], language: Language) -> str:
    """The id of the one of `goals` (id and words) that `words` name; "" when that is not clear."""
    told = {goal.id: set(content(Words(goal.label), words, language)) for goal in goals}
    named = {goal: said for goal, said in _said(words, told, language).items() if said[0]}
    if len(named) != 1:
        return ""
    ((goal, (said, own)),) = named.items()
    return goal if said >= min(ENOUGH, own) else ""


def _said(
    words: Words, told: dict[str, set[str]], language: Language
) -> dict[str, tuple[int, int]]:
    """By goal, how many words of its own are said in `words`, and how many it has."""
    found = {}
    for goal, mine in told.items():
        others = {word for other, theirs in told.items() if other != goal for word in theirs}
        own = {word for word in mine if not _has(others, word)}
        heard = set(content(words, Words(" ".join(sorted(own))), language))
        found[goal] = (sum(_has(heard, word) for word in own), len(own))
    return found


def _has(words: set[str], word: str) -> bool:
    """Whether `word` is among `words`, an ending more or less."""
    return any(one == word or _is_stem(one, word) or _is_stem(word, one) for one in words)


def _is_stem(short: str, long: str) -> bool:
    return len(short) >= SHORTEST_STEM and long.startswith(short)
