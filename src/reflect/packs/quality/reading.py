"""How much schooling a text takes, by the usual formula of its language.

English: the Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975).
German: the first Wiener Sachtextformel (Bamberger and Vanecek 1984), also a school grade.
Spanish: the perspicuity of Szigriszt Pazos (1993), 0 to 100, read on the Inflesz scale of
Barrio-Cantalejo (2008), where 40 and less is hard. Syllables are counted by groups of
vowels, which is right for nine words in ten; other languages are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from reflect.listening.words import Words

FEWEST_WORDS = 9
"""Words below which a formula made for pages says nothing."""

HIGHEST_GRADE = 13.0
"""School grade above which a wording is called hard."""

LOWEST_EASE = 40.0
_LONG = 4
_MOST_NAMED = 3

_ENGLISH = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![aeiouyl])(?:es|ed|e)$|(?<=[aeiouy]l)(?:es|ed|e)$")
_GERMAN = re.compile(r"aa|ee|oo|ie|ei|ai|au|äu|eu|ou|[aeiouyäöü]")
_SPANISH = re.compile(r"[iuüy]?[aeoáéó][iuüy]?(?![aeoáéó])|[aeoáéó]|[íúiuüy]")


class Reading(NamedTuple):
    """What a formula says of a text: `figure` in words, and the words that weigh most."""

    hard: bool
    figure: str
    long: tuple[str, ...]


class _Counts(NamedTuple):
    """Words, sentences, and the syllables and letters of each word."""

    words: tuple[str, ...]
    sentences: int
    syllables: tuple[int, ...]

    @property
    def words_in_sentence(self) -> float:
        return len(self.words) / self.sentences

    @property
    def syllables_in_word(self) -> float:
        return sum(self.syllables) / len(self.words)

    def share(self, number: int) -> float:
        """`number` of the words, in percent."""
        return 100 * number / len(self.words)


def reading(words: Words, sentences: int, language: str) -> Reading | None:
    """What the formula of `language` says of so many `sentences`; None without one, or with too few words."""
    formula = _FORMULAS.get(language.partition("-")[0])
    if formula is None or len(words) < FEWEST_WORDS:
        return None
    texts = tuple(token.word for token in words.tokens)
    syllables = tuple(formula.syllables(word) for word in texts)
    counts = _Counts(texts, max(1, sentences), syllables)
    hard, figure = formula.judge(counts)
    return Reading(hard, figure, _longest(counts))


def _longest(counts: _Counts) -> tuple[str, ...]:
    """The words of most syllables, at most `_MOST_NAMED`."""
    long = {
        word: size
        for word, size in zip(counts.words, counts.syllables, strict=True)
        if size >= _LONG
    }
    return tuple(sorted(long, key=lambda word: -long[word])[:_MOST_NAMED])


def english_syllables(word: str) -> int:
    """The syllables of an English word, about."""
    return max(1, len(_ENGLISH.findall(_SILENT.sub("", word))))


def german_syllables(word: str) -> int:
    """The syllables of a German word, about."""
    return max(1, len(_GERMAN.findall(word)))


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word, about."""
    return max(1, len(_SPANISH.findall(word)))


def flesch_kincaid(counts: _Counts) -> tuple[bool, str]:
    """The grade level: 0.39 × words a sentence + 11.8 × syllables a word − 15.59."""
    grade = 0.39 * counts.words_in_sentence + 11.8 * counts.syllables_in_word - 15.59
    return grade > HIGHEST_GRADE, _grade(grade)


def wiener(counts: _Counts) -> tuple[bool, str]:
    """0.1935 MS + 0.1672 SL + 0.1297 IW − 0.0327 ES − 0.875.

    MS, IW and ES are the percentages of words of three syllables and more, of more than six
    letters, and of one syllable; SL is the words of a sentence.
    """
    many = counts.share(sum(size >= 3 for size in counts.syllables))
    single = counts.share(sum(size == 1 for size in counts.syllables))
    wide = counts.share(sum(len(word) > 6 for word in counts.words))
    sentence = counts.words_in_sentence
    grade = 0.1935 * many + 0.1672 * sentence + 0.1297 * wide - 0.0327 * single - 0.875
    return grade > HIGHEST_GRADE, _grade(grade)


def szigriszt(counts: _Counts) -> tuple[bool, str]:
    """206.835 − 62.3 × syllables a word − words a sentence."""
    ease = 206.835 - 62.3 * counts.syllables_in_word - counts.words_in_sentence
    return ease < LOWEST_EASE, f"ease {max(0, round(ease))} of 100, {LOWEST_EASE:.0f} is wanted"


def _grade(grade: float) -> str:
    return f"about school grade {round(grade)}, {HIGHEST_GRADE:.0f} is the limit"


class _Formula(NamedTuple):
    syllables: Callable[[str], int]
    judge: Callable[[_Counts], tuple[bool, str]]


_FORMULAS = {
    "en": _Formula(english_syllables, flesch_kincaid),
    "de": _Formula(german_syllables, wiener),
    "es": _Formula(spanish_syllables, szigriszt),
}
