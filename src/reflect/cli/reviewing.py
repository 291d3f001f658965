"""What the commands of a mentor share: who is meant, which number, the words, and how a note is told."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.reviewing_notes import Due, Owner
    from reflect.cli.desk import Desk
    from reflect.events import Note, NoteKind
    from reflect.packs.phrases import Phrases
    from reflect.review.case import Case, Filed
    from reflect.review.places import Place

for_option = click.option("--for", "who", metavar="WHO", help="Whose file is meant.")
file_option = click.option(
    "--file", "file", type=click.IntRange(1), metavar="K", help="An earlier file, by its number."
)
words_argument = click.argument("words", nargs=-1, metavar="[WHO] N TEXT")
LONGEST = 200_000
"""Characters that are read from a pipe."""

_KINDS: Mapping[NoteKind, str] = {"close": "done", "take on": "taken on", "agree": "agreed"}


def chosen(desk: Desk, who: str | None, words: Sequence[str]) -> tuple[Case, list[str]]:
    """Who is meant, and the words behind their name: that of --for, in front, or the one looked at last."""
    from reflect.application.reviewing import current, is_somebody

    rest = list(words)
    if who is None and rest and not rest[0].isdecimal() and is_somebody(desk.app, rest[0]):
        who = rest.pop(0)
    return current(desk.app, who), rest


def filed(case: Case, file: int | None) -> Filed:
    """The file of that number, else the latest. Raises `UsageError` "no-such-file"."""
    if file is None:
        return case.newest
    found = next((one for one in case.files if one.number == file), None)
    if found is None:
        numbers = ", ".join(str(one.number) for one in case.files)
        raise UsageError("no-such-file", "there is no file of that number", f"One of: {numbers}")
    return found


def number(words: list[str], what: str) -> int:
    """Take the number in front of `words`. Raises `UsageError` "no-number"."""
    if not words or not words[0].isdecimal():
        hint = "Type its number: reflect review show"
        raise UsageError("no-number", f"which {what} is meant?", hint)
    return int(words.pop(0)[:9])


def text_of(desk: Desk, words: Sequence[str], question: str) -> str:
    """The words of a note: as typed behind the command, else asked for, else all that is piped in."""
    from reflect.application.reviewing_notes import checked

    if words:
        return checked(" ".join(words))
    if sys.stdin.isatty():
        return checked(ask(desk, question))
    return checked(sys.stdin.read(LONGEST))


def ask(desk: Desk, question: str) -> str:
    """One line that is typed, "" for Enter; the end of input interrupts."""
    from reflect.text import clean_input, for_terminal

    sys.stderr.write(for_terminal(f"{question}\n> "))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        desk.talk("")
        raise KeyboardInterrupt
    return clean_input(line).strip()


def exact(desk: Desk, case: Case, text: str) -> str:
    """`text`, and what a reader could do again with it: asked for once where it only praises."""
    from reflect.application.reviewing_notes import says_little

    if not says_little(desk.app, case, text):
        return text
    if not sys.stdin.isatty():
        desk.talk("It says little of what they did. To say what exactly: reflect review edit")
        return text
    more = ask(desk, phrases(desk, case).say("what-exactly"))
    end = "" if text[-1:] in ".!?…" else "."
    return f"{text}{end}\n{more}" if more else text


def phrases(desk: Desk, case: Case) -> Phrases:
    """The phrases in the language of the two."""
    from reflect.application.phrasing import phrases as read

    return read(desk.app, case.language)


def write(
    desk: Desk,
    case: Case,
    kind: NoteKind,
    text: str,
    *,
    place: Place | None = None,
    on: Filed | None = None,
    due: Due | None = None,
    owner: Owner = "mentee",
) -> None:
    """Keep a note and say so: for whom, beside what, and how it is changed."""
    from reflect.application.reviewing import case as read
    from reflect.application.reviewing_notes import write_note

    note = write_note(desk.app, case, kind, text, place=place, filed=on, due=due, owner=owner)
    after = read(desk.app, case.name)
    told(desk, after, note, place)


def told(desk: Desk, case: Case, note: Note, place: Place | None) -> None:
    """Show a note that was just written."""
    at = [one.id for one in case.notes].index(note.id) + 1
    for line in entry(desk, case, note, at, place):
        desk.show(line)
    desk.talk(
        f"Kept for {case.mentee}; it leaves with: reflect review reply\n"
        f"To change it: reflect review edit {at}, or withdraw {at}"
    )


def entry(desk: Desk, case: Case, note: Note, at: int, place: Place | None = None) -> list[str]:
    """The lines of a note: its number and words, below them what it is beside and where it stands."""
    from reflect.application.reviewing_notes import what_became
    from reflect.sharing.layout import wrapped
    from reflect.text import for_terminal

    margin = " " * 6
    beside = brief(_what(place) if place else _beside(case, note), desk.columns * 2)
    text = for_terminal(note.text) or beside
    lines = wrapped(text, desk.columns, first=f"{at:4}  ", rest=margin)
    kind = _KINDS.get(note.kind, note.kind)
    marks = [kind, _due(desk, note), _owner(note), what_became(case, note)]
    lines += wrapped(" · ".join(filter(None, marks)), desk.columns, first=margin, rest=margin)
    if note.text and beside:
        lines.append(f"{margin}beside: {brief(beside, desk.columns - 14)}")
    return lines


def tell_of_covered(desk: Desk, case: Case) -> None:
    """Say that a sheet has come which is shown once both have shared theirs, and what to do."""
    from reflect.application.comparing import own_side

    if not case.covered:
        return
    them = "a sheet" if len(case.covered) == 1 else f"{len(case.covered)} sheets"
    desk.talk(
        f"{case.mentee} has shared {them} that each of you fills in alone. It can be read once you"
        f" have shared yours. Next: {own_side(desk.app, case)}"
    )


def brief(text: str, width: int) -> str:
    """`text` on one short line, safe to show."""
    from reflect.text import for_terminal, shorten

    return shorten(for_terminal(text), width)


def spoken_day(desk: Desk, iso: str) -> str:
    """An ISO date as it is said."""
    from datetime import date

    from reflect.application.meetings import said_day

    return said_day(date.fromisoformat(iso), desk.app.now().date())


def _what(place: Place) -> str:
    return place.answer.question if place.answer and place.answer.value else place.text


def _beside(case: Case, note: Note) -> str:
    if not note.about:
        return ""
    if note.about in case.answers:
        answer = case.answers[note.about].answer
        return answer.question if answer.value else answer.answer
    if note.about in case.items:
        return case.items[note.about].text
    return "(something that is no longer there)"


def _due(desk: Desk, note: Note) -> str:
    return f"by {spoken_day(desk, note.due)}" if note.due else note.due_words


def _owner(note: Note) -> str:
    if note.kind != "action":
        return ""
    return {"me": "yours", "both": "both of you", "mentee": ""}[note.owner]
