"""The words of a condition, each knowing where it stands in the text that it was read from."""

from __future__ import annotations

import re

_WORD = re.compile(r'"[^"]*"|“[^“”]*”|,|[^\s,"“]+|["“]')


class Word(str):
    """A word of a condition, or several; `at` is the offset in its text where it begins."""

    at: int

    def __new__(cls, word: str, at: int) -> Word:
        """`word` as it stands at the offset `at`."""
        made = super().__new__(cls, word)
        made.at = at
        return made


def words_of(text: str) -> list[Word]:
    """The words of `text`; what is in quotes is one, and so is a comma."""
    return [Word(found[0], found.start()) for found in _WORD.finditer(text)]


def joined(words: list[Word], otherwise: Word) -> Word:
    """`words` as one, in the place of the first; nothing, in the place of `otherwise`, for none."""
    return Word(" ".join(words), words[0].at if words else otherwise.at)


def listed(words: list[Word]) -> list[Word]:
    """What stands between the commas of `words`, each as one word."""
    items: list[list[Word]] = [[]]
    for word in words:
        if word == ",":
            items.append([])
        else:
            items[-1].append(word)
    return [joined(item, words[-1]) for item in items]
