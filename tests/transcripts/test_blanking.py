"""What is left of each kind of event when something is forgotten, and where references lead that moved."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reflect.events import (
    Answered,
    AnswerForgotten,
    Event,
    GoalRef,
    ItemChanged,
    ItemNoted,
    Kept,
    LastAnswer,
    MentorshipBegan,
    NoteRef,
    Parts,
    Promise,
    Ref,
    Reopened,
    SessionForgotten,
    SessionStarted,
    ShareChanged,
    Span,
    StageMoved,
)
from reflect.transcripts.blanking import Forgotten, blank, places, tombstones, words
from reflect.transcripts.references import moved

from .conftest import AT, FINISHED, answered

GONE = Forgotten(
    sessions=frozenset({"whole"}),
    answers=frozenset({("S", "a"), ("M", "noted")}),
    places=frozenset({("S", 1), ("S", 3)}),
)
FULL = Answered(
    key="a",
    at=AT,
    status="declined",
    text="words",
    value="2026-03-05",
    heard={1: (Span(0, 3),)},
    parts=Parts(quote=Span(0, 4), owner="me"),
    wording=2,
    fills={"quote": Ref("", 9)},
)
BLANK = Answered(key="a", at=AT, status="declined", wording=2, fills={"quote": Ref("", 9)})


def begun(**fields: object) -> SessionStarted:
    """The beginning of a session with what it took over."""
    first = {"mentorship": "M", "digest": "d", "pack": "p", "stage": "s", "at": AT}
    return SessionStarted(**first, language="en", length="short", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stream", "event", "left"),
    [
        ("S", FULL, BLANK),
        ("whole", FULL, BLANK),
        ("T", FULL, FULL),
        ("S", answered("a/?why", "words"), answered("a/?why", "")),
        ("S", answered("a/b/due", "words"), answered("a/b/due", "")),
        ("S", answered("core.share@a/words", "words"), answered("core.share@a/words", "")),
        ("S", answered("ab", "words"), answered("ab", "words")),
        ("S", answered("b/a", "words"), answered("b/a", "words")),
        ("S", answered("core.share@b/words", "words"), answered("core.share@b/words", "words")),
        ("S", Kept(key="a"), Kept(key="a")),
        ("S", Reopened(key="a"), Reopened(key="a")),
        ("whole", FINISHED, FINISHED),
        (
            "T",
            begun(
                promises=(
                    Promise("S:x", Ref("S", 1), due="2026-01-01", made="2025-12-01", not_yet=2),
                    Promise("S:a/due", Ref("S", 7), due="2026-01-02"),
                    Promise("whole:b", Ref("S", 7), due="2026-01-03"),
                    Promise("S:b", Ref("whole", 0), due="2026-01-04"),
                    Promise("S:b", Ref("S", 2), due="2026-01-05"),
                    Promise("T:a", Ref("T", 1), due="2026-01-06"),
                ),
                last={
                    "a": LastAnswer(Ref("S", 3), "skipped", "time", {1: None}, Span(0, 1), "no"),
                    "b": LastAnswer(Ref("whole", 0), value="time"),
                    "c": LastAnswer(Ref("S", 2), value="money", quote=Span(0, 1)),
                },
                mentee="Amina",
            ),
            begun(
                promises=(
                    Promise("S:x", Ref("S", 1), made="2025-12-01", not_yet=2),
                    Promise("S:a/due", Ref("S", 7)),
                    Promise("whole:b", Ref("S", 7)),
                    Promise("S:b", Ref("whole", 0)),
                    Promise("S:b", Ref("S", 2), due="2026-01-05"),
                    Promise("T:a", Ref("T", 1), due="2026-01-06"),
                ),
                last={
                    "a": LastAnswer(Ref("S", 3), "skipped"),
                    "b": LastAnswer(Ref("whole", 0)),
                    "c": LastAnswer(Ref("S", 2), value="money", quote=Span(0, 1)),
                },
                mentee="Amina",
            ),
        ),
        ("M", ShareChanged(AT, "S", "a", "yes", "words"), ShareChanged(AT, "S", "a", "yes")),
        ("M", ShareChanged(AT, "S", "b", "no", "words"), ShareChanged(AT, "S", "b", "no", "words")),
        (
            "M",
            ItemChanged(AT, "S:a", "text", "words", "why", "circumstances"),
            ItemChanged(AT, "S:a", "text", "", "", "circumstances"),
        ),
        ("M", ItemChanged(AT, "S:b", "due", "x", "y"), ItemChanged(AT, "S:b", "due", "x", "y")),
        (
            "M",
            ItemNoted(AT, "M:noted", "action", "words", Parts(due="2026-01-01"), "no"),
            ItemNoted(AT, "M:noted", "action", "", Parts(), "no"),
        ),
        (
            "M",
            ItemNoted(AT, "M:other", "action", "words", Parts(due="2026-01-01")),
            ItemNoted(AT, "M:other", "action", "words", Parts(due="2026-01-01")),
        ),
        ("M", StageMoved(AT, "work", "why", "whole"), StageMoved(AT, "work", "", "whole")),
        ("M", StageMoved(AT, "work", "why", "S"), StageMoved(AT, "work", "why", "S")),
        ("M", MentorshipBegan(AT, "Amina", "Daniel"), MentorshipBegan(AT, "Amina", "Daniel")),
    ],
)  # fmt: skip
def test_of_an_event_its_place_is_left_and_no_word(stream: str, event: Event, left: Event) -> None:
    assert blank(stream, event, GONE) == left
    assert blank(stream, event, Forgotten()) == event


def test_what_was_forgotten_is_read_from_the_journey() -> None:
    events: list[Event] = [
        MentorshipBegan(AT, "Amina", "Daniel"),
        SessionForgotten(AT, "whole"),
        AnswerForgotten(AT, "S", "a"),
        AnswerForgotten(AT, "M", "noted"),
    ]
    found = tombstones(iter(events))
    assert found == GONE._replace(places=frozenset())
    session = [(4, answered("a", "x")), (5, Kept(key="a")), (6, answered("b", "y")), (8, FULL)]
    assert places(GONE, "S", session) == GONE._replace(places=GONE.places | {("S", 4), ("S", 8)})
    assert places(found, "whole", session).places == {("whole", 4), ("whole", 6), ("whole", 8)}
    assert places(found, "T", session) == found


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (answered("a", "words"), ("words",)),
        (ItemNoted(AT, "M:x", "action", "words"), ("words",)),
        (ShareChanged(AT, "S", "a", "yes", "words"), ("words",)),
        (ItemChanged(AT, "S:a", "text", "words", "why"), ("words", "why")),
        (StageMoved(AT, "work", "why", "S"), ("why",)),
        (StageMoved(AT, "work"), ()),
        (FINISHED, ()),
    ],
)
def test_what_its_author_wrote_in_an_event(event: Event, told: tuple[str, ...]) -> None:
    assert words(event) == told


WHERE: dict[str, Sequence[int]] = {"M": (0, 5, 3)}


def test_what_refers_to_what_moved_points_at_its_new_place() -> None:
    before = begun(
        promises=(Promise("M:x", Ref("M", 1, 2, 4), due="2026-01-01"), Promise("S:a", Ref("S", 1))),
        goals=(GoalRef("M:g", Ref("M", 2), "active"), GoalRef("S:g", Ref("S", 2))),
        notes=(
            NoteRef("n", 1, Ref("M", 2), True, Ref("M", 1), True, "no"),
            NoteRef("o", 2, Ref("M", 0), beside=Ref("S", 1)),
            NoteRef("p", 3, Ref("M", 3)),
        ),
        last={"a": LastAnswer(Ref("M", 1))},
    )
    after = begun(
        promises=(Promise("M:x", Ref("M", 5, 2, 4), due="2026-01-01"), Promise("S:a", Ref("S", 1))),
        goals=(GoalRef("M:g", Ref("M", 3), "active"), GoalRef("S:g", Ref("S", 2))),
        notes=(
            NoteRef("n", 1, Ref("M", 3), True, Ref("M", 5), True, "no"),
            NoteRef("o", 2, Ref("M", 0), beside=Ref("S", 1)),
            NoteRef("p", 3, Ref("M", 3)),
        ),
        last={"a": LastAnswer(Ref("M", 1))},
    )
    assert moved(before, WHERE) == after
    assert moved(before, {"N": (9, 9, 9)}) == before
    first = begun(notes=(NoteRef("o", 2, Ref("M", 0)),))
    assert moved(first, {"M": (4,)}) == begun(notes=(NoteRef("o", 2, Ref("M", 4)),))


def test_what_an_answer_was_asked_with_moves_along() -> None:
    fills = {"one": Ref("M", 1), "two": Ref("", 1), "three": Ref("M", -1), "four": Ref("M", 3)}
    before = Answered(key="a", at=AT, text="words", fills=fills)
    after = Answered(key="a", at=AT, text="words", fills={**fills, "one": Ref("M", 5)})
    assert moved(before, WHERE) == after
    for still in (answered("a", "words"), Kept(key="a"), FINISHED):
        assert moved(still, WHERE) is still
