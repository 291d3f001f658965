"""A lexicon made ready for searching: its lists as word lists, its tables as mappings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reflect.events import Span
from reflect.listening.frames import Found, Frames, apart
from reflect.listening.spelling import Spelling
from reflect.listening.words import Token, WordList, Words, fold
from reflect.script import Lexicon

_EXCEPT = "-except"
_FRAMES = "said-"
"""How the names of lists begin that hold frames."""
_HEAVY = ("said-danger", "said-grave")


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
        if found is None:
            listed = name in self.lexicon.lists
            found = self._lists[name] = WordList(self.entries(name)) if listed else _NOTHING
        return found

    def find(self, name: str, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """Where entries of list `name` stand, leaving out what lies in an entry of `<name>-except`."""
        return self._allowed(name, self.words(name).find(tokens), tokens)

    def find_in(self, name: str, words: Words) -> tuple[Span, ...]:
        """As `find`, in all of `words`."""
        return self._allowed(name, self.words(name).find_in(words), words.tokens)

    @cached_property
    def _frames(self) -> Frames:
        """Every list of frames, indexed."""
        names = [name for name in self.lexicon.lists if name.startswith(_FRAMES)]
        return Frames(names, self.entries, frozenset(self.entries("function-words")))

    @cached_property
    def _heavy(self) -> Frames:
        """The lists of frames that must not be missed, indexed."""
        names = [name for name in self.lexicon.lists if name.startswith(_HEAVY)]
        return Frames(names, self.entries, frozenset(self.entries("function-words")))

    def find_frames(self, sentences: Iterable[tuple[Token, ...]]) -> dict[str, tuple[Found, ...]]:
        """Where frames stand in `sentences`, by list, leaving out what overlaps `<name>-except`."""
        return self._apart(self._frames.find(sentences))

    def find_heavy(self, sentences: Iterable[tuple[Token, ...]]) -> dict[str, tuple[Found, ...]]:
        """As `find_frames`, the lists of danger and of grave words alone."""
        return self._apart(self._heavy.find(sentences))

    def _apart(self, found: dict[str, tuple[Found, ...]]) -> dict[str, tuple[Found, ...]]:
        excepted = {name: found.get(name + _EXCEPT, ()) for name in found}
        for name, others in excepted.items():
            found[name] = apart(found[name], others)
        return found

    @cached_property
    def spelling(self) -> Spelling:
        """How typos are mended: towards the words of all frames."""
        meant = [entry.split() for entry in self.entries("misspelt")]
        return Spelling(
            self._frames.vocabulary,
            self._known_words(),
            self.entries("function-words"),
            {typed: pair[-1] for pair in meant for typed in pair[:-1]},
        )

    def prepare(self) -> Iterator[None]:
        """Make the indexes ready, one more at each step; what is left is made when it is needed."""
        yield from self._frames.prepare()
        self.spelling  # noqa: B018 - it is made by being asked for
        yield
        for name in self.lexicon.lists:
            if not name.startswith(_FRAMES):
                self.words(name)
                yield

    def _known_words(self) -> set[str]:
        """Every word that stands in a list, but not those that are listed as misspelt."""
        known: set[str] = set()
        for name, entries in self.lexicon.lists.items():
            if name != "misspelt":
                known.update(fold(" ".join(entries)).split())
        return known

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
