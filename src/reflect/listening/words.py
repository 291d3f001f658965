"""The words of a text with their places, and lists of words and phrases to find among them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import cached_property
from itertools import islice, pairwise
from operator import itemgetter
from typing import NamedTuple
from unicodedata import combining, normalize

from reflect.events import Span

WORDS_LISTENED_TO = 5_000
"""How many first words of an answer are listened to; what follows is kept and not heard."""

LETTERS_LISTENED_TO = 50_000
"""Within how many first characters those words stand, so that a megabyte of dots costs little."""

WORDS_FORGIVEN = 1_000
"""Among how many first words of an answer typos are forgiven: each costs about its length in look-ups."""

WORDS_REMEMBERED = 8_000
"""For how many different words it is remembered what they can be part of."""

SHORTEST_FORGIVEN, LONGEST_FORGIVEN = 5, 32
"""Letters a word must have for a typo in it to be forgiven: in shorter ones a letter makes another word."""

_LETTERS = r"[^\W_][\w\u0300-\u036f\u0900-\u0963\u0966-\u0e7f\u200c\u200d]*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_LISTED_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*\*?")
_STEM_KEY = 3
_START = itemgetter(1)


class Token(NamedTuple):
    """One word: `word` in lower case with a plain apostrophe, and where it stands in the text."""

    word: str
    start: int
    end: int


def fold(word: str) -> str:
    """`word` as it is compared: lower case, plain apostrophe."""
    return word.casefold().replace("’", "'")


def plain(word: str) -> str:
    """The folded `word` without its accents: people leave them out ("proximo", "marz")."""
    if word.isascii():
        return word
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter))


def tokenise(text: str) -> Iterator[Token]:
    """The words of `text` in order; a hyphen divides words, an apostrophe does not, symbols are none."""
    new = tuple.__new__
    folded = fold(text)
    if len(folded) == len(text):  # no letter became two: places are the same
        for match in _WORD.finditer(folded):
            yield new(Token, (match[0], match.start(), match.end()))
        return
    for match in _WORD.finditer(text):
        yield new(Token, (fold(match[0]), match.start(), match.end()))


def first_from(tokens: tuple[Token, ...], place: int) -> int:
    """The number of the first of `tokens` that begins at character `place` or after."""
    return bisect_left(tokens, place, key=_START)


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

    def __init__(self, text: str, tokens: tuple[Token, ...] | None = None) -> None:
        """The words of `text`, or `tokens` where they are known to be these."""
        self.text = text
        if tokens is None:
            heard = text[:LETTERS_LISTENED_TO]
            tokens = tuple(islice(tokenise(heard), WORDS_LISTENED_TO))
        self.tokens = tokens

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Its words, each once, in no order."""
        return frozenset([token[0] for token in self.tokens])

    @cached_property
    def plain(self) -> list[str]:
        """Its words in order, without their accents."""
        return [plain(token[0]) for token in self.tokens]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the tokens that each of its words is."""
        found: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            found.setdefault(token[0], []).append(at)
        return found

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

Tree = dict[str, "Tree"]
"""Phrases by their words in order: by each word what may follow it.

Under `_STEMS` stand the words that may have any ending; `_END` is there where an entry ends.
"""
_END, _STEMS = "", "*"


def _phrase(listed: str) -> Phrase:
    return tuple(_LISTED_WORD.findall(fold(listed)))


def _grow(tree: Tree, phrase: Phrase) -> None:
    """Add `phrase` to `tree`."""
    for piece in phrase:
        if piece[-1] == "*":
            tree, piece = tree.setdefault(_STEMS, {}), piece[:-1]
        tree = tree.setdefault(piece, {})
    tree[_END] = {}


def _end(tree: Tree, tokens: tuple[Token, ...], at: int) -> int:
    """The token after the longest phrase of `tree` that goes on at token `at`; 0 when none does."""
    best = at if _END in tree else 0
    if at == len(tokens):
        return best
    word = tokens[at][0]
    if word in tree:
        best = _end(tree[word], tokens, at + 1) or best
    if _STEMS in tree:
        for stem, following in tree[_STEMS].items():
            if word.startswith(stem):
                best = max(best, _end(following, tokens, at + 1))
    return best


def _word_at(tokens: tuple[Token, ...], at: int) -> str | None:
    return tokens[at][0] if at < len(tokens) else None


class WordList:
    """Words and phrases, `*` at a word's end for any ending, found as whole words in any case.

    Single words stand in a set and phrases in a tree under their first word; a text is looked at
    only where one of its words can begin an entry.
    """

    def __init__(self, listed: Iterable[str]) -> None:
        self._all = {_phrase(entry) for entry in listed} - {()}
        self._singles = {p[0] for p in self._all if len(p) == 1 and p[0][-1] != "*"}
        self._tree: Tree = {}
        for phrase in self._all:
            if len(phrase) > 1 or phrase[0][-1] == "*":
                _grow(self._tree, phrase)
        self._stems = self._tree.pop(_STEMS, {})
        self._sizes = tuple(sorted({len(stem) for stem in self._stems}))
        self._keys = {stem[:_STEM_KEY] for stem in self._stems if len(stem) >= _STEM_KEY}
        self._short = tuple(stem for stem in self._stems if len(stem) < _STEM_KEY)
        self._firsts = self._singles | self._tree.keys()

    def __contains__(self, word: str) -> bool:
        """Whether the single folded `word` is listed by itself."""
        if word in self._singles:
            return True
        return bool(self._stems) and self.length_at((Token(word, 0, 0),), 0) > 0

    def among(self, words: frozenset[str]) -> set[str]:
        """Which of the single folded `words` are listed by themselves."""
        found = self._singles & words
        return found.union(filter(self.__contains__, words)) if self._stems else found

    def find(self, tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """Where listed words and phrases stand, in order, the longest at each place, never overlapping."""
        firsts: Set[str] = self._firsts
        if self._stems:
            firsts = firsts | self._stemmed({token[0] for token in tokens})
        begin = [at for at, token in enumerate(tokens) if token[0] in firsts]
        return self._found(begin, tokens) if begin else ()

    def find_in(self, words: Words) -> tuple[Span, ...]:
        """As `find` in all of `words`, by their places."""
        begin = self._firsts & words.distinct
        if self._stems:
            begin |= self._stemmed(words.distinct)
        if not begin:
            return ()
        places = words.places
        return self._found(sorted([at for word in begin for at in places[word]]), words.tokens)

    def _found(self, begin: Iterable[int], tokens: tuple[Token, ...]) -> tuple[Span, ...]:
        """The entries that stand at the tokens with the numbers `begin`, as `find` gives them."""
        found: list[Span] = []
        beyond, new = 0, tuple.__new__
        for at in begin:
            if at < beyond:
                continue
            length = self.length_at(tokens, at)
            if length:
                beyond = at + length
                found.append(new(Span, (tokens[at][1], tokens[beyond - 1][2])))
        return tuple(found)

    def _stemmed(self, words: Set[str]) -> set[str]:
        """Which of `words` may begin with a listed stem."""
        keys, short = self._keys, self._short
        found = {word for word in words if word[:_STEM_KEY] in keys}
        return found.union(word for word in words if word.startswith(short)) if short else found

    def length_at(self, tokens: tuple[Token, ...], at: int) -> int:
        """How many words the longest entry beginning at token `at` has; 0 for none."""
        word = tokens[at][0]
        end = at + 1 if word in self._singles else 0
        following = self._tree.get(word)
        if following and (_STEMS in following or _word_at(tokens, at + 1) in following):
            end = _end(following, tokens, at + 1) or end
        if word[:_STEM_KEY] in self._keys or self._short:
            for size in self._sizes:
                following = self._stems.get(word[:size])
                if following is not None:
                    end = max(end, _end(following, tokens, at + 1))
        return end - at if end else 0

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


def _several(one_or_more: str | tuple[str, ...]) -> tuple[str, ...]:
    return (one_or_more,) if isinstance(one_or_more, str) else one_or_more


def _one_apart(typed: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two neighbours swapped (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(typed, meant, score_cutoff=1) <= 1
