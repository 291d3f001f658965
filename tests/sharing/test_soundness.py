"""A bundle that its schema lets through is still refused where a name, a day or a state is none."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from reflect.events import Note
from reflect.sharing.shared import Bundle, Reply, SharedLine
from reflect.sharing.soundness import is_name, is_sound
from tests.sharing.samples import BELIEVABLE, EMPTY, ITEMS, MENTORSHIP, NOVEMBER, SHARE, named

WHOLE = Bundle(schema_version=1, share=SHARE, mentorship=MENTORSHIP, shared=BELIEVABLE)
NOTE = Note(
    id="n" * 16,
    kind="note",
    share=SHARE,
    day="2026-11-22",
    about=named("win"),
    text="well done",
    due="2026-12-01",
)
ANSWER = replace(
    WHOLE, shared=None, reply=Reply(mentee="Noor", mentor="Daniel", day="2026-11-22", notes=(NOTE,))
)


def shared(**fields: Any) -> Bundle:
    return replace(WHOLE, shared=replace(BELIEVABLE, **fields))


def of_item(**fields: Any) -> Bundle:
    return shared(items=(*ITEMS[1:], replace(ITEMS[0], **fields)))


def of_session(**fields: Any) -> Bundle:
    return shared(sessions=(NOVEMBER, replace(NOVEMBER, **fields)))


def reply(**fields: Any) -> Bundle:
    assert ANSWER.reply is not None
    return replace(ANSWER, reply=replace(ANSWER.reply, **fields))


def of_note(**fields: Any) -> Bundle:
    return reply(notes=(NOTE, replace(NOTE, **fields)))


@pytest.mark.parametrize(
    "bundle",
    [
        WHOLE,
        ANSWER,
        replace(WHOLE, shared=EMPTY, replaces="a" * 16, number=1_000_000),
        shared(mentee="N" * 200, mentor="", language="zh-Hant-TW", key="k" * 10_000),
        of_item(id="i" * 1000, note="n" * 1000, goal="g" * 1000, session="s" * 1000),
        of_note(revision=1_000_000, about="a" * 1000, share="s" * 1000, id="i" * 1000, due=None),
    ],
)
def test_what_fits_is_sound(bundle: Bundle) -> None:
    assert is_sound(bundle)


@pytest.mark.parametrize(
    "bundle",
    [
        replace(WHOLE, share="a" * 15),
        replace(WHOLE, share="a" * 17),
        replace(WHOLE, mentorship="A" * 16),
        replace(WHOLE, mentorship="a" * 15 + "1"),
        replace(WHOLE, replaces="short"),
        replace(WHOLE, number=0),
        replace(WHOLE, number=1_000_001),
        shared(mentee="N" * 201),
        shared(mentor="Dan\niel"),
        shared(language="e"),
        shared(language="en_GB"),
        shared(key="k" * 10_001),
        shared(day="2026-02-30"),
        shared(day="20261122"),
        shared(since="yesterday"),
        shared(meeting="2026-11-22T10:00"),
        shared(stages=(replace(BELIEVABLE.stages[0], day="x"),)),
        shared(takings=(replace(BELIEVABLE.takings[0], note="n" * 1001),)),
        of_session(day="x"),
        of_session(language="?"),
        of_session(id="s" * 1001),
        of_session(answers=(replace(NOVEMBER.answers[0], id="a" * 1001),)),
        of_item(day="x"),
        of_item(due="soon"),
        of_item(lines=(SharedLine("x", "text", "said"),)),
        of_item(state="agreed"),
        of_item(id="i" * 1001),
        of_item(note="i" * 1001),
        of_item(goal="i" * 1001),
        of_item(session="i" * 1001),
        reply(day="x"),
        reply(mentee="a\nb"),
        reply(mentor="D" * 201),
        of_note(day="x"),
        of_note(due="soon"),
        of_note(revision=0),
        of_note(revision=1_000_001),
        of_note(id="i" * 1001),
        of_note(share="i" * 1001),
        of_note(about="i" * 1001),
    ],
)
def test_what_does_not_fit_is_not(bundle: Bundle) -> None:
    assert not is_sound(bundle)


def test_a_name_is_sixteen_letters_or_digits_of_its_alphabet() -> None:
    assert is_name("abcdefghijklm234") and is_name(SHARE)
    assert not any(map(is_name, ("", "abcdefghijklm23", "abcdefghijklm2345", "abcdefghijklm231")))
