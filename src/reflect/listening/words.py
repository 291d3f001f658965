"""The words of a text with their places, and lists of words and phrases to find among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice, pairwise
from typing import NamedTuple

from reflect.events import Span

WORDS_LISTENED_TO = 20_000
"""How many first words of an answer are listened to; what follows is kept and not heard."""

LETTERS_LISTENED_TO = 200_000
"""Within how many first characters those words stand, so that a megabyte of dots costs little."""

WORDS_FORGIVEN = 1_000
"""Among how many first words of an answer typos are forgiven: each costs about its length in look-ups."""

SHORTEST_FORGIVEN, LONGEST_FORGIVEN = 5, 32
"""Letters a word must have for a typo in it to be forgiven: in shorter ones a letter makes another word."""

_LETTERS = r"[^\W_][\w\u0300-\u036f\u0900-\u0963\u0966-\u0e7f\u200c\u200d]*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_LISTED_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*\*?")
_STEM_KEY = 3


class Token(NamedTuple):
    """One word: `word` in lower case with a plain apostrophe, and where it stands in the text."""

    word: str
    start: int
    end: int


def fold(word: str) -> str:
    """`word` as it is compared: lower case, plain apostrophe."""
    return word.casefold().replace("’", "'")


def tokenise(text: str) -> Iterator[Token]:
    """The words of `text` in order; a hyphen divides words, an apostrophe does not, symbols are none."""
    new = tuple.__new__
    for match in _WORD.finditer(text):
        word, (start, end) = match[0].casefold(), match.span()
        yield new(Token, (word.replace("’", "'"), start, end))


def first_from(tokens: tuple[Token, ...], place: int) -> int:
    """The number of the first of `tokens` that begins at character `place` or after."""
    return bisect_left(tokens, place, key=lambda token: token.start)


def nearby(word: str) -> set[str]:
    """`word` and every way to leave out one letter: two words one typo apart share one of these.

    The symmetric-delete method of Garbe's SymSpell: finding words at distance one
    costs one look-up a letter, however long the list is.
    """
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def is_forgivable(word: str) -> bool:
    """Whether a typo in `word` is forgiven."""
    return SHORTEST_FORGIVEN <= len(word) <= LONGEST_FORGIVEN and not word.isdigit()


class Words:
    """The words of a text that are listened to, as `tokens`."""

    def __init__(self, text: str) -> None:
        self.text = text
        heard = text[:LETTERS_LISTENED_TO]
        self.tokens = tuple(islice(tokenise(heard), WORDS_LISTENED_TO))

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Its words, each once, in no order."""
        return frozenset(token.word for token in self.tokens)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first one, two and three letters of its words: what a listed stem is looked up by."""
        sizes = range(1, _STEM_KEY + 1)
        return frozenset(word[:size] for word in self.distinct for size in sizes)

    @cached_property
    def near(self) -> tuple[tuple[str, set[str]], ...]:
        """Each word that may be a misspelling, with its `nearby` forms."""
        distinct = dict.fromkeys(token.word for token in self.tokens[:WORDS_FORGIVEN])
        return tuple((word, nearby(word)) for word in distinct if is_forgivable(word))

    @cached_property
    def count(self) -> int:
        """How many words a person would count: joined by hyphens they are one."""
        tokens, text = self.tokens, self.text
        if "-" not in text and "‑" not in text:
            return len(tokens)
        ends = pairwise(tokens)
        return len(tokens) - sum(
            after.start - before.end == 1 and text[before.end] in "-‑" for before, after in ends
        )


Phrase = tuple[str, ...]


def _phrase(listed: str) -> Phrase:
    return tuple(fold(match.group()) for match in _LISTED_WORD.finditer(listed))


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted


class _Stems(NamedTuple):
    """Entries whose first word ends in `*`: single words without it, and phrases."""

    words: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()

    def joined_by(self, phrase: Phrase) -> _Stems:
        """These and one more."""
        if len(phrase) > 1:
            return self._replace(phrases=(*self.phrases, phrase))
        return self._replace(words=(*self.words, phrase[0][:-1]))


class WordList:
    """Words and phrases, `*` at a word's end for any ending, found as whole words in any case.

    Literal words stand in a set, phrases under their first word, and what ends
    in `*` under its first letters, so that most words of a text cost one look-up.
    """

    def __init__(self, listed: Iterable[str]) -> None:
        phrases = sorted({_phrase(entry) for entry in listed} - {()})
        self._all = phrases
        self._singles = {p[0] for p in phrases if len(p) == 1 and p[0][-1] != "*"}
        self._phrases: dict[str, list[Phrase]] = {}
        self._stems: dict[str, _Stems] = {}
        for phrase in phrases:
            if phrase[0][-1] == "*":
                key = phrase[0][:-1][:_STEM_KEY]
                self._stems[key] = self._stems.get(key, _Stems()).joined_by(phrase)
            elif len(phrase) > 1:
                self._phrases.setdefault(phrase[0], []).append(phrase)
        self._sizes = tuple(sorted({len(key) for key in self._stems}))

    def __contains__(self, word: str) -> bool:
        """Whether the single folded `word` is listed by itself."""
        return word in self._singles or bool(
            self._sizes and self.length_at((Token(word, 0, 0),), 0)
        )

    def find(self, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """Where listed words and phrases stand, in order, the longest at each place, never overlapping."""
        found: list[Span] = []
        at, count = 0, len(tokens)
        singles, phrases, sizes = self._singles, self._phrases, self._sizes
        while at < count:
            word = tokens[at][0]
            length = 1 if word in singles else 0
            if word in phrases or (sizes and self._may_be_stem(word)):
                length = self.length_at(tokens, at)
            if length:
                found.append(Span(tokens[at].start, tokens[at + length - 1].end))
            at += length or 1
        return tuple(found)

    def _may_be_stem(self, word: str) -> bool:
        if word[:_STEM_KEY] in self._stems:
            return True
        return self._sizes[0] < _STEM_KEY and (word[:1] in self._stems or word[:2] in self._stems)

    def find_in(self, words: Words) -> tuple[Span, ...]:
        """As `find` in all of `words`, and at once when none of them can begin an entry."""
        known = words.distinct
        if (
            self._singles.isdisjoint(known)
            and self._phrases.keys().isdisjoint(known)
            and (not self._stems or self._stems.keys().isdisjoint(words.beginnings))
        ):
            return ()
        return self.find(words.tokens)

    def length_at(self, tokens: tuple[Token, ...], at: int) -> int:
        """How many words the longest entry beginning at token `at` has; 0 for none."""
        word = tokens[at][0]
        best = 1 if word in self._singles else 0
        for phrase in self._phrases.get(word, ()):
            best = _longer(phrase, tokens, at, best)
        for size in self._sizes:
            stems = self._stems.get(word[:size])
            if stems:
                best = best or int(word.startswith(stems.words))
                for phrase in stems.phrases:
                    best = _longer(phrase, tokens, at, best)
        return best

    def find_forgiving(self, words: Words) -> tuple[Span, ...]:
        """As `find`; where nothing is found literally, once more with one typo forgiven in longer words."""
        found = self.find_in(words)
        if found:
            return found
        mended = self._mended(words)
        if not mended:
            return ()
        tokens = words.tokens[:WORDS_FORGIVEN]
        return self.find(tuple(t._replace(word=mended.get(t.word, t.word)) for t in tokens))

    @cached_property
    def _vocabulary(self) -> set[str]:
        return {word for phrase in self._all for word in phrase if word[-1] != "*"}

    @cached_property
    def _near(self) -> dict[str, str | tuple[str, ...]]:
        """Listed words by their `nearby` forms; a bare string where there is one, as nearly always."""
        found: dict[str, str | tuple[str, ...]] = {}
        for word in sorted(filter(is_forgivable, self._vocabulary)):
            for form in nearby(word):
                known = found.get(form)
                found[form] = word if known is None else (*_several(known), word)
        return found

    def _mended(self, words: Words) -> dict[str, str]:
        """Each misspelt word of `words` with the listed word that was meant."""
        known = self._near.keys()
        pairs = {
            (typed, meant)
            for typed, forms in words.near
            if not known.isdisjoint(forms) and typed not in self._vocabulary
            for form in forms
            for meant in _several(self._near.get(form, ()))
        }
        return {typed: meant for typed, meant in sorted(pairs) if _one_apart(typed, meant)}


def _longer(phrase: Phrase, tokens: tuple[Token, ...], at: int, best: int) -> int:
    """The length of `phrase` when it stands at token `at` and is longer than `best`, else `best`."""
    size = len(phrase)
    if size <= best or at + size > len(tokens):
        return best
    for offset, wanted in enumerate(phrase):
        if not _fits(wanted, tokens[at + offset][0]):
            return best
    return size


def _several(one_or_more: str | tuple[str, ...]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else one_or_more


def _one_apart(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two neighbours swapped (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, meant, score_cutoff=1) <= 1
