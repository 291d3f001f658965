"""Backups, and bringing two homes together."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reflect.errors import Misuse, StoreError
from reflect.events import Event, MentorshipChanged, SessionForgotten, Undone
from reflect.transcripts.store import Store, Stream

from .conftest import (
    AT,
    DIGEST,
    FINISHED,
    SCRIPT,
    Counting,
    answered,
    journey_of,
    session_of,
    started,
)

Dump = dict[str, tuple[Event, ...]]


def dump(store: Store) -> Dump:
    """All streams of a store."""
    return {name: store.events(name) for (name,) in store.rows("SELECT id FROM streams")}


def other_home(path: Path, name: str) -> Store:
    """A second store."""
    return Store.open(path.parent / name / "reflect.db", Counting(), patience_ms=50)


def test_a_backup_is_one_private_file_that_holds_everything(store: Store, path: Path) -> None:
    store.put_script(DIGEST, SCRIPT)
    stream = session_of(store, "a word", finish=False)
    journey_of(store)
    store.save_draft(stream.id, "q1", "half")
    copy = path.parent / "copy.db"
    copy.write_text("older")
    store.backup(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(file.name for file in path.parent.glob("*copy*")) == ["copy.db"]
    with other_home(path, "b") as restored:
        report = restored.merge(copy)
        assert report.added == 2 and not report.diagnostics
        assert dump(restored) == dump(store)
        assert restored.draft(stream.id) == ("q1", "half") and restored.script(DIGEST) == SCRIPT
        assert restored.sessions() == store.sessions()
        assert len(restored.search("word")) == 1
        assert restored.rows("SELECT * FROM m_counts") == store.rows("SELECT * FROM m_counts")
        assert restored.check() == []


def test_a_backup_that_cannot_be_written_leaves_what_was_there(store: Store, path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        store.backup(path.parent / "nowhere" / "copy.db")
    assert caught.value.code == "copy-not-written"
    with pytest.raises(Misuse):
        store.backup(path)


def test_the_longer_of_two_stays(store: Store, path: Path) -> None:
    stream = session_of(store, "a", finish=False)
    journey_of(store)
    with other_home(path, "b") as other:
        other.merge(path)
        store.append(stream, 2, [answered("q1", "b"), FINISHED])
        assert not store.merge(other.path).changed
        report = other.merge(path)
        assert report.extended == 1 and report.changed
        assert dump(other) == dump(store) and other.sessions() == store.sessions()
        assert not other.merge(path).changed and other.check() == []


def test_sessions_that_went_different_ways_are_both_kept(store: Store, path: Path) -> None:
    stream = session_of(store, "a", finish=False)
    with other_home(path, "b") as other:
        other.merge(path)
        store.append(stream, 2, [answered("q1", "ours")])
        other.append(stream, 2, [answered("q1", "theirs", "2026-03-03T08:00:00Z")])
        report = store.merge(other.path)
        assert [found.code for found in report.diagnostics] == [
            "session-diverged"
        ] and report.added == 1
        assert store.events(stream.id)[2] == answered("q1", "ours")
        (copy,) = [row for row in store.sessions() if row.id != stream.id]
        assert store.events(copy.id) == other.events(stream.id)
        assert not store.merge(other.path).changed
        other.append(stream, 3, [FINISHED])
        assert store.merge(other.path).extended == 1
        assert len(store.sessions()) == 2 and store.session(copy.id).state == "completed"
        store.forget_session(copy.id, AT)
        assert not store.merge(other.path).changed and len(store.sessions()) == 1


def test_journeys_that_went_different_ways_are_united(store: Store, path: Path) -> None:
    journey = journey_of(store)
    with other_home(path, "b") as other:
        other.merge(path)
        ours, theirs = (MentorshipChanged(at=AT, mentor=name) for name in ("Sam", "Kim"))
        store.append(journey, 1, [ours])
        other.append(journey, 1, [theirs])
        store.merge(other.path)
        assert store.events("M")[1:] == (ours, theirs)
        assert not store.merge(other.path).changed
        other.merge(path)
        assert set(other.events("M")) == set(store.events("M"))


def test_what_one_side_forgot_is_forgotten_on_both(store: Store, path: Path) -> None:
    gone, part = (
        session_of(store, "canaryone flies away"),
        session_of(store, "canarytwo flies away", "x"),
    )
    with other_home(path, "b") as other:
        other.merge(path)
        store.forget_session(gone.id, AT)
        store.forget_answer(part.id, "q0", AT)
        stayed_away = store.merge(other.path)
        assert not stayed_away.changed and stayed_away.left_out == 2
        report = other.merge(path)
        assert report.forgotten == 2 and report.left_out == 0 and dump(other) == dump(store)
        for home in (store, other):
            raw = b"".join(
                file.read_bytes() for file in home.path.parent.iterdir() if file.is_file()
            )
            assert b"canary" not in raw and b"anaryone" not in raw and home.check() == []
        assert not other.merge(path).changed


def test_a_backup_heals_a_damaged_answer(store: Store, path: Path) -> None:
    stream = session_of(store, "precious", "x")
    copy = path.parent / "copy.db"
    store.backup(copy)
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'precious', 'previous') WHERE seq = 1")
    report = store.merge(copy)
    assert [found.code for found in report.diagnostics] == ["answer-restored"]
    assert store.events(stream.id)[1] == answered("q0", "precious") and store.check() == []


def test_a_damaged_backup_brings_what_is_whole(store: Store, path: Path) -> None:
    stream = session_of(store, "one", "two")
    with other_home(path, "b") as other:
        with store._database.writing() as db:
            db.execute("UPDATE events SET body = replace(body, 'two', 'too')")
        report = other.merge(path)
        assert [found.code for found in report.diagnostics] == ["answer-altered"]
        assert other.events(stream.id) == (started(), answered("q0", "one"))


def test_newest_first_holds_after_an_older_home_came_in(store: Store, path: Path) -> None:
    with other_home(path, "b") as other:
        old = session_of(other, "word old")
        while store.new_id() < old.id:  # made in the same millisecond, only chance orders them
            pass
        session_of(store, "word new")
        store.merge(other.path)
    assert [hit.text for hit in store.search("word")] == ["word new", "word old"]
    assert store.check() == []


def test_what_is_no_store_is_not_merged(store: Store, path: Path) -> None:
    wrong = path.parent / "letter.txt"
    for content, code in ((b"dear " * 999, "store-damaged"), (b"", "store-damaged")):
        wrong.write_bytes(content)
        with pytest.raises(StoreError) as caught:
            store.merge(wrong)
        assert caught.value.code == code
        assert "is not a backup of reflect" in caught.value.message
    with pytest.raises(StoreError) as missing:
        store.merge(path.parent / "nothing")
    assert missing.value.code == "no-store" and store.sessions() == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(["answer", "forget answer", "forget session", "journey", "merge"]),
        st.integers(0, 2),
        st.sampled_from(["x", "y"]),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_merging_twice_changes_nothing_and_what_is_forgotten_stays_so(
    steps: list[tuple[str, str, int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        names = {name: Path(folder) / name / "reflect.db" for name in "ab"}
        with Store.open(names["a"], Counting()) as a, Store.open(names["b"], Counting()) as b:
            homes = {"a": a, "b": b}
            streams = [Stream("session", f"{number}SESSION", "M") for number in range(3)]
            for step in steps:
                play(homes, streams, *step)
            buried = (*a.events("M"), *b.events("M"))
            gone = {event.session for event in buried if isinstance(event, SessionForgotten)}
            a.merge(b.path)
            once = dump(a)
            assert not a.merge(b.path).changed and dump(a) == once
            assert not gone & set(once) and a.check() == []
            b.merge(a.path)
            assert set(once) <= set(dump(b)) and b.check() == []


def play(
    homes: dict[str, Store], streams: list[Stream], name: str, action: str, which: int, text: str
) -> None:
    """One step of a small history in one of two homes."""
    store, stream = homes[name], streams[which]
    length = len(store.events(stream.id))
    if action == "merge":
        store.merge(homes["b" if name == "a" else "a"].path)
    elif action == "journey":
        journey = Stream("journey", "M", "M")
        store.append(journey, len(store.events("M")), [MentorshipChanged(at=text, mentor=text)])
    elif action == "answer":
        begin = [] if length else [started()]
        store.append(stream, length, [*begin, answered(f"q{which}", text, text)])
    elif length and action == "forget answer":
        store.forget_answer(stream.id, f"q{which}", text)
    elif length:
        store.forget_session(stream.id, text)


def test_what_was_taken_back_elsewhere_is_taken_back_here_too(store: Store, path: Path) -> None:
    journey = journey_of(store)
    with other_home(path, "b") as other:
        other.merge(path)
        store.append(journey, 1, [MentorshipChanged(AT, mentor="Ruth")])
        theirs = [MentorshipChanged(AT, mentor="Grace"), Undone(AT, 1), MentorshipChanged(AT)]
        other.append(journey, 1, theirs)
        for _ in range(2):
            store.merge(other.path)
            assert store.events(journey.id)[1:] == (
                MentorshipChanged(AT, mentor="Ruth"), theirs[0], Undone(AT, 2), theirs[2],
            )  # fmt: skip
