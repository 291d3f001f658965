"""The words of a text with their places, and lists of words and phrases to find among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from reflect.events import Span

WORDS_LISTENED_TO = 20_000
"""How many words of one answer are listened to; whatever follows them is kept and not heard."""

WORDS_FORGIVEN = 2_000
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
    for match in _WORD.finditer(text):
        yield Token(fold(match.group()), match.start(), match.end())


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
    """The first `WORDS_LISTENED_TO` words of a text, as `tokens`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tuple(islice(tokenise(text), WORDS_LISTENED_TO))

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def near(self) -> dict[str, set[str]]:
        """Words that may be a misspelling, by each of their `nearby` forms."""
        found: dict[str, set[str]] = {}
        for word in {token.word for token in self.tokens[:WORDS_FORGIVEN]}:
            if is_forgivable(word):
                for form in nearby(word):
                    found.setdefault(form, set()).add(word)
        return found

    def count(self) -> int:
        """How many words a person would count: joined by hyphens they are one."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        joined = sum(self.text[a.end : b.start] in ("-", "‑") for a, b in pairs)
        return len(self.tokens) - joined


Phrase = tuple[str, ...]


def _phrase(listed: str) -> Phrase:
    return tuple(fold(match.group()) for match in _LISTED_WORD.finditer(listed))


def _fits(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted


class WordList:
    """Words and phrases, `*` at a word's end for any ending, found as whole words in any case."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._first: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        for phrase in sorted({_phrase(entry) for entry in listed} - {()}, key=len, reverse=True):
            self._add(phrase)

    def _add(self, phrase: Phrase) -> None:
        if phrase[0].endswith("*"):
            self._stems.setdefault(phrase[0][:-1][:_STEM_KEY], []).append(phrase)
        else:
            self._first.setdefault(phrase[0], []).append(phrase)

    def __contains__(self, word: str) -> bool:
        """Whether the single folded `word` is listed by itself."""
        return bool(self._length((Token(word, 0, 0),), 0))

    def find(self, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """Where listed words and phrases stand, in order, the longest at each place, never overlapping."""
        found: list[Span] = []
        at, first, stems = 0, self._first, self._stems
        while at < len(tokens):
            word = tokens[at].word
            maybe = word in first or (stems and self._may_stem(word))
            length = self._length(tokens, at) if maybe else 0
            if length:
                found.append(Span(tokens[at].start, tokens[at + length - 1].end))
            at += length or 1
        return tuple(found)

    def _may_stem(self, word: str) -> bool:
        return any(word[:size] in self._stems for size in range(1, _STEM_KEY + 1))

    def _length(self, tokens: tuple[Token, ...], at: int) -> int:
        """How many words the longest listed phrase beginning at token `at` has; 0 for none."""
        word = tokens[at].word
        best = 0
        for phrase in self._candidates(word):
            window = tokens[at : at + len(phrase)]
            if len(phrase) > best and len(window) == len(phrase):
                pairs = zip(phrase, window, strict=True)
                if all(_fits(wanted, token.word) for wanted, token in pairs):
                    best = len(phrase)
        return best

    def _candidates(self, word: str) -> Iterator[Phrase]:
        yield from self._first.get(word, ())
        for size in range(1, _STEM_KEY + 1) if self._stems else ():
            yield from self._stems.get(word[:size], ())

    def find_forgiving(self, words: Words) -> tuple[Span, ...]:
        """As `find`; where nothing is found literally, once more with one typo forgiven in longer words."""
        found = self.find(words.tokens)
        if found:
            return found
        mended = self._mended(words)
        if not mended:
            return ()
        tokens = words.tokens[:WORDS_FORGIVEN]
        return self.find(tuple(t._replace(word=mended.get(t.word, t.word)) for t in tokens))

    @cached_property
    def _vocabulary(self) -> set[str]:
        phrases = [p for group in (self._first, self._stems) for ps in group.values() for p in ps]
        return {word for phrase in phrases for word in phrase if not word.endswith("*")}

    @cached_property
    def _near(self) -> dict[str, str | tuple[str, ...]]:
        """Listed words by their `nearby` forms; a bare string where there is but one, which is nearly always."""
        found: dict[str, str | tuple[str, ...]] = {}
        for word in sorted(filter(is_forgivable, self._vocabulary)):
            for form in nearby(word):
                known = found.get(form)
                found[form] = word if known is None else (*_several(known), word)
        return found

    def _mended(self, words: Words) -> dict[str, str]:
        """Each misspelt word of `words` with the listed word that was meant."""
        forms = words.near.keys() & self._near.keys()
        if not forms:
            return {}
        pairs = {
            (typed, meant)
            for form in forms
            for typed in words.near[form]
            for meant in _several(self._near[form])
            if typed not in self._vocabulary
        }
        return {typed: meant for typed, meant in sorted(pairs) if _one_apart(typed, meant)}


def _several(one_or_more: str | tuple[str, ...]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else one_or_more


def _one_apart(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two neighbours swapped (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, meant, score_cutoff=1) <= 1
