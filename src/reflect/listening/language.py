"""A lexicon made ready for searching: its lists as word lists, its tables as mappings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from reflect.events import Span
from reflect.listening.words import Token, WordList, Words, fold
from reflect.script import Lexicon

_EXCEPT = "-except"


class Language:
    """The lists of one language; each is indexed when it is first asked for, a missing one is empty."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._lists: dict[str, WordList] = {}

    def entries(self, name: str) -> tuple[str, ...]:
        """The entries of list `name` as they were written."""
        return tuple(self.lexicon.lists.get(name, ()))

    def words(self, name: str) -> WordList:
        """List `name`, indexed."""
        found = self._lists.get(name)
        if found is None and name not in self.lexicon.lists:
            return _NOTHING
        if found is None:
            found = self._lists[name] = WordList(self.entries(name))
        return found

    def find(self, name: str, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """Where entries of list `name` stand, leaving out what lies in an entry of `<name>-except`."""
        return self._allowed(name, self.words(name).find(tokens), tokens)

    def find_in(self, name: str, words: Words) -> tuple[Span, ...]:
        """As `find`, in all of `words`."""
        return self._allowed(name, self.words(name).find_in(words), words.tokens)

    def _allowed(
        self, name: str, found: tuple[Span, ...], tokens: tuple[Token, ...]
    ) -> tuple[Span, ...]:
        if not found or name + _EXCEPT not in self.lexicon.lists:
            return found
        excepted = self.words(name + _EXCEPT).find(tokens)
        return tuple(span for span in found if not _inside(span, excepted))

    def table(self, name: str) -> Mapping[str, int]:
        """List `name` of entries "word … number" as a mapping from each word to the number."""
        found: dict[str, int] = {}
        for entry in self.entries(name):
            *words, number = entry.split()
            if number.lstrip("-").isdecimal():
                found.update({fold(word): int(number) for word in words})
        return found


def _inside(span: Span, others: tuple[Span, ...]) -> bool:
    """Whether `span` lies in one of `others`, which stand in order without overlapping."""
    at = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return at >= 0 and span.end <= others[at].end


_NOTHING = WordList(())
