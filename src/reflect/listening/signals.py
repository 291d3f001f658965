"""The signals of a script, heard in one answer."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from reflect.events import Heard, Listen, Span
from reflect.listening.cues import Cue, Unheard
from reflect.listening.language import Language
from reflect.listening.utterance import Utterance
from reflect.listening.words import WordList, Words

SAME_ENOUGH = 85
"""From this similarity of content words (rapidfuzz's token set ratio, 0 to 100) an answer repeats another."""

WORDS_COMPARED = 400
"""How many first content words of two answers are compared."""

WORDS_MENDED = 12
"""Up to so many words that the other answer does not have may be mistyped; with more it is another text."""

SHORTEST_MENDED = 3
"""Letters of the shortest word that may be mistyped."""

LISTS_REMEMBERED = 256
"""How many indexed word lists are kept; the one unused longest goes first."""

Places = tuple[Span, ...] | None


class _Indexed(NamedTuple):
    """A list of words as it was written, and ready for searching."""

    words: tuple[str, ...]
    ready: WordList


class Signals:
    """Hears signals; keeps the word lists it has indexed, at most `LISTS_REMEMBERED`."""

    def __init__(self, language: Language, cues: Mapping[str, Cue]) -> None:
        self._language = language
        self._cues = cues
        self._lists: OrderedDict[int, _Indexed] = OrderedDict()

    def hear(self, said: Utterance, listen: tuple[Listen, ...]) -> Heard:
        """Each signal of `listen` in `said`; a cue that nobody brought, or that cannot tell, is left out."""
        heard: Heard = {}
        for wanted in listen:
            if wanted.signal.kind != "cue" or wanted.signal.name in self._cues:
                with suppress(Unheard):
                    heard[wanted.number] = self._hear(said, wanted)
        return heard

    def _hear(self, said: Utterance, wanted: Listen) -> Places:
        signal = wanted.signal
        if signal.kind == "cue":
            return _within(said.text, self._cues[signal.name].hear(said))
        if signal.kind == "mentions":
            return self._list(signal.words).find_forgiving(said.words) or None
        if signal.kind == "longer":
            return () if said.words.count > signal.number else None
        if signal.kind == "shorter":
            return () if said.words.count < signal.number else None
        return () if is_repeat(said.words, Words(wanted.other), self._language) else None

    def _list(self, words: tuple[str, ...]) -> WordList:
        # Known by identity: hashing thousands of words takes longer than finding them. An
        # entry keeps its words alive, so that no others can take their place in memory.
        found = self._lists.get(id(words))
        if found is None:
            found = self._lists[id(words)] = _Indexed(words, WordList(words))
            if len(self._lists) > LISTS_REMEMBERED:
                self._lists.popitem(last=False)
        else:
            self._lists.move_to_end(id(words))
        return found.ready


def _within(text: str, places: Places) -> Places:
    """`places` that lie within `text`: a cue may come from a plug-in."""
    if places is None:
        return None
    return tuple(Span(*place) for place in places if 0 <= place[0] < place[1] <= len(text))


def is_repeat(one: Words, other: Words, language: Language) -> bool:
    """Whether two answers say the same in nearly the same content words, neither twice as long."""
    ours, theirs = content(one, other, language), content(other, one, language)
    small, large = sorted((len(set(ours)), len(set(theirs))))
    if small < 2 or large > 2 * small:
        return False
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(" ".join(ours), " ".join(theirs)) >= SAME_ENOUGH


def content(words: Words, other: Words, language: Language) -> list[str]:
    """The content words of `words`, each as `other` spells it where that is a letter away."""
    common = language.words("function-words")
    content = [token.word for token in words.tokens if token.word not in common][:WORDS_COMPARED]
    theirs = {token.word for token in other.tokens[: 2 * WORDS_COMPARED]}
    strange = {word for word in content if word not in theirs and _may_be_mistyped(word)}
    if not 0 < len(strange) <= WORDS_MENDED:
        return content
    known = sorted(word for word in theirs if _may_be_mistyped(word))
    meant = {word: _nearest(word, known) for word in strange}
    return [word for word in (meant.get(word, word) for word in content) if word not in common]


def _may_be_mistyped(word: str) -> bool:
    return len(word) >= SHORTEST_MENDED and word.isalpha()


def _nearest(word: str, known: list[str]) -> str:
    """The first of `known` that is one letter, or one swap of two, away from `word`; else `word`."""
    from rapidfuzz.distance import OSA

    near = (one for one in known if abs(len(one) - len(word)) <= 1)
    return next((one for one in near if OSA.distance(word, one, score_cutoff=1) <= 1), word)
