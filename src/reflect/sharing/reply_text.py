"""A reply as plain text: what the page's form makes, and what survives a mail on its way back.

    reflect reply 1
    share: NAME
    mentorship: NAME
    from: Daniel

    @ NAME note
    Any number of lines.

    @ end

`@` begins a note: the name of an answer or item, or `whole`, and what kind of note it is. Everything
before the first line and after `@ end` is somebody's mail and is passed over, and so are marks of quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, get_args

from reflect.errors import ReflectError
from reflect.events import Note, NoteKind
from reflect.sharing.aliases import named
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Reply
from reflect.text import clean_input

FIRST: Final = "reflect reply 1"
"""The line that a reply begins with."""
WHOLE: Final = "whole"
"""Stands for the whole file in place of a name."""
MOST_NOTES: Final = 500
"""Notes in one reply at most."""
LONGEST_NOTE: Final = 20_000
"""Characters of one note at most."""

_NAME: Final = re.compile(r"[a-z2-7]{16}")
_HEAD: Final = ("share", "mentorship", "from")
_QUOTING: Final = re.compile(r"^(?:\s*[>|])*[ \t]?")
_BEGINS: Final = re.compile(r"@ (?P<about>[a-z0-9]+)(?: (?P<kind>[a-z ]+))?")


class _Said(NamedTuple):
    """One note as it stands in the text."""

    about: str
    kind: NoteKind
    text: str


def is_reply_text(text: str) -> bool:
    """Whether `text` holds a reply in this form."""
    return any(line == FIRST for line in _lines(text))


def read_reply(text: str, day: str) -> Bundle:
    """The reply in `text`, dated with the ISO date `day`; a note read twice has the same id both times.

    Raises `ReflectError` "reply-unreadable" or "reply-cut-off"; no message holds anything of it.
    """
    lines = _after_first(_lines(clean_input(text)))
    head = dict(_head(lines))
    share, mentorship = head.get("share", ""), head.get("mentorship", "")
    if not (_NAME.fullmatch(share) and _NAME.fullmatch(mentorship)):
        raise _unreadable()
    notes = [_note(said, share, day) for said in _notes(lines)]
    if len(notes) > MOST_NOTES or any(len(note.text) > LONGEST_NOTE for note in notes):
        raise _unreadable()
    reply = Reply(mentee="", mentor=head.get("from", ""), day=day, notes=_once(notes))
    name = named(share, *(note.id for note in notes))
    return Bundle(schema_version=SCHEMA_VERSION, share=name, mentorship=mentorship, reply=reply)


def _lines(text: str) -> list[str]:
    """The lines of `text` as they were before a mail quoted them."""
    plain = text.replace("\u00a0", " ")
    return [_QUOTING.sub("", line, count=1).rstrip() for line in plain.splitlines()]


def _after_first(lines: list[str]) -> Iterator[str]:
    if FIRST not in lines:
        raise _unreadable()
    return iter(lines[lines.index(FIRST) + 1 :])


def _head(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The names and values up to the first empty line."""
    begun = False
    for line in lines:
        name, colon, value = line.partition(":")
        if colon and name in _HEAD:
            begun = True
            yield name, value.strip()
        elif begun:
            return


def _notes(lines: Iterator[str]) -> Iterator[_Said]:
    about, kind, text = "", "", list[str]()
    for line in lines:
        if line == "@ end":
            yield from _said(about, kind, text)
            return
        begins = _BEGINS.fullmatch(line)
        if begins is None:
            text.append(line)
            continue
        yield from _said(about, kind, text)
        about, kind, text = begins["about"], begins["kind"] or "note", []
    raise ReflectError(
        "reply-cut-off",
        "The reply ends before its last line, `@ end`: a part of it is missing.",
        "Copy all of it, from `reflect reply 1` to `@ end`; nothing was changed.",
    )


def _said(about: str, kind: str, lines: Iterable[str]) -> Iterator[_Said]:
    """The note, where one was begun and something is written in it."""
    text = "\n".join(lines).strip()
    known = next((one for one in get_args(NoteKind) if one == kind), None)
    if not about or not text:
        return
    if known is None or not (about == WHOLE or _NAME.fullmatch(about)):
        raise _unreadable()
    yield _Said("" if about == WHOLE else about, known, text)


def _note(said: _Said, share: str, day: str) -> Note:
    name = named(share, said.about, said.kind, said.text)
    return Note(id=name, kind=said.kind, share=share, day=day, about=said.about, text=said.text)


def _once(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({note.id: note for note in notes}.values())


def _unreadable() -> ReflectError:
    return ReflectError(
        "reply-unreadable",
        "This is no reply of reflect, or it was changed on its way.",
        "Copy all of it, from `reflect reply 1` to `@ end`; nothing was changed.",
    )
