"""The mentor's notes as they are written, put anew and taken back, and the bundle that carries them."""

from __future__ import annotations

from msgspec.structs import replace

from reflect.events import Note
from reflect.review.case import Case
from reflect.sharing.aliases import new_name
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Reply


def revised(note: Note, text: str, day: str) -> Note:
    """`note` in other words, written on the ISO date `day`."""
    return replace(note, text=text, day=day, revision=note.revision + 1, withdrawn=False)


def withdrawn(note: Note, day: str) -> Note:
    """`note` taken back on the ISO date `day`: its id and its place stay, its words go."""
    return replace(
        note,
        text="",
        due=None,
        due_words="",
        day=day,
        revision=note.revision + 1,
        withdrawn=True,
    )


def reply(case: Case, day: str) -> Bundle:
    """Everything that was written about `case`, dated with the ISO date `day`."""
    shared = case.newest.shared
    return Bundle(
        schema_version=SCHEMA_VERSION,
        share=new_name(),
        mentorship=case.name,
        number=case.replies + 1,
        reply=Reply(mentee=shared.mentee, mentor=shared.mentor, day=day, notes=case.told),
    )


def marks(bundle: Bundle) -> tuple[tuple[str, int], ...]:
    """Which notes a reply carries, each as (id, revision)."""
    notes = bundle.reply.notes if bundle.reply else ()
    return tuple((note.id, note.revision) for note in notes)
