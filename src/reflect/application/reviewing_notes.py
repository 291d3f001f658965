"""What a mentor writes: heard for a day and for praise without a reason, and put beside what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reflect.application.reviewing import keep_note
from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.events import Note, NoteKind
    from reflect.review.case import Case, Filed
    from reflect.review.places import Place
    from reflect.script import Keep

LONGEST = 20_000
"""Characters of one note."""

Owner = Literal["me", "mentee", "both"]


class Due(NamedTuple):
    """When something is due: an ISO date, None where only an occasion is named, and how it was said."""

    day: str | None
    words: str

    def __repr__(self) -> str:
        return "<Due>"


_BESIDE: dict[NoteKind, tuple[Keep, ...]] = {
    "answer": ("question",),
    "close": ("action",),
    "take on": ("action",),
    "agree": ("goal", "agreement"),
}
"""Kinds of notes that can only stand beside items of these kinds."""
_NOUNS = {"action": "an action", "agreement": "a term", "answer": "an answer"}


def checked(text: str) -> str:
    """The words of a note, clean. Raises `UsageError` "bad-text" when there are none or too many."""
    from reflect.text import clean_input

    words = clean_input(text).strip()
    if not 0 < len(words) <= LONGEST:
        raise UsageError(
            "bad-text", f"a note has 1 to {LONGEST:,} characters", "Put it in quotes at the end."
        )
    return words


def says_little(app: Application, case: Case, text: str) -> bool:
    """Whether `text` names nothing that could be done again: "good job", "gut gemacht"; a question asks."""
    if text.rstrip().endswith("?"):
        return False
    from reflect.events import Expectation, Listen
    from reflect.script import Signal

    expected = Expectation(listen=(Listen(0, Signal("answer", "cue", "vague")),))
    said = app.ear(case.language).hear(text, expected, app.now())
    return said.heard.get(0) is not None


def says_yes(app: Application, case: Case, text: str) -> bool:
    """Whether `text` is a yes in the language of the two."""
    return yes_or_no(app, case, text) is True


def yes_or_no(app: Application, case: Case, text: str) -> bool | None:
    """Whether `text` is a yes or a no in the language of the two; None when it says something else."""
    from reflect.events import Expectation

    heard = app.ear(case.language).hear(text, Expectation(kind="yesno"), app.now()).value
    return heard if isinstance(heard, bool) else None


def place_for(case: Case, filed: Filed, kind: NoteKind, number: int) -> Place:
    """What has `number` in the file and can have a note of `kind`.

    Raises `UsageError` "no-such-number" or "not-beside-that"; no message holds anything of it.
    """
    from reflect.review.places import at, item_at, places

    found = at(case, filed, number)
    if found is None:
        most = len(places(case, filed))
        hint = f"The numbers go from 1 to {most}: reflect review show"
        raise UsageError("no-such-number", f"there is no {number} in the latest file", hint)
    kinds = _BESIDE.get(kind)
    if kinds is None:
        return found
    items = [item for wanted in kinds if (item := item_at(case, filed, found, wanted))]
    if not items:
        raise _not_beside(case, filed, found, kinds)
    return found._replace(name=items[0].id, text=items[0].text, item=items[0], answer=None)


def put_anew(case: Case, filed: Filed, kind: NoteKind, number: int) -> Place | None:
    """The goal or term of that number, for which a note of `kind` proposes other words; None: it is none."""
    from reflect.review.places import at, item_at

    wanted: Keep = "goal" if kind == "goal" else "agreement"
    found = at(case, filed, number)
    item = item_at(case, filed, found, wanted) if found is not None and kind != "action" else None
    if found is None or item is None:
        return None
    return found._replace(name=item.id, text=item.text, item=item, answer=None)


def _not_beside(case: Case, filed: Filed, found: Place, kinds: tuple[Keep, ...]) -> UsageError:
    from reflect.review.places import places

    fitting = [str(one.number) for one in places(case, filed) if one.kind in kinds]
    wanted = " or ".join(_noun(kind) for kind in kinds)
    there = f"Of that kind there are: {', '.join(fitting)}." if fitting else "There is none now."
    hint = f"{there} A word beside anything else: reflect review note {found.number}"
    return UsageError(
        "not-beside-that", f"{found.number} is {_noun(found.kind)}, not {wanted}", hint
    )


def _noun(kind: str) -> str:
    return _NOUNS.get(kind) or f"a {kind}"


def write_note(
    app: Application,
    case: Case,
    kind: NoteKind,
    text: str,
    *,
    place: Place | None = None,
    filed: Filed | None = None,
    due: Due | None = None,
    owner: Owner = "mentee",
) -> Note:
    """Keep a new note of `kind` beside `place`, or on the whole; gives it. Raises `StoreError`."""
    from reflect.events import Note
    from reflect.sharing.aliases import new_name

    note = Note(
        id=new_name(),
        kind=kind,
        share=(filed or case.newest).share,
        day=app.now().date().isoformat(),
        about=place.name if place else "",
        text=text,
        due=due.day if due else None,
        due_words=due.words if due else "",
        owner=owner,
    )
    keep_note(app, case, note)
    return note


def heard_due(app: Application, case: Case, words: str) -> Due:
    """When `words` say that something is due. Raises `UsageError` "bad-day" when they say no day to come."""
    from reflect.events import Expectation

    text = " ".join(checked(words).split())
    now = app.now()
    today = now.date().isoformat()
    ear = app.ear(case.language)
    expected = Expectation(kind="due", meeting=_meeting(case, today), other=case.mentee)
    parts = ear.hear(text, expected, now).parts
    # As something that is due, a day that is over is no day; as a date it is one.
    named = parts.due or ear.hear(text, Expectation(kind="date"), now).value
    if isinstance(named, str) and named < today:
        raise UsageError("bad-day", f"{named} is over", "Name a day to come.")
    if parts.due is None and parts.due_words is None:
        hint = 'Write it as --due "next friday" or --due 2026-12-03.'
        raise UsageError("bad-day", "that names no day", hint)
    return Due(parts.due, text)


def due_in(app: Application, case: Case, text: str) -> Due:
    """When the words of an action say that it is due, if they do."""
    from reflect.events import Expectation

    now = app.now()
    meeting = _meeting(case, now.date().isoformat())
    expected = Expectation(wants="action", meeting=meeting, other=case.mentee)
    parts = app.ear(case.language).hear(text, expected, now).parts
    span = parts.due_words
    return Due(parts.due, text[span.start : span.end] if span else "")


def note_at(case: Case, number: int) -> Note:
    """The note with that number in `reflect review notes`. Raises `UsageError` "no-such-note"."""
    if 0 < number <= len(case.notes):
        return case.notes[number - 1]
    hint = "The numbers are those of: reflect review notes"
    raise UsageError("no-such-note", "there is no note of that number", hint)


def rewrite(app: Application, case: Case, note: Note, text: str) -> Note:
    """Put `note` in other words; gives the new revision."""
    from reflect.review.replying import revised

    new = revised(note, text, app.now().date().isoformat())
    keep_note(app, case, new)
    return new


def withdraw(app: Application, case: Case, note: Note) -> None:
    """Take `note` back. Raises `ReflectError` "already-withdrawn"."""
    from reflect.review.replying import withdrawn

    if note.withdrawn:
        raise ReflectError("already-withdrawn", "That note was taken back before.")
    keep_note(app, case, withdrawn(note, app.now().date().isoformat()))


def what_became(case: Case, note: Note) -> str:
    """Where a note stands: withdrawn, accepted, declined, arrived, sent, or new."""
    taking = case.takings.get(note.id)
    if note.withdrawn:
        return "withdrawn"
    if taking is not None and taking.revision >= note.revision:
        return taking.how
    if (note.id, note.revision) not in case.replied:
        return "not sent"
    return "arrived" if note.id in case.newest.shared.read else "sent"


def _meeting(case: Case, today: str) -> str:
    """The ISO date of the next meeting, as far as it is known and still to come."""
    day = case.newest.shared.meeting or ""
    return day if day >= today else ""
