"""The word lists of a language that the rules of wording go by."""

from __future__ import annotations

import re
from typing import NamedTuple

from reflect.listening.words import WordList, Words
from reflect.script import Lexicon

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”“»«’)]*+(?=\s|$)")
_LAST_WORD = re.compile(r"(?<!\w)\w++$")


class Part(NamedTuple):
    """A part of a text, as it stands there from the character number `at` on."""

    text: str
    at: int


class Lists:
    """Finds the entries of a lexicon's lists in texts; a list that is not there finds nothing."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.language = lexicon.language
        self._lexicon = lexicon
        self._ready: dict[str, WordList] = {}

    def entries(self, name: str) -> tuple[str, ...]:
        """The list `name` as it is written."""
        return self._lexicon.lists.get(name, ())

    def found(self, name: str, words: Words) -> Part | None:
        """The first entry of the list `name` in `words`; None when there is none."""
        spans = self._list(name).find_in(words)
        return Part(words.text[spans[0].start : spans[0].end], spans[0].start) if spans else None

    def stands_at(self, name: str, words: Words, at: int = 0) -> int:
        """How many of `words` an entry of the list `name` takes up from word `at`; 0 for none."""
        return self._list(name).length_at(words.tokens, at) if at < len(words) else 0

    def sentences(self, text: str) -> list[Part]:
        """`text` cut behind each full stop, question mark or exclamation mark; abbreviations end none."""
        found: list[Part] = []
        start = 0
        for end in _END.finditer(text):
            before = _LAST_WORD.search(text[start : end.start()])
            if before and before.group().casefold() in self.entries("abbreviations"):
                continue
            found.append(_stripped(text[start : end.end()], start))
            start = end.end()
        rest = _stripped(text[start:], start)
        return [*found, rest] if rest.text else found

    def _list(self, name: str) -> WordList:
        if name not in self._ready:
            self._ready[name] = WordList(self.entries(name))
        return self._ready[name]


def _stripped(text: str, at: int) -> Part:
    """`text`, which begins at `at`, without blanks around it."""
    return Part(text.strip(), at + len(text) - len(text.lstrip()))


def is_question(sentence: str) -> bool:
    """Whether `sentence` ends in a question mark, perhaps inside quotes."""
    return sentence.rstrip("\"'”“»«’)").endswith("?")
