"""Finding words in what was shared and in the mentor's notes: capitals and accents do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from reflect.review.case import Case

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"\w+")


class Found(NamedTuple):
    """A text that holds the words: an answer, an item or a note, and the ISO date it is of."""

    kind: Literal["answer", "item", "note"]
    day: str
    about: str
    text: str

    def __repr__(self) -> str:
        return "<Found>"


Fits = Callable[[str], bool]


def fits(words: str, *, endings: bool = False) -> Fits:
    """Whether a text holds all `words` as whole ones; `*`, or `endings`, stands for any ending.

    A text without a letter of them fits nothing.
    """
    wanted = [_wanted(word, endings) for word in words.split() if fold(word).strip("*")]

    def fitting(text: str) -> bool:
        folded = fold(text)
        return bool(wanted) and all(one.search(folded) is not None for one in wanted)

    return fitting


def fold(text: str) -> str:
    """`text` without capitals and accents."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def search(case: Case, fitting: Fits) -> tuple[Found, ...]:
    """What fits in the files and notes of `case`, newest first."""
    found = (one for one in _texts(case) if fitting(one.text))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.day, reverse=True))


def _wanted(word: str, endings: bool) -> re.Pattern[str]:
    stem = fold(word)
    ends = "" if endings or stem.endswith("*") else r"\b"
    return re.compile(
        rf"\b{re.escape(stem.rstrip('*'))}{ends}" if _starts(stem) else re.escape(stem.rstrip("*"))
    )


def _starts(stem: str) -> bool:
    return _WORD.match(stem) is not None


def _texts(case: Case) -> Iterator[Found]:
    for told in case.answers.values():
        answer = told.answer
        texts: Iterable[str] = (answer.answer, *(reply.answer for reply in answer.replies))
        for text in texts:
            yield Found("answer", told.session.day, answer.question, text)
    for item in case.items.values():
        yield Found("item", item.day, item.kind, item.text)
    for note in case.notes:
        if not note.withdrawn:
            yield Found("note", note.day, note.kind, note.text)
