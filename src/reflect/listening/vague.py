"""Whether an answer names anything: an event, a thing, a person with an act, a figure."""

from __future__ import annotations

import re
from itertools import accumulate, chain, pairwise, starmap

from reflect.events import Span
from reflect.listening.language import Language
from reflect.listening.urls import without_urls
from reflect.listening.words import Token, Words

WORDS_WEIGHED = 60
"""Beyond so many words an answer is not called vague."""

_MARKS_WITHIN = 2_000
_BEGINNINGS = ("", ".", "!", "?", "¿", "¡", ":", "\n")
_QUOTED = re.compile(r"(?:^|[\s:(])['\"‘“«][^'\"’”»\n]{2,80}+['\"’”»]")
_CODE = re.compile(r"`[^`]+`|(?<!\S)--?\w[\w-]+|\w\.\w{2,4}\b|#\d")


def is_vague(words: Words, language: Language) -> bool:
    """Whether nothing identifiable is named in `words`; in doubt, no.

    Words that are empty by themselves (the lexicon's `function-words` and
    `empty-words`) are left out; what remains, with figures, quoted speech and names
    counted once more, must make up a fair part of the answer.
    """
    if len(words) > WORDS_WEIGHED or "function-words" not in language.lexicon.lists:
        return False
    text = without_urls(words.text)
    if text != words.text:
        words = Words(text)
    if not words.tokens:
        return True
    if _says_enough(words, language):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) < 2 or all(is_vague(Words(line), language) for line in lines)


def names_nothing_beside(span: Span, words: Words, language: Language) -> bool:
    """Whether `words` hold nothing but `span`, a date or an unnamed rest, and empty words: "by Friday"."""
    if len(words) > WORDS_WEIGHED or "function-words" not in language.lexicon.lists:
        return False
    return all(span.start <= token.start < span.end for token in _telling(words, language))


def _needed(count: int) -> float:
    """The weight from which an answer of `count` words says something: two, more in longer ones."""
    return 2 if count < 16 else 1 + count / 16


def _says_enough(words: Words, language: Language) -> bool:
    """Whether what `words` tell, names, figures and marks counted once more, weighs enough."""
    needed, telling = _needed(len(words)), _telling(words, language)
    weights = (_distinct, _names, _figures, _marks)
    return any(
        weight >= needed for weight in accumulate(w(words, telling, language) for w in weights)
    )


def _distinct(words: Words, telling: list[Token], language: Language) -> int:
    return len({token.word for token in telling})


def _names(words: Words, telling: list[Token], language: Language) -> int:
    leads = _leads_to_names(words.tokens, language)
    return sum(_is_name(words.text, t) for t in telling if leads is None or t.start in leads)


def _figures(words: Words, telling: list[Token], language: Language) -> int:
    return sum(_is_figure(word) for word, _, _ in words.tokens if not word.isalpha())


def _marks(words: Words, telling: list[Token], language: Language) -> int:
    text = words.text[:_MARKS_WITHIN]
    return 2 * bool(_QUOTED.search(text)) + 2 * bool(_CODE.search(text))


def _telling(words: Words, language: Language) -> list[Token]:
    """The tokens of `words` that are not part of an empty word or phrase."""
    empty: list[Span] = [
        *language.find_in("function-words", words),
        *language.find_in("empty-words", words),
        *language.find_in("hedged", words),
    ]
    covered = set(chain.from_iterable(starmap(range, empty)))
    return [token for token in words.tokens if token[1] not in covered]


def _leads_to_names(tokens: tuple[Token, ...], language: Language) -> set[int] | None:
    """Where the words begin that may be names in a language that capitalises every noun; None in others."""
    if "name-leading" not in language.lexicon.lists:
        return None
    leading = language.words("name-leading")
    return {after.start for before, after in pairwise(tokens) if before.word in leading}


def _is_figure(word: str) -> bool:
    return any(letter.isdecimal() for letter in word)


def _is_name(text: str, token: Token) -> bool:
    """Whether `token` is written like a name: a capital that does not begin a sentence."""
    before = text[max(0, token.start - 9) : token.start].rstrip(" ")
    return text[token.start].isupper() and before[-1:] not in _BEGINNINGS
