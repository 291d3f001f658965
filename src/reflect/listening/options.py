"""Answers that pick from options: by number, id or words of the label, a typo forgiven."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.listening.language import Language
from reflect.listening.words import tokenise
from reflect.script import Option

OTHER = "other"
"""The id of the option that takes free text."""

CLOSE_ENOUGH = 75
"""From this similarity (rapidfuzz's ratio, 0 to 100) a misspelt id or label is taken as meant."""

_CLEARLY_BETTER = 5
_LONGEST_COMPARED = 200
_BETWEEN = re.compile(r"[,;/&+\n]")

Options = tuple[Option, ...]


def choose(text: str, options: Options, language: Language) -> str | None:
    """The id of the option that `text` picks (`other` for free text, if there is that); None when unclear."""
    words = _folded(text[: 4 * _LONGEST_COMPARED])
    if not words:
        return None
    found = _literally(words, options, language)
    if not found and len(text) <= _LONGEST_COMPARED and not words.isdecimal():
        found = _nearly(words, options)
    found = {name for name in found if not _denied(words, name, options, language)}
    if found:
        return found.pop() if len(found) == 1 else None
    takes_text = any(option.id == OTHER for option in options) and not words.isdecimal()
    return OTHER if takes_text else None


def named_option(text: str, options: Options, language: Language) -> str | None:
    """The id of the option that `text` is, word for word or by its number; None for anything else."""
    words = _folded(text[: 4 * _LONGEST_COMPARED])
    exact = _exactly(words, options)
    number = _number(words, language)
    if not exact and number is not None and 1 <= number <= len(options):
        return options[number - 1].id
    return exact.pop() if len(exact) == 1 else None


def _denied(words: str, name: str, options: Options, language: Language) -> bool:
    """Whether `words` speak of the option `name` with a "not" that is none of its own: "not good"."""
    own = {
        word for option in options if option.id == name for word in " ".join(_names(option)).split()
    }
    said = language.find("no", tuple(tokenise(words)))
    return any(own.isdisjoint(words[span.start : span.end].split()) for span in said)


def choose_several(text: str, options: Options, language: Language) -> tuple[str, ...] | None:
    """The ids that `text` picks ("1, 3", "1 3 and time"), each once; None when a part is unclear."""
    whole = _exactly(_folded(text[:_LONGEST_COMPARED]), options)
    if len(whole) == 1:
        return tuple(whole)
    found: list[str] = []
    for piece in _pieces(text[: 4 * _LONGEST_COMPARED], language):
        picked = choose(piece, options, language)
        if picked is None:
            return None
        found.append(picked)
    return tuple(dict.fromkeys(found)) or None


def _pieces(text: str, language: Language) -> Iterable[str]:
    """`text` divided at commas and "and"s; figures side by side are pieces of their own."""
    joints = language.words("and")
    for part in _BETWEEN.split(text):
        piece: list[str] = []
        for token in tokenise(part):
            if token.word in joints or token.word.isdecimal():
                yield from _joined(piece)
                piece = []
                if token.word.isdecimal():
                    yield token.word
            else:
                piece.append(token.word)
        yield from _joined(piece)


def _joined(piece: list[str]) -> Iterable[str]:
    return [" ".join(piece)] if piece else []


def _folded(text: str) -> str:
    return " ".join(token.word for token in tokenise(text))


def _names(option: Option) -> tuple[str, str]:
    return _folded(option.id), _folded(option.label)


def _exactly(words: str, options: Options) -> set[str]:
    return {option.id for option in options if words and words in _names(option)}


def _literally(words: str, options: Options, language: Language) -> set[str]:
    """Options named exactly, else by number, else `other: …`, else by words of a label or id."""
    exact = _exactly(words, options)
    if exact:
        return exact
    numbered = _number(words, language)
    if numbered is not None:
        return {options[numbered - 1].id} if 1 <= numbered <= len(options) else set()
    if words.split(" ", 1)[0] == OTHER and any(option.id == OTHER for option in options):
        return {OTHER}
    padded = f" {words} "
    part = {o.id for o in options if any(padded in f" {name} " for name in _names(o))}
    whole = {o.id for o in options if any(name and f" {name} " in padded for name in _names(o))}
    return part or whole


def _number(words: str, language: Language) -> int | None:
    """The number that `words` are, alone or after a word like "option"."""
    rest = [word for word in words.split() if word not in language.words("option-words")]
    if len(rest) != 1:
        return None
    figures = rest[0]
    if figures.isdecimal() and len(figures) <= 4:
        return int(figures)
    return language.table("numbers").get(figures) or language.table("ordinals").get(figures)


def _nearly(words: str, options: Options) -> set[str]:
    """Options whose id, label or a label's word is close to `words`, all about as close as the closest."""
    from rapidfuzz import fuzz

    scores = {
        option.id: max(
            fuzz.ratio(words, name)
            for name in (*_names(option), *option.label.casefold().split())
            if name
        )
        for option in options
    }
    if " " in words:
        # A few words of a long label: compared with the stretch of it that fits best.
        for option in options:
            label = _folded(option.label)
            if len(label) > len(words):
                scores[option.id] = max(scores[option.id], fuzz.partial_ratio(words, label))
    best = max(scores.values(), default=0)
    if best < CLOSE_ENOUGH:
        return set()
    return {known for known, score in scores.items() if score > best - _CLEARLY_BETTER}
