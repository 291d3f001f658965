"""A mentor's case is the same whatever order files and notes came in, and however often."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reflect.events import BundleOpened, BundleRead, Event, Note, NoteWritten, ReplyMade
from reflect.review.case import Case
from reflect.review.places import places
from reflect.review.replying import reply, withdrawn
from reflect.sharing.aliases import named
from reflect.sharing.shared import Bundle, SharedTaking
from reflect.sharing.wire import compact
from tests.properties.profile import ordinarily
from tests.review.made import EARLIER, SHIP, bundle
from tests.sharing.samples import BELIEVABLE

AT = "2026-11-22T10:00:00.000+00:00"


def opened(made: Bundle, at: str = AT) -> BundleOpened:
    return BundleOpened(at, made.share, compact(made))


def note(name: str = "a", **more: Any) -> Note:
    fields = {"kind": "note", "share": bundle().share, "day": "2026-11-22", "text": name, **more}
    return Note(id=named(name), **fields)


def told(case: Case) -> object:
    return case.files, case.notes, case.began, case.replies, case.replied, dict(case.items)


notes = st.builds(
    lambda name, revision, text, at: NoteWritten(at, note(name, revision=revision, text=text)),
    st.sampled_from("abc"),
    st.integers(1, 3),
    st.sampled_from(["one", "two"]),
    st.sampled_from([AT, AT.replace("10:", "11:")]),
)
files = st.builds(
    lambda number, share, replaces, at, day: opened(
        bundle(
            number,
            replace(EARLIER, day=day, sessions=(), items=()),
            share=named(share),
            replaces=named(replaces) if replaces else "",
        ),
        at,
    ),
    st.integers(1, 3),
    st.sampled_from("xyz"),
    st.sampled_from(["", "x", "y", "z"]),
    st.sampled_from([AT, AT.replace("10:", "11:")]),
    st.sampled_from(["2026-10-22", "2026-11-22"]),
)
others = st.sampled_from(
    [
        BundleRead(AT, named("x")),
        ReplyMade(AT, named("r"), ((named("a"), 1),)),
        ReplyMade(AT, named("s"), ((named("b"), 2),)),
    ]
)


@ordinarily(60)
@given(st.lists(st.one_of(notes, files, others), max_size=12), st.integers(0, 99))
def test_order_and_repetition_make_no_difference(events: list[Event], seed: int) -> None:
    chance = random.Random(seed)
    mixed = events + chance.sample(events, len(events) // 2)
    chance.shuffle(mixed)
    assert told(Case(SHIP, mixed)) == told(Case(SHIP, events))


def test_a_file_takes_the_place_of_another_and_notes_on_it_stay() -> None:
    first, second = bundle(1, EARLIER), bundle(2, replaces=bundle(1).share)
    answer = EARLIER.sessions[0].answers[0].id
    events = [opened(first), NoteWritten(AT, note(about=answer)), opened(second)]
    for order in (events, events[::-1]):
        case = Case(SHIP, order)
        assert [file.share for file in case.files] == [second.share]
        assert [one.text for one in case.beside(answer)] == ["a"]


def test_files_that_replace_each_other_are_all_there() -> None:
    one, two = bundle(1, replaces=bundle(2).share), bundle(2, replaces=bundle(1).share)
    assert len(Case(SHIP, [opened(one), opened(two)]).files) == 2
    alone = bundle(1, replaces=bundle(1).share)
    assert len(Case(SHIP, [opened(alone)]).files) == 1


def test_what_is_owed_and_asked() -> None:
    case = Case(SHIP, [opened(bundle())])
    assert [item.owner for item in case.owed] == ["mentor", "both"]
    assert len(case.asked) == 2
    done = note("done", kind="close", about=case.owed[0].id, text="")
    said = note("said", kind="answer", about=case.asked[0].id)
    after = Case(SHIP, [opened(bundle()), NoteWritten(AT, done), NoteWritten(AT, said)])
    assert [item.owner for item in after.owed] == ["both"]
    assert after.asked == case.asked[1:]
    taken = note("taken", kind="take on", about="x", text="")
    assert [one.id for one in Case(SHIP, [opened(bundle()), NoteWritten(AT, taken)]).offered]
    declined = replace(
        BELIEVABLE,
        takings=(SharedTaking(done.id, 1, "declined"), SharedTaking(taken.id, 1, "accepted")),
    )
    last = [opened(bundle(3, declined)), NoteWritten(AT, done), NoteWritten(AT, taken)]
    assert len(Case(SHIP, last).owed) == 2 and Case(SHIP, last).offered == ()


def test_a_note_that_never_left_is_told_to_nobody() -> None:
    first = note()
    gone = withdrawn(first, "2026-11-23")
    events = [opened(bundle()), NoteWritten(AT, first), NoteWritten(AT, gone)]
    case = Case(SHIP, events)
    assert case.told == () and case.unsent == () and case.notes == (gone,)
    sent = Case(SHIP, [*events, ReplyMade(AT, named("r"), ((first.id, 1),))])
    assert sent.told == (gone,) == sent.unsent
    made = reply(sent, "2026-11-23")
    assert made.reply is not None and made.reply.notes[0].text == "" and made.number == 2
    assert made.mentorship == SHIP


def test_numbers_begin_with_what_waits_for_an_answer() -> None:
    case = Case(SHIP, [opened(bundle())])
    found = places(case, case.newest)
    kinds = [place.kind for place in found]
    assert kinds[:2] == ["question", "question"]
    assert found[2].item is not None and found[2].item.owner == "mentor"
    assert [place.number for place in found] == list(range(1, len(found) + 1))
    waits = kinds.index("answer")
    assert all(place.item and place.item.open for place in found[:waits])
    assert {place.name for place in found} == {*case.answers, *case.items}


def test_reprs_show_nothing() -> None:
    case = Case(SHIP, [opened(bundle()), NoteWritten(AT, note())])
    shown = f"{case!r} {case.files!r} {case.notes!r} {places(case, case.newest)!r} {case.answers!r}"
    assert "vancomycin" not in shown and "Daniel" not in shown
