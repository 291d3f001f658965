"""Streams, sessions, drafts and scripts, through the door."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import apsw
import pytest

from reflect.errors import Misuse, ReflectError, StoreError
from reflect.events import (
    Answered,
    Event,
    Kept,
    MentorshipBegan,
    Reopened,
    SessionFinished,
    Undone,
)
from reflect.transcripts import migrations, ulid
from reflect.transcripts.store import Altered, StaleStream, Store, Stream

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


def test_what_is_appended_is_read_back(store: Store, path: Path) -> None:
    stream = session_of(store, "one", "zwei é", finish=False)
    assert store.append(stream, 3, [FINISHED]) == 4
    with Store.open(path, None) as other:
        events = other.events(stream.id)
    assert events == (started(), answered("q0", "one"), answered("q1", "zwei é"), FINISHED)
    assert store.events("nobody") == ()


def test_a_stale_writer_is_refused_and_nothing_is_stored(store: Store) -> None:
    stream = session_of(store, "one", finish=False)
    for expected in (1, 3):
        with pytest.raises(StaleStream) as caught:
            store.append(stream, expected, [answered("q1", "lost")])
        assert caught.value.code == "session-moved-on"
    assert len(store.events(stream.id)) == 2
    assert store.search("lost") == []


def test_a_stream_keeps_its_kind(store: Store) -> None:
    stream = session_of(store, "one", finish=False)
    with pytest.raises(Misuse):
        store.append(stream._replace(mentorship="N"), 2, [FINISHED])
    with pytest.raises(Misuse):
        store.append(stream, -1, [FINISHED])
    with pytest.raises(Misuse):
        store.append(stream, 2, [started()])
    assert len(store.events(stream.id)) == 2


def test_two_processes_lose_nothing(path: Path) -> None:
    with Store.open(path, None) as store:
        stream = session_of(store, finish=False)
    script = f"""
import sys
from pathlib import Path
from reflect.events import Answered
from reflect.transcripts.store import Store, Stream, StaleStream
stream = Stream(*{tuple(stream)!r})
with Store.open(Path({str(path)!r}), None) as store:
    done = 0
    while done < 60:
        seen = len(store.events(stream.id))
        try:
            store.append(stream, seen, [Answered(key=sys.argv[1] + str(done), at="x", text="t")])
            done += 1
        except StaleStream:
            pass
"""
    writers = [subprocess.Popen([sys.executable, "-c", script, name]) for name in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    with Store.open(path, None) as store:
        keys = [event.key for event in store.events(stream.id) if isinstance(event, Answered)]
    assert sorted(keys) == sorted(f"{name}{number}" for name in "ab" for number in range(60))
    assert [key for key in keys if key[0] == "a"] == [f"a{number}" for number in range(60)]


def test_the_list_of_sessions(store: Store) -> None:
    journey_of(store, "M")
    journey_of(store, "N")
    first = session_of(store, "a", "b")
    second = Stream("session", store.new_id(), "N")
    late = "2026-04-01T00:30:00+02:00"
    store.append(second, 0, [started("N", pack="other", stage="find", at=late)])
    rows = store.sessions()
    assert [row.id for row in rows] == [second.id, first.id]
    assert rows[0].day == "2026-04-01" and rows[0].state == "open" and rows[0].answers == 0
    assert rows[1].state == "completed" and rows[1].answers == 2 and rows[1].updated == AT
    assert [row.id for row in store.sessions(mentorship="M")] == [first.id]
    assert [row.id for row in store.sessions(pack="other", stage="find")] == [second.id]
    assert [row.id for row in store.sessions(since="2026-03-02", until="2026-03-31")] == [first.id]
    assert [row.id for row in store.sessions(state="open", limit=5)] == [second.id]
    assert [row.id for row in store.sessions(limit=1)] == [second.id]
    assert store.mentorships() == ["M", "N"]
    still = store.open_session("N")
    assert still and still.id == second.id
    assert store.open_session("M") is None


def test_a_revised_answer_counts_once_and_a_removed_one_no_more(store: Store) -> None:
    stream = session_of(store, "a", "b", finish=False)
    store.append(stream, 3, [Reopened(key="q1"), answered("q1", "c")])
    assert store.session(stream.id).answers == 2
    store.append(stream, 5, [Answered(key="q1", at=AT, status="removed")])
    assert store.session(stream.id).answers == 1


def test_a_session_by_the_beginning_of_its_id(store: Store) -> None:
    one, two = session_of(store, "a"), session_of(store, "b")
    assert store.session(one.id.lower()).id == one.id
    for beginning, code in (
        ("", "no-such-session"),
        ("ZZ", "no-such-session"),
        (two.id[:4], "ambiguous-session"),
    ):
        with pytest.raises(ReflectError) as caught:
            store.session(beginning)
        assert caught.value.code == code


def test_a_draft_goes_with_the_answer(store: Store) -> None:
    stream = session_of(store, finish=False)
    store.save_draft(stream.id, "q0", "half a")
    store.save_draft(stream.id, "q0", "half a thought")
    draft = store.draft(stream.id)
    assert draft == ("q0", "half a thought") and "half" not in repr(draft)
    store.append(stream, 1, [Reopened(key="q0")])
    assert store.draft(stream.id)
    store.append(stream, 2, [Kept(key="q0")])
    assert store.draft(stream.id) is None
    store.save_draft(stream.id, "q1", "x")
    store.drop_draft(stream.id)
    assert store.draft(stream.id) is None


def test_scripts_are_stored_once(store: Store) -> None:
    store.put_script(DIGEST, SCRIPT)
    store.put_script(DIGEST, b"second")
    assert store.script(DIGEST) == SCRIPT
    assert store.script("e") is None


def test_a_script_that_was_altered_counts_as_gone_and_is_stored_again(store: Store) -> None:
    store.put_script(DIGEST, SCRIPT)
    with store._database.writing() as db:
        db.execute("UPDATE scripts SET data = ?", (SCRIPT.replace(b"s", b"z"),))
    assert store.script(DIGEST) is None
    assert [one.code for one in store.check()] == ["script-altered"]
    store.put_script(DIGEST, SCRIPT)
    assert store.script(DIGEST) == SCRIPT and store.check() == []


def test_an_index_that_cannot_read_its_own_tables_is_damage(store: Store) -> None:
    session_of(store, "a card")
    with store._database.writing() as db:
        db.execute("UPDATE answers_config SET v = 0 WHERE k = 'version'")
    with Store.open(store.path, None) as other, pytest.raises(StoreError) as caught:
        other.search("card")
    assert caught.value.code == "store-damaged"


def test_a_text_that_is_none_any_more_is_damage(store: Store) -> None:
    stream = session_of(store, "a")
    with store._database.writing() as db:
        db.execute("UPDATE sessions SET day = CAST(x'ff' AS TEXT)")
    with pytest.raises(StoreError) as caught:
        store.session(stream.id)
    assert caught.value.code == "store-damaged"


def test_ids_only_grow_even_when_the_clock_goes_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey_of(store, "a name that is no id and sorts behind all of them")
    ids = [store.new_id()]
    monkeypatch.setattr("reflect.transcripts.ulid.time.time_ns", lambda: 1)
    ids += [store.new_id() for _ in range(50)]
    assert ids == sorted(set(ids)) and {len(name) for name in ids} == {26}
    store.append(Stream("session", ids[-1], "M"), 0, [started()])
    with Store.open(store.path, None) as other:
        assert other.new_id() > ids[-1]


def test_a_ulid_is_its_number() -> None:
    for number in (0, 1, 2**128 - 1, 0x0123456789ABCDEF << 60):
        assert ulid.decode(ulid.encode(number)) == number
    assert ulid.decode("M") is None and ulid.decode("U" * 26) is None


def test_open_sessions_are_not_projected_until_they_end(store: Store) -> None:
    stream = session_of(store, "a", finish=False)
    assert store.rows("SELECT * FROM m_counts") == []
    store.put_script(DIGEST, SCRIPT)
    store.append(stream, 2, [SessionFinished(at=AT, how="abandoned")])
    assert store.rows("SELECT * FROM m_counts") == [(stream.id, "session", "a", 1)]
    journey_of(store)
    assert len(store.rows("SELECT * FROM m_counts")) == 2
    assert store.session(stream.id).state == "abandoned"


def test_a_new_version_of_the_projector_makes_its_tables_anew(store: Store, path: Path) -> None:
    session_of(store, "a")

    class Newer(Counting):
        version = "2"
        tables = (
            Counting.tables.replace("m_counts", "m_other") + "; CREATE INDEX m_i ON m_other (kind)"
        )
        names = ("m_other",)

        def project(self, db, stream, events, script) -> None:  # type: ignore[no-untyped-def]
            db.execute("INSERT INTO m_other VALUES (?, ?, '', 0)", (stream.id, stream.kind))

    store.close()
    with Store.open(path, Counting(), read_only=True) as same:
        assert len(same.rows("SELECT * FROM m_counts")) == 1
    with Store.open(path, Newer(), read_only=True) as reading:
        assert len(reading.rows("SELECT * FROM m_other")) == 1
        with pytest.raises(StoreError):
            reading.save_draft("s", "k", "t")
    with Store.open(path, Newer()) as newer:
        assert len(newer.rows("SELECT * FROM m_other")) == 1
        assert newer.rows("SELECT name FROM sqlite_schema WHERE name = 'm_counts'") == []


def test_rebuilding_changes_nothing_that_is_right_and_mends_what_is_not(store: Store) -> None:
    session_of(store, "apple", "pear")
    journey_of(store)
    assert store.check() == []
    before = (
        store.sessions(),
        store.rows("SELECT * FROM m_counts ORDER BY 1"),
        len(store.search("pear")),
    )
    with store._database.writing() as db:
        db.execute("UPDATE m_counts SET answers = 'x'; DELETE FROM sessions")
        db.execute("INSERT INTO answers (answers, rowid, text) VALUES ('delete', 2, 'apple')")
    assert {found.code for found in store.check()} == {"projection-differs", "search-index-damaged"}
    store.rebuild()
    after = (
        store.sessions(),
        store.rows("SELECT * FROM m_counts ORDER BY 1"),
        len(store.search("pear")),
    )
    assert before == after and store.check() == []


def test_an_altered_answer_is_named_and_the_others_are_read(store: Store) -> None:
    stream = session_of(store, "the canary sings", "fine")
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'sings', 'sinks') WHERE seq = 1")
    with pytest.raises(StoreError) as caught:
        store.events(stream.id)
    assert caught.value.code == "answer-altered"
    assert stream.id in caught.value.message and "canary" not in caught.value.message
    events, altered = store.events(stream.id, damaged="skip")
    assert events == (started(), answered("q1", "fine"), FINISHED)
    assert altered == (Altered(stream.id, 1),)
    assert store.search("canary") == []
    assert "answer-altered" in {found.code for found in store.check()}


def test_a_bit_that_flips_on_the_disk_is_found(store: Store, path: Path) -> None:
    stream = session_of(store, "a canary in the mine")
    store.close()
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"canary") + 2] ^= 1
    path.write_bytes(raw)
    with Store.open(path, None) as damaged, pytest.raises(StoreError) as caught:
        damaged.events(stream.id)
    assert caught.value.code == "answer-altered"


def test_a_lost_last_event_is_found(store: Store) -> None:
    stream = session_of(store, "a", finish=False)
    with store._database.writing() as db:
        db.execute("DELETE FROM events WHERE seq = 1")
    assert store.events(stream.id, damaged="skip")[1] == (Altered(stream.id, 1),)


@pytest.mark.parametrize("length", [2**63 - 1, 2**40, 7, 1, 0, -1])
def test_an_altered_length_is_told_and_costs_nothing(store: Store, length: int) -> None:
    stream = session_of(store, "a")
    with store._database.writing() as db:
        db.execute("UPDATE streams SET length = ?", (length,))
    events, altered = store.events(stream.id, damaged="skip")
    assert events == (started(), answered("q0", "a"), FINISHED)
    assert 1 <= len(altered) <= 1_000
    assert "answer-altered" in {found.code for found in store.check()}


def test_a_journey_of_an_altered_length_is_folded_as_far_as_it_goes(store: Store) -> None:
    journey = journey_of(store)
    with store._database.writing() as db:
        db.execute("UPDATE streams SET length = ?", (2**62,))
    store.rebuild()
    assert store.events(journey.id, damaged="skip")[1]


@pytest.mark.parametrize("kind", ["journey", "session"])
def test_only_a_journey_keeps_the_gap_of_what_is_damaged(
    path: Path, kind: Literal["journey", "session"]
) -> None:
    """Its events name others by position; a session is told without what is lost of it."""
    seen: list[tuple[Event, ...]] = []

    class Seeing(Counting):
        def project(self, db: apsw.Connection, stream: Stream, events: Any, script: Any) -> None:
            seen.append(events)

    said = (answered("q0", "a"), answered("q1", "b"), FINISHED)
    with Store.open(path, Seeing()) as store:
        first = started() if kind == "session" else MentorshipBegan(AT, mentee="A", mentor="D")
        store.append(Stream(kind, store.new_id(), "M"), 0, [first, *said])
        with store._database.writing() as db:
            db.execute("UPDATE events SET body = replace(body, '\"a\"', '\"x\"') WHERE seq = 1")
        store.rebuild()
    gap = (Undone("", -1),) if kind == "journey" else ()
    assert seen == [(first, *said), (first, *gap, *said[1:])]


def test_events_are_read_one_by_one_by_their_places(store: Store) -> None:
    one, other = session_of(store, "a", "b"), session_of(store, "c")
    places = [(one.id, 2), (other.id, 0), (other.id, 9), ("none", 0)]
    found = store.events_at(places)
    assert found == {places[0]: answered("q1", "b"), places[1]: started()}
    with apsw.Connection(str(store.path)) as db:
        db.execute("UPDATE events SET body = replace(body, '\"b\"', '\"x\"')")
    assert store.events_at(places) == {places[1]: started()}


def test_an_event_of_a_kind_unknown_here_says_so_without_its_words(store: Store) -> None:
    from reflect.transcripts import codec

    stream = session_of(store, "a", finish=False)
    body = b'{"type":"dreamt","text":"canary"}'
    mark = codec.checksum(b"0" * 16, stream.id, 1, body)
    with store._database.writing() as db:
        db.execute(
            "UPDATE events SET body=?, salt=?, checksum=? WHERE seq=1",
            (body.decode(), b"0" * 16, mark),
        )
    with pytest.raises(StoreError) as caught:
        store.events(stream.id)
    assert caught.value.code == "answer-unreadable" and caught.value.__cause__ is None


def test_the_latest_migration_is_the_last_file() -> None:
    assert [file.name for file in sorted(migrations.SCHEMA.glob("*.sql"))][
        -1
    ] == f"{migrations.LATEST:04}.sql"


def test_a_migration_takes_away_a_copy_that_was_never_finished(tmp_path: Path) -> None:
    path, part = tmp_path / "old.db", tmp_path / ".old.db.before-0002.0a1b2c.part"
    db = apsw.Connection(str(path))
    migrations.bring_up_to_date(db, path, latest=1)
    part.write_text("everything that was said")
    migrations.bring_up_to_date(db, path)
    assert migrations.version(db) == migrations.LATEST
    assert [file.name for file in tmp_path.iterdir() if "before" in file.name] == [
        "old.db.before-0002"
    ]
    db.close()


def test_a_migration_keeps_a_copy_and_is_tried_first(
    store: Store, path: Path, tmp_path: Path
) -> None:
    session_of(store, "kept")
    folder = tmp_path / "schema"
    folder.mkdir()
    now, then = migrations.LATEST, migrations.LATEST + 1
    (folder / f"{then:04}.sql").write_text("CREATE TABLE extra (a); INSERT INTO nowhere VALUES (1)")
    with store._database.reading() as db:
        with pytest.raises(StoreError) as caught:
            migrations.bring_up_to_date(db, path, folder, then)
        assert caught.value.code == "store-damaged" and migrations.version(db) == now
        (folder / f"{then:04}.sql").write_text("CREATE TABLE extra (a)")
        migrations.bring_up_to_date(db, path, folder, then)
        assert migrations.version(db) == then
    (copy,) = migrations.copies(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    kept = apsw.Connection(str(copy))
    assert kept.pragma("user_version") == now
    with pytest.raises(StoreError) as newer:
        Store.open(path, None)
    assert newer.value.code == "store-too-new"


def test_places_are_counted_from_the_newest_of_all(store: Store) -> None:
    ids = [session_of(store).id for _ in range(4)]
    rows = [row.id for row in store.sessions()]
    assert store.places(ids[1:3]) == {one: rows.index(one) + 1 for one in ids[1:3]}
    assert store.places(()) == {}


def test_a_session_is_found_by_any_beginning_of_its_id(store: Store) -> None:
    one = session_of(store).id
    assert {store.session(one[:length].lower()).id for length in (1, 9, 26)} == {one}
    for wrong in ("~", "%", one + "0", "\0"):
        with pytest.raises(ReflectError):
            store.session(wrong)
