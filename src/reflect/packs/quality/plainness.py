"""Whether a text is short, easy to read, finished, and said in a normal voice."""

from __future__ import annotations

import re

from reflect.diagnostics import Diagnostic
from reflect.packs import codes
from reflect.packs.quality.found import warning
from reflect.packs.quality.lists import Lists, Part, is_question
from reflect.packs.quality.reading import reading
from reflect.packs.quality.texts import Said
from reflect.packs.report import clip

MOST_WORDS = 30
"""Words of a wording: more is not taken in at one reading."""

MOST_IN_EXAMPLE = 60
"""Words of an example; a longer one is read as a lesson and not as somebody's answer."""

_MARKS = re.compile(r"[!?]*!!|!\?|\?[?!]")
_CAPITALS = re.compile(r"[^\W\d_]{2,}")
_IN_A_ROW = 3


def too_long(said: Said, _lists: Lists) -> Diagnostic | None:
    """A wording of more than `MOST_WORDS` words."""
    if not said.asks or said.words.count <= MOST_WORDS:
        return None
    message = f"This wording of `{said.id}` has {said.words.count} words."
    hint = f"Say it in {MOST_WORDS} at most; what helps to answer belongs into `how`."
    return warning(codes.LONG_WORDING, said.place, message, hint)


def hard_to_read(said: Said, lists: Lists) -> Diagnostic | None:
    """A wording, or a line on how to answer, that takes long schooling to read."""
    if not said.asks and said.part != "how":
        return None
    found = reading(said.words, len(lists.sentences(said.text)), lists.language)
    if found is None or not found.hard:
        return None
    message = f"A text of `{said.id}` is hard to read: {found.figure}."
    hint = f"Use shorter words for {_named(found.long)}." if found.long else _SPLIT
    return warning(codes.HARD_TO_READ, said.place, message, hint)


_SPLIT = "Cut the sentence in two, and leave out what is not needed."


def _named(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{clip(word)}`" for word in words)


def shouting(said: Said, lists: Lists) -> Diagnostic | None:
    """Capitals for emphasis, or several marks in a row."""
    if said.part == "example":
        return None
    found = _shouted(said, lists)
    if not found:
        return None
    message = f"`{clip(found.text)}` reads as if `{said.id}` were shouting."
    hint = "Write it in small letters, with one mark at the end."
    return warning(codes.SHOUTING, said.at(found.at), message, hint)


def _shouted(said: Said, lists: Lists) -> Part | None:
    marks = _MARKS.search(said.text)
    if marks:
        return Part(marks.group(), marks.start())
    row: list[Part] = []
    emphatic = frozenset(lists.entries("wording-shouted"))
    for found in _CAPITALS.finditer(said.text):
        word = found.group()
        if not word.isupper():
            row.clear()
            continue
        row.append(Part(word, found.start()))
        if word.casefold() in emphatic or len(row) == _IN_A_ROW:
            return Part(" ".join(part.text for part in row), row[0].at)
    return None


def unfinished(said: Said, lists: Lists) -> Diagnostic | None:
    """A mark that somebody meant to write on here."""
    entries = lists.entries("wording-unfinished")
    found = next(filter(None, (_standing(entry, said.text) for entry in entries)), None)
    if not found:
        return None
    message = f"`{found.text}` is left over in `{said.id}`."
    return warning(codes.UNFINISHED, said.at(found.at), message, "Write the text, or take it out.")


def _standing(entry: str, text: str) -> Part | None:
    """Where `entry` stands in `text` letter by letter: capitals tell TODO from a to-do list."""
    found = re.search(rf"(?<!\w){re.escape(entry)}(?!\w)", text) if entry in text else None
    return Part(entry, found.start()) if found else None


def long_example(said: Said, _lists: Lists) -> Diagnostic | None:
    """An example of more than `MOST_IN_EXAMPLE` words."""
    if said.part != "example" or said.words.count <= MOST_IN_EXAMPLE:
        return None
    message = f"The example of `{said.id}` has {said.words.count} words."
    hint = f"One or two sentences somebody could have typed, {MOST_IN_EXAMPLE} words at most."
    return warning(codes.LONG_EXAMPLE, said.place, message, hint)


def asking_how(said: Said, _lists: Lists) -> Diagnostic | None:
    """A line on how to answer that asks one more question."""
    if said.part != "how" or not is_question(said.text.strip()):
        return None
    message = f"The `how` of `{said.id}` is a question itself."
    hint = "Say how to answer: `One moment is enough, who said what.`"
    return warning(codes.ASKING_HOW, said.place, message, hint)
