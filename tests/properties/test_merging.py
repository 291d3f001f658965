"""Bringing records together is a union: the order, the grouping and how often make no difference."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from reflect.events import (
    BundleOpened,
    BundleRead,
    Event,
    ItemNoted,
    MentorshipBegan,
    MentorshipChanged,
    Note,
    NoteWritten,
    ReplyMade,
    ReviewEvent,
    Undone,
)
from reflect.review.case import Case
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Shared
from reflect.sharing.wire import compact
from reflect.transcripts.store import Store
from reflect.transcripts.values import REVIEW, Stream
from tests.transcripts.conftest import AT, FINISHED, Counting, answered, started

from .profile import ordinarily
from .record import encoded, erased_by, identities, left_of, standing

# --- records ---------------------------------------------------------------------------

MEMORY = Path("/dev/shm")
JOURNEY = Stream("journey", "M", "M")
SESSIONS = tuple(Stream("session", f"01KB{number}{'A' * 21}", "M") for number in range(3))
HOMES = "abc"


class Step(NamedTuple):
    """Something that happens in one of the homes."""

    home: str
    what: str
    which: int
    words: str


steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(HOMES),
        st.sampled_from(
            (
                "answer",
                "answer",
                "answer",
                "end",
                "note",
                "note",
                "undo",
                "erase-answer",
                "erase-session",
                "copy",
            )
        ),
        st.integers(0, 2),
        st.sampled_from(("x", "y", "z")),
    ),
    min_size=3,
    max_size=14,
)


@contextmanager
def homes(happened: Sequence[Step]) -> Iterator[tuple[Path, dict[str, Path]]]:
    """A folder, and in it the records of three homes in which that happened."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        paths = {name: folder / name / "reflect.db" for name in HOMES}
        stores = {name: Store.open(path, Counting()) for name, path in paths.items()}
        for store in stores.values():
            store.append(JOURNEY, 0, [MentorshipBegan(AT, "Amina", "Daniel")])
        for step in happened:
            happen(stores, step)
        for store in stores.values():
            store.close()
        yield folder, paths
    finally:
        shutil.rmtree(folder)


def happen(stores: dict[str, Store], step: Step) -> None:
    store, stream = stores[step.home], SESSIONS[step.which]
    events, journey = store.events(stream.id), store.events("M")
    ended = FINISHED in events
    if step.what == "copy":
        store.merge(stores[HOMES[step.which]].path) if HOMES[step.which] != step.home else None
    elif step.what == "answer" and not ended:
        begin = [] if events else [started()]
        store.append(stream, len(events), [*begin, answered(f"q{len(step.words)}", step.words)])
    elif step.what == "end" and events and not ended:
        store.append(stream, len(events), [FINISHED])
    elif step.what == "note":
        made = (
            MentorshipChanged(step.words, mentor=step.words)
            if step.which
            else ItemNoted(AT, f"01KC{step.words}:core.noted", "win", step.words)
        )
        store.append(JOURNEY, len(journey), [made])
    elif step.what == "undo":
        back = (step.which + len(step.words)) % len(journey)
        store.append(JOURNEY, len(journey), [Undone(step.words, len(journey) - 1 - back)])
    elif events and step.what == "erase-answer":
        store.forget_answer(stream.id, "q1", AT)
    elif events and step.what == "erase-session":
        store.forget_session(stream.id, AT)


class Held(NamedTuple):
    """What a record holds, wherever its events stand: the journey and what of it stands, every session."""

    journey: frozenset[object]
    stands: frozenset[object]
    sessions: frozenset[tuple[bytes, ...]]


def held(store: Store) -> Held:
    journey = store.events("M")
    rows = store.rows("SELECT id FROM streams WHERE kind = 'session'")
    sessions = frozenset(tuple(map(encoded, store.events(name))) for (name,) in rows)
    return Held(frozenset(identities(journey)), standing([journey]), sessions)


def united(folder: Path, paths: dict[str, Path], tree: object, name: str = "union") -> Held:
    """What comes of bringing homes together in the order of `tree`: ("a", ("b", "c")) is a with b and c."""
    with Store.open(merged(folder, paths, tree, name), Counting()) as store:
        assert store.check() == []
        return held(store)


def merged(folder: Path, paths: dict[str, Path], tree: object, name: str) -> Path:
    if isinstance(tree, str):
        return paths[tree]
    assert isinstance(tree, tuple)
    parts = [merged(folder, paths, one, f"{name}{at}") for at, one in enumerate(tree)]
    made = folder / name / "reflect.db"
    with Store.open(made, Counting()) as store:
        for part in parts:
            store.merge(part)
    return made


@ordinarily(14, share=0.3)
@given(steps)
def test_the_order_of_three_homes_makes_no_difference(happened: list[Step]) -> None:
    with homes(happened) as (folder, paths):
        found = [united(folder, paths, tuple(order), order) for order in ("abc", "bca", "cba")]
    for one in found[1:]:
        assert (one.journey, one.stands) == (found[0].journey, found[0].stands)
        assert whole(one) == whole(found[0])


@ordinarily(9, share=0.3)
@given(steps)
def test_nor_does_their_grouping_nor_how_often(happened: list[Step]) -> None:
    trees = (
        ("a", "b", "c"), ("a", ("b", "c")), (("a", "b"), "c"), (("a", "b", "a"), ("c", "c")),
        (("a", "b"), ("b", "c"), ("a", "c")),
    )  # fmt: skip
    with homes(happened) as (folder, paths):
        found = [united(folder, paths, tree, f"u{at}") for at, tree in enumerate(trees)]
    for one in found[1:]:
        assert (one.journey, one.stands) == (found[0].journey, found[0].stands)
        assert whole(one) == whole(found[0])


def whole(found: Held) -> frozenset[tuple[bytes, ...]]:
    """The sessions, without those that are no more than the beginning of another."""
    return frozenset(
        one
        for one in found.sessions
        if not any(one != other and other[: len(one)] == one for other in found.sessions)
    )


@ordinarily(15, share=0.5)
@given(steps)
def test_it_is_the_union_less_what_was_erased(happened: list[Step]) -> None:
    with homes(happened) as (folder, paths):
        stores = {name: Store.open(path, None) for name, path in paths.items()}
        gone = erased_by(one for store in stores.values() for one in store.events("M"))
        expected = {
            encoded(left_of(event, name, gone))
            for store in stores.values()
            for (name,) in store.rows("SELECT id FROM streams WHERE kind = 'session'")
            if name not in gone.sessions
            for event in store.events(name)
        }
        for store in stores.values():
            store.close()
        found = united(folder, paths, ("a", "b", "c"))
    assert {event for one in found.sessions for event in one} == expected


# --- what a mentor opened and wrote ----------------------------------------------------

CASE = "c" * 16


def bundle(number: int) -> Bundle:
    """File `number`; the later ones take the place of the first."""
    shared = Shared(
        role="mentee",
        mentee="Amina",
        mentor="Daniel",
        day="2026-11-21",
        language="en",
        state="work",
    )
    return Bundle(
        schema_version=SCHEMA_VERSION,
        share=f"{number}" * 16,
        mentorship=CASE,
        number=number,
        replaces="1" * 16 if number > 1 else "",
        shared=shared,
    )


def note(number: int, revision: int, words: str) -> Note:
    return Note(
        f"{'abc'[number]}" * 16, "note", "1" * 16, "2026-11-22", revision, text=words,
        withdrawn=not words,
    )  # fmt: skip


ats = st.sampled_from(("2026-11-22T08:00:00.000+01:00", "2026-11-23T08:00:00.000+01:00"))
written: st.SearchStrategy[ReviewEvent] = st.one_of(
    st.builds(
        lambda at, number: BundleOpened(at, f"{number}" * 16, compact(bundle(number))),
        ats,
        st.integers(1, 4),
    ),
    st.builds(lambda at, number: BundleRead(at, f"{number}" * 16), ats, st.integers(1, 4)),
    st.builds(
        lambda at, number, revision: NoteWritten(
            at, note(number, revision, f"{number} in {revision}" if revision < 3 else "")
        ),
        ats,
        st.integers(0, 2),
        st.integers(1, 3),
    ),
    st.builds(
        lambda at, number: ReplyMade(at, f"{number}" * 16, (("a" * 16, number),)),
        ats,
        st.integers(1, 3),
    ),
)


def known(events: Sequence[Event]) -> tuple[object, ...]:
    """All that a mentor is told of a case."""
    found = Case(CASE, events)
    files = [(one.share, one.number, one.read, one.at) for one in found.files]
    return (
        files, found.notes, found.replies, found.replied,
        found.began, found.unread,
    )  # fmt: skip


@ordinarily(100)
@given(st.lists(written, max_size=8), st.randoms(use_true_random=False))
def test_files_and_notes_in_any_order_make_the_same_case(
    events: list[Event], random: object
) -> None:
    mixed = list(events)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert known(mixed) == known(events)


@ordinarily(10, share=0.3)
@given(st.lists(st.tuples(st.sampled_from("abc"), written), max_size=10))
def test_three_homes_of_a_mentor_are_one_case_in_any_order(
    events: list[tuple[str, ReviewEvent]],
) -> None:
    stream = Stream("review", REVIEW + CASE, REVIEW + CASE)
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        for home in HOMES:
            own = [event for name, event in events if name == home]
            with Store.open(folder / home / "reflect.db", Counting()) as store:
                if own:
                    store.append(stream, 0, own)
        found = []
        for order in ("abc", "cab", "bac"):
            with Store.open(folder / order / "reflect.db", Counting()) as store:
                for home in (*order, *order):
                    store.merge(folder / home / "reflect.db")
                found.append(known(store.events(stream.id)))
    finally:
        shutil.rmtree(folder)
    assert found[1:] == found[:1] * 2
