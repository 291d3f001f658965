"""A reply as plain text: what the page's form makes, and what survives a mail on its way back.

    reflect reply 1
    share: NAME
    mentorship: NAME
    from: Daniel

    @ NAME note
    Any number of lines.

    @ end

`@` begins a note: the name of an answer or item, or `whole`, and what kind of note it is. Where the
mentor keeps the note, its own name and revision follow (`#NAME.2`), then what else is known of it:
`by 2026-12-03`, `mine` or `ours`, `withdrawn`. `@ of NAME 2026-11-22` says of which file, and of which
day, the notes behind it are, where that is not the file in the head, and today. Everything before
the first line and after `@ end` is somebody's mail and is passed over, and so are marks of quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, Literal, NamedTuple, get_args

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
_BEGINS: Final = re.compile(
    r"@ (?P<about>[a-z0-9]+)(?: (?P<kind>[a-z]+(?: [a-z]+)*))?"
    r"(?: #(?P<id>[a-z2-7]{16})\.(?P<revision>[1-9]\d{0,5})"
    r"(?: by (?P<due>\d{4}-\d\d-\d\d))?(?: (?P<owner>mine|ours))?(?P<withdrawn> withdrawn)?)?"
)
_OF: Final = re.compile(r"@ of (?P<share>[a-z2-7]{16}) (?P<day>\d{4}-\d\d-\d\d)")
_OWNERS: Final[dict[str, Literal["me", "both"]]] = {"mine": "me", "ours": "both"}


class _Said(NamedTuple):
    """One note as it stands in the text."""

    about: str
    kind: NoteKind
    text: str
    marks: re.Match[str] | None = None
    of: re.Match[str] | None = None


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


def write_reply(bundle: Bundle, share: str) -> str:
    """The reply in `bundle`, to the shared file called `share`, as a text that `read_reply` reads."""
    reply = bundle.reply
    assert reply is not None
    head = (FIRST, f"share: {share}", f"mentorship: {bundle.mentorship}")
    author = f"from: {' '.join(reply.mentor.split())}"
    return "\n".join((*head, author, "", *_written(reply.notes), "@ end", ""))


def _written(notes: Iterable[Note]) -> Iterator[str]:
    """The lines of `notes`; of which file and day they are is said wherever it changes."""
    for of, some in groupby(notes, key=lambda note: (note.share, note.day)):
        yield f"@ of {' '.join(of)}"
        for note in some:
            yield from (_begin(note), *_body(note.text), "")


def _begin(note: Note) -> str:
    owner = next((word for word, who in _OWNERS.items() if who == note.owner), "")
    marks = (
        f"#{note.id}.{note.revision}",
        f"by {note.due}" if note.due else "",
        owner,
        "withdrawn" if note.withdrawn else "",
    )
    return " ".join(("@", note.about or WHOLE, note.kind, *filter(None, marks)))


def _body(text: str) -> list[str]:
    """The lines of a note; what would be read as a mark is moved to the right."""
    return [_shifted(line) for line in text.replace("\u00a0", " ").split("\n")]


def _shifted(line: str) -> str:
    """`line` with two blanks before what would be read as a mark, marks of quotation passed over."""
    plain = _QUOTING.sub("", line, count=1)
    before = line[: len(line) - len(plain)]
    return f"{before}  {plain}" if plain.startswith("@ ") else line


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
    begun: re.Match[str] | None = None
    of: re.Match[str] | None = None
    text = list[str]()
    for line in lines:
        if line == "@ end":
            yield from _said(begun, text, of)
            return
        changes, begins = _OF.fullmatch(line), _BEGINS.fullmatch(line)
        if changes is None and begins is None:
            text.append(line)
            continue
        yield from _said(begun, text, of)
        begun, text, of = begins, [], changes or of
    raise ReflectError(
        "reply-cut-off",
        "The reply ends before its last line, `@ end`: a part of it is missing.",
        "Copy all of it, from `reflect reply 1` to `@ end`; nothing was changed.",
    )


def _said(
    begun: re.Match[str] | None, lines: Iterable[str], of: re.Match[str] | None
) -> Iterator[_Said]:
    """The note, where one was begun and something is written in it, or it is kept where it was written."""
    text = "\n".join(lines).strip()
    if begun is None or not (text or begun["id"]):
        return
    about, kind = begun["about"], begun["kind"] or "note"
    known = next((one for one in get_args(NoteKind) if one == kind), None)
    if known is None or not (about == WHOLE or _NAME.fullmatch(about)):
        raise _unreadable()
    yield _Said("" if about == WHOLE else about, known, text, begun if begun["id"] else None, of)


def _note(said: _Said, share: str, day: str) -> Note:
    if said.of is not None:
        share, day = said.of["share"], _day(said.of["day"]) or day
    if said.marks is not None:
        return _kept(said, said.marks, share, day)
    name = named(share, said.about, said.kind, said.text)
    return Note(id=name, kind=said.kind, share=share, day=day, about=said.about, text=said.text)


def _kept(said: _Said, marks: re.Match[str], share: str, day: str) -> Note:
    """A note that has a name where it was written."""
    withdrawn = marks["withdrawn"] is not None
    return Note(
        id=marks["id"],
        kind=said.kind,
        share=share,
        day=day,
        revision=int(marks["revision"]),
        about=said.about,
        text="" if withdrawn else said.text,
        due=_day(marks["due"]),
        owner=_OWNERS.get(marks["owner"] or "", "mentee"),
        withdrawn=withdrawn,
    )


def _day(text: str | None) -> str | None:
    """An ISO date, where `text` is one."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


def _once(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple({note.id: note for note in notes}.values())


def _unreadable() -> ReflectError:
    return ReflectError(
        "reply-unreadable",
        "This is no reply of reflect, or it was changed on its way.",
        "Copy all of it, from `reflect reply 1` to `@ end`; nothing was changed.",
    )
