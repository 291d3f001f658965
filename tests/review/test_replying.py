"""A reply as text says the same notes as the reply as a file, whatever is written in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reflect.events import Note
from reflect.sharing.aliases import named
from reflect.sharing.reply_text import read_reply, write_reply
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Reply
from reflect.text import clean_input
from tests.properties.profile import ordinarily
from tests.review.made import SHIP

SHARE = named("share")
WORDS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            ["@ end", "@ whole note", "> x", "", " y", "reflect reply 1", "> @ end", "\u00a0@ end"]
        )
    ).map("\n".join),
)
NOTES = st.builds(
    Note,
    id=st.sampled_from("abcdef").map(named),
    kind=st.sampled_from(["note", "answer", "close", "take on", "action"]),
    share=st.sampled_from(["share", "earlier"]).map(named),
    day=st.sampled_from(["2026-11-22", "2026-11-20"]),
    revision=st.integers(1, 40),
    about=st.sampled_from(["", named("answer")]),
    text=WORDS.map(clean_input),
    due=st.sampled_from([None, "2026-12-03"]),
    owner=st.sampled_from(["me", "mentee", "both"]),
)


@ordinarily(80)
@given(st.lists(NOTES, max_size=5, unique_by=lambda note: note.id))
def test_the_text_brings_every_note_with_all_that_is_known_of_it(notes: list[Note]) -> None:
    reply = Reply(mentee="Noor", mentor="Daniel", day="2026-11-22", notes=tuple(notes))
    made = Bundle(schema_version=SCHEMA_VERSION, share=named("r"), mentorship=SHIP, reply=reply)
    read = read_reply(write_reply(made, SHARE), "2026-11-30").reply
    assert read is not None and read.mentor == "Daniel"
    assert [_marks(note) for note in read.notes] == [_marks(note) for note in notes]


def _marks(note: Note) -> tuple[object, ...]:
    return note.id, note.revision, note.kind, note.about, note.due, note.owner, note.share, note.day
