"""A reply as text comes through mails and chats, or is refused; pasting it twice is the same reply."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.errors import ReflectError
from reflect.events import Note
from reflect.sharing.reply_text import is_reply_text, read_reply, write_reply
from reflect.sharing.shared import Bundle, Reply

A, B, SHARE, SHIP = "a" * 16, "b" * 16, "c" * 16, "d" * 16
TEXT = f"""reflect reply 1
share: {SHARE}
mentorship: {SHIP}
from: Daniel

@ {A} note
You asked before the round.
That took nerve.

@ {B} answer
Ask for two minutes at the lift.
@ whole thanks
Thank you for writing this down.
@ end
"""


def _read(text: str) -> list[tuple[str, str, str]]:
    reply = read_reply(text, "2026-11-22").reply
    assert reply is not None
    return [(note.about, note.kind, note.text) for note in reply.notes]


SAID = [
    (A, "note", "You asked before the round.\nThat took nerve."),
    (B, "answer", "Ask for two minutes at the lift."),
    ("", "thanks", "Thank you for writing this down."),
]


def test_every_note_is_read_with_what_it_stands_beside() -> None:
    assert _read(TEXT) == SAID
    bundle = read_reply(TEXT, "2026-11-22")
    assert (bundle.share, bundle.mentorship) == (bundle.share, SHIP)
    assert bundle.reply is not None
    assert bundle.reply.mentor == "Daniel"


@pytest.mark.parametrize(
    "mangle",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "Hi Noor,\n\nhere it is:\n\n" + text + "\n-- \nDaniel",
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: "\n".join(f">> {line}" for line in text.split("\n")),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\n".join(f"{line}   " for line in text.split("\n")),
    ],
)
def test_it_survives_a_mail(mangle: object) -> None:
    assert callable(mangle)
    assert _read(mangle(TEXT)) == SAID


def test_pasted_twice_it_is_the_same_reply() -> None:
    assert read_reply(TEXT, "2026-11-22") == read_reply(TEXT, "2026-11-22")
    notes = read_reply(TEXT + TEXT, "2026-11-22").reply
    assert notes is not None
    assert len(notes.notes) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "reply-unreadable"),
        ("hello", "reply-unreadable"),
        (TEXT.replace(SHARE, "short"), "reply-unreadable"),
        (TEXT.replace(f"mentorship: {SHIP}\n", ""), "reply-unreadable"),
        (TEXT.replace(" answer", " command"), "reply-unreadable"),
        (TEXT.replace(f"@ {A}", "@ 0123"), "reply-unreadable"),
        (TEXT.replace("@ end", ""), "reply-cut-off"),
        (TEXT.replace("nerve", "n" * 20_001), "reply-unreadable"),
    ],
)
def test_what_is_no_whole_reply_is_refused(text: str, code: str) -> None:
    with pytest.raises(ReflectError) as caught:
        read_reply(text, "2026-11-22")
    assert caught.value.code == code
    assert "nerve" not in str(caught.value)


def test_who_sent_half_a_reply_is_told_what_to_copy() -> None:
    with pytest.raises(ReflectError) as caught:
        read_reply(TEXT.replace("@ end", ""), "2026-11-22")
    assert caught.value.hint == (
        "Copy all of it, from `reflect reply 1` to `@ end`; nothing was changed."
    )


def test_hidden_characters_are_taken_out() -> None:
    said = _read(TEXT.replace("nerve", "ner\u202eve\x1b[31m"))
    assert said[0][2].endswith("nerve[31m.")


@given(st.text(max_size=300))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for whole in (text, TEXT.replace("nerve", text), TEXT.replace(f"@ {A} note", text)):
        try:
            read_reply(whole, "2026-11-22")
        except ReflectError as error:
            assert error.code in ("reply-unreadable", "reply-cut-off")
    is_reply_text(text)


@pytest.mark.parametrize("line", ["@ end", " @ end", "> @ end", "| > @ whole thanks", ">@ end"])
def test_a_line_that_looks_like_a_mark_stays_a_line(line: str) -> None:
    note = Note(id=A, kind="note", share=SHARE, day="2026-11-22", text=f"before\n{line}\nafter")
    reply = Reply(mentee="Noor", mentor="Daniel", day="2026-11-22", notes=(note,))
    bundle = Bundle(schema_version=1, share=B, mentorship=SHIP, reply=reply)
    read = read_reply(write_reply(bundle, SHARE), "2026-11-22").reply
    assert read is not None
    assert [one.text.split("\n")[-1] for one in read.notes] == ["after"]
