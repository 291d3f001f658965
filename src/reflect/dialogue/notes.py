"""What the mentor wrote back: a session opens with it, note by note.

Each note is said in the mentor's own words with what it is beside. Something may be said
back, which is kept as an answer; Enter goes on.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reflect.dialogue.keys import NOTE
from reflect.dialogue.slots import Slot, core_slot
from reflect.events import NoteRef, SessionStarted
from reflect.script import Script


def note_slots(script: Script, started: SessionStarted) -> Iterator[Slot]:
    """One slot for each note of the session, in order."""
    text = script.core.get("note")
    if text is None:
        # A session begun with an older core goes on without a text that is new.
        return
    for note in started.notes:
        slot = core_slot(NOTE + note.note, text, "note", "text", subject="")
        yield msgspec.structs.replace(slot, wordings=script.core[_text(note)].ask)


def _text(note: NoteRef) -> str:
    """The text of core that says `note`: beside what it stands, and whether it asks for something."""
    if note.proposes:
        return "note-proposes"
    if note.beside is not None:
        return "note"
    return "note-gone" if note.about else "note-whole"
