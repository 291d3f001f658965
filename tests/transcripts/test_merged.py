"""What a merge leaves, compared as a whole: its report, every stream, every row of what is made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from msgspec.structs import replace

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.events import (
    Answered,
    AnswerForgotten,
    Event,
    GoalRef,
    LastAnswer,
    MentorshipChanged,
    Promise,
    Ref,
    Reopened,
    SessionForgotten,
    SessionStarted,
    Span,
    Undone,
)
from reflect.transcripts import migrations
from reflect.transcripts.codec import digest
from reflect.transcripts.store import MergeReport, Store, Stream

from .conftest import AT, DIGEST, FINISHED, SCRIPT, Counting, answered, journey_of, started

ONE = Stream("session", "01KB0000000000000000000001", "M")
TWO = Stream("session", "01KB0000000000000000000002", "M")
THREE = Stream("session", "01KB0000000000000000000003", "N")
MORE = b"other questions"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Store]:
    """Another home."""
    with Store.open(tmp_path / "there" / "reflect.db", Counting(), patience_ms=50) as opened:
        yield opened


def session(store: Store, stream: Stream, *events: Event) -> None:
    store.append(stream, 0, [started(stream.mentorship), *events])


def found(store: Store, code: str, said: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, Place(str(store.path)), said)


def kept(store: Store) -> dict[str, tuple[Event, ...]]:
    """Every stream with its events."""
    return {name: store.events(name) for (name,) in store.rows("SELECT id FROM streams")}


def made(store: Store) -> tuple[object, ...]:
    """What is made of the events: the list, the index, the projector's tables."""
    return (
        store.sessions(),
        [(hit.session, hit.seq, hit.text) for hit in store.search("word", limit=99)],
        store.rows("SELECT * FROM m_counts ORDER BY stream"),
    )


# --- what comes in -----------------------------------------------------------------


def test_a_restored_record_is_the_one_that_was(store: Store, there: Store) -> None:
    there.put_script(DIGEST, SCRIPT)
    there.put_script(digest(MORE), MORE)
    journey_of(there)
    session(there, ONE, answered("q0", "word one"), FINISHED)
    session(there, TWO, answered("q0", "word two"))
    there.save_draft(TWO.id, "q1", "half a word")
    assert store.merge(there.path) == MergeReport(added=3)
    assert kept(store) == kept(there) and made(store) == made(there)
    assert store.draft(TWO.id) == ("q1", "half a word") and store.draft(ONE.id) is None
    assert (store.script(DIGEST), store.script(digest(MORE))) == (SCRIPT, MORE)
    assert store.check() == [] and store.merge(there.path) == MergeReport()


def test_of_several_mentorships_one_is_brought_in(store: Store, there: Store) -> None:
    there.put_script(DIGEST, SCRIPT)
    there.put_script(digest(MORE), MORE)
    for name in "MN":
        journey_of(there, name)
    session(there, ONE, answered("q0", "word one"), FINISHED)
    session(there, THREE, answered("q0", "word three"), FINISHED)
    there.keep_secret("key", "theirs")
    assert store.merge(there.path, only="N") == MergeReport(added=2)
    assert set(kept(store)) == {"N", THREE.id}
    assert store.script(DIGEST) == SCRIPT and store.script(digest(MORE)) is None
    assert store.secrets("") == {}
    assert store.merge(there.path) == MergeReport(added=2)
    assert kept(store) == kept(there) and store.script(digest(MORE)) == MORE
    assert made(store) == made(there) and store.secret("key") == "theirs"


def test_what_grew_there_grows_here(store: Store, there: Store) -> None:
    session(there, ONE, answered("q0", "word one"))
    store.merge(there.path)
    there.append(ONE, 2, [answered("q1", "word more"), FINISHED])
    report = store.merge(there.path)
    assert report == MergeReport(extended=1) and report.changed
    assert kept(store) == kept(there) and made(store) == made(there)
    assert there.merge(store.path) == MergeReport() and not MergeReport().changed
    assert MergeReport(added=1).changed and MergeReport(forgotten=1).changed
    assert not MergeReport(left_out=1).changed


def test_answers_are_numbered_in_the_order_of_their_sessions(store: Store, there: Store) -> None:
    session(store, TWO, answered("q0", "word two"), answered("q1", "word two more"), FINISHED)
    session(there, ONE, answered("q0", "word one"), FINISHED)
    session(there, THREE, answered("q0", "word three"), FINISHED)
    store.merge(there.path)
    said = [hit.text for hit in store.search("word")]
    assert said == ["word three", "word two more", "word two", "word one"]
    numbers = [number for (number,) in store.rows("SELECT number FROM events ORDER BY stream, seq")]
    assert sorted(numbers) == list(range(1, 11)) and store.check() == []


# --- sessions that went on on both sides ---------------------------------------------


NAMES = {
    "A": "01KB000000H6AZT83050MKHPBB",
    "B": "01KB000000FK1PN7NYPM86F5GN",
    "C": "01KB000000B8MRX69FB2DWRGWM",
    "D": "01KB000000N3TW327QDEFVX6D2",
    "E": "01KB0000006H080HB2ZFD1J295",
}


@pytest.mark.parametrize(
    ("ours", "theirs", "name"),
    [
        ([answered("q1", "ours")], [answered("q1", "theirs")], "A"),
        ([answered("q1", "ours")], [answered("q2", "theirs", "2026-03-03T08:00:00Z")], "B"),
        ([answered("q1", "ours")], [FINISHED], "C"),
        ([answered("q1", "ours")], [Reopened(key="q0"), FINISHED], "D"),
        (
            [Reopened(key="q0"), answered("q0", "ours")],
            [Reopened(key="q0"), answered("q0", "theirs")],
            "E",
        ),
    ],
)
def test_the_other_version_has_the_same_name_at_every_merge(
    store: Store, there: Store, ours: list[Event], theirs: list[Event], name: str
) -> None:
    """Homes are merged in any order, at any time: another name would make a third version of it."""
    for home, more in ((store, ours), (there, theirs)):
        session(home, ONE, answered("q0", "word one"), *more)
    report = store.merge(there.path)
    other = NAMES[name]
    assert report == MergeReport(
        added=1,
        diagnostics=(
            found(
                there,
                "session-diverged",
                f"Session {ONE.id} went on elsewhere; that is now {other}.",
            ),
        ),
    )
    beginning = (started(), answered("q0", "word one"))
    assert kept(store) == {ONE.id: (*beginning, *ours), other: (*beginning, *theirs)}
    assert [row.mentorship for row in store.sessions()] == ["M", "M"]
    assert store.merge(there.path) == MergeReport()
    there.append(ONE, 2 + len(theirs), [answered("q9", "word more")])
    assert store.merge(there.path) == MergeReport(extended=1)
    assert store.events(other)[-1] == answered("q9", "word more") and store.check() == []


def test_a_third_version_has_another_name(store: Store, there: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "third" / "reflect.db", Counting()) as third:
        for home, text in ((store, "ours"), (there, "theirs"), (third, "a third")):
            session(home, ONE, answered("q0", f"word {text}"))
        assert store.merge(there.path).added == store.merge(third.path).added == 1
        assert store.merge(there.path) == store.merge(third.path) == MergeReport()
    texts = sorted(
        event.text
        for events in kept(store).values()
        for event in events[1:]
        if isinstance(event, Answered)
    )
    assert texts == ["word a third", "word ours", "word theirs"]
    assert {name[:10] for name in kept(store)} == {ONE.id[:10]}


def test_a_draft_comes_with_a_version_that_is_new_here(store: Store, there: Store) -> None:
    for home, text in ((store, "ours"), (there, "theirs")):
        session(home, ONE, answered("q0", text))
        home.save_draft(ONE.id, "q1", f"half of {text}")
    store.merge(there.path)
    (other,) = set(kept(store)) - {ONE.id}
    assert store.draft(ONE.id) == ("q1", "half of ours") and store.draft(other) is None


# --- journeys --------------------------------------------------------------------------


def test_what_a_session_took_from_a_journey_follows_it(store: Store, there: Store) -> None:
    """Their second event becomes our third: what their session names by position is named anew."""
    journey = Stream("journey", "M", "M")
    ours, first, second = (MentorshipChanged(AT, mentor=name) for name in ("Sam", "Kim", "Lee"))
    begun = started()
    assert isinstance(begun, SessionStarted)
    begun = replace(
        begun,
        promises=(Promise("M:a", Ref("M", 1)), Promise("M:b", Ref("M", 0))),
        goals=(GoalRef("M:g", Ref("M", 2, 0, 3)),),
    )
    asked = Answered("q0", AT, text="word", fills={"promise": Ref("M", 2), "own": Ref("", 0)})
    for home in (store, there):
        journey_of(home)
    store.append(journey, 1, [ours])
    there.append(journey, 1, [first, second, Undone(AT, 2), Undone(AT, 99)])
    there.append(ONE, 0, [begun, asked, FINISHED])
    assert store.merge(there.path) == MergeReport(added=1, extended=1)
    beginning = store.events("M")[0]
    assert store.events("M") == (beginning, ours, first, second, Undone(AT, 3), Undone(AT, -1))
    moved = replace(
        begun,
        promises=(Promise("M:a", Ref("M", 2)), Promise("M:b", Ref("M", 0))),
        goals=(GoalRef("M:g", Ref("M", 3, 0, 3)),),
    )
    fills = {"promise": Ref("M", 3), "own": Ref("", 0)}
    assert store.events(ONE.id) == (moved, replace(asked, fills=fills), FINISHED)
    assert store.merge(there.path) == MergeReport()


def test_the_same_said_twice_is_there_twice(store: Store, there: Store) -> None:
    journey = Stream("journey", "M", "M")
    again, ours = MentorshipChanged(AT, mentor="Kim"), MentorshipChanged(AT, mentor="Sam")
    for home in (store, there):
        journey_of(home)
    store.append(journey, 1, [ours, again])
    there.append(journey, 1, [again, again])
    assert store.merge(there.path) == MergeReport(extended=1)
    assert store.events("M")[1:] == (ours, again, again)
    assert store.merge(there.path) == MergeReport()


def test_reviews_are_united_like_journeys(store: Store, there: Store) -> None:
    review = Stream("review", "review:M", "review:M")
    ours, theirs = (MentorshipChanged(AT, mentor=name) for name in ("Sam", "Kim"))
    store.append(review, 0, [ours])
    there.append(review, 0, [theirs])
    assert store.merge(there.path) == MergeReport(extended=1)
    assert store.events(review.id) == (ours, theirs)


# --- what was forgotten ------------------------------------------------------------------


def test_both_sides_tombstones_hold_for_both(store: Store, there: Store) -> None:
    for home in (store, there):
        home.put_script(DIGEST, SCRIPT)
        session(home, ONE, answered("q0", "word gone"), answered("q1", "word stays"), FINISHED)
        session(home, TWO, answered("q0", "word went"), FINISHED)
    there.forget_session(TWO.id, AT)
    there.forget_answer(ONE.id, "q0", AT)
    store.save_draft(TWO.id, "q1", "half a word")
    assert store.merge(there.path) == MergeReport(added=1, forgotten=2)
    assert kept(store) == kept(there) == {
        ONE.id: (started(), answered("q0", ""), answered("q1", "word stays"), FINISHED),
        "M": (SessionForgotten(AT, TWO.id), AnswerForgotten(AT, ONE.id, "q0")),
    }  # fmt: skip
    assert made(store) == made(there) and store.draft(TWO.id) is None
    raw = b"".join(one.read_bytes() for one in store.path.parent.iterdir() if one.is_file())
    assert b"word went" not in raw and b"word gone" not in raw
    assert store.merge(there.path) == MergeReport() and store.check() == []


def test_what_was_forgotten_here_stays_away(store: Store, there: Store) -> None:
    journey_of(there)
    session(there, ONE, answered("q0", "word a"), answered("q0", "word b"), answered("q1", "word"))
    session(there, TWO, answered("q0", "word"))
    store.merge(there.path)
    store.forget_answer(ONE.id, "q0", AT)
    store.forget_session(TWO.id, AT)
    before = kept(store)
    assert store.merge(there.path) == MergeReport(left_out=2)
    assert kept(store) == before and store.draft(TWO.id) is None


def test_what_was_said_elsewhere_at_a_forgotten_place_is_not_repeated(
    store: Store, there: Store
) -> None:
    """Their answer was given again, at a place we do not know; what they took over from it goes too."""
    begun = started()
    assert isinstance(begun, SessionStarted)
    last = LastAnswer(Ref(ONE.id, 3), value="word", quote=Span(0, 4))
    for home in (store, there):
        session(home, ONE, answered("q0", "word one"))
    there.append(ONE, 2, [Reopened(key="q0"), answered("q0", "word two"), FINISHED])
    there.append(TWO, 0, [replace(begun, last={"q0": last}), FINISHED])
    store.forget_answer(ONE.id, "q0", AT)
    store.merge(there.path)
    gone = answered("q0", "")
    assert store.events(ONE.id) == (started(), gone, Reopened(key="q0"), gone, FINISHED)
    bare = replace(begun, last={"q0": LastAnswer(Ref(ONE.id, 3))})
    assert store.events(TWO.id) == (bare, FINISHED)


def test_a_version_that_was_forgotten_does_not_come_back(store: Store, there: Store) -> None:
    for home, text in ((store, "ours"), (there, "theirs")):
        session(home, ONE, answered("q0", text))
    store.merge(there.path)
    (other,) = set(kept(store)) - {ONE.id}
    store.forget_session(other, AT)
    assert store.merge(there.path) == MergeReport()
    assert set(kept(store)) == {ONE.id, "M"}


# --- what is damaged -----------------------------------------------------------------


def test_a_damaged_beginning_is_restored_with_its_row(store: Store, there: Store) -> None:
    for home in (store, there):
        session(home, ONE, answered("q0", "word one"), FINISHED)
    with store._database.writing() as db:
        db.execute("UPDATE events SET body = '{}' WHERE seq IN (0, 1); DELETE FROM sessions")
    said = found(there, "answer-restored", f"Session {ONE.id} has a damaged answer restored.")
    assert store.merge(there.path) == MergeReport(diagnostics=(said, said))
    assert kept(store) == kept(there) and made(store) == made(there) and store.check() == []


def test_of_a_damaged_backup_comes_what_stands_before_the_damage(
    store: Store, there: Store
) -> None:
    session(there, ONE, answered("q0", "word one"), answered("q1", "word two"), FINISHED)
    with there._database.writing() as db:
        db.execute("UPDATE events SET body = '{}' WHERE seq = 2")
    said = found(there, "answer-altered", f"Session {ONE.id} was cut before a damaged answer.")
    assert store.merge(there.path) == MergeReport(added=1, diagnostics=(said,))
    assert kept(store) == {ONE.id: (started(), answered("q0", "word one"))}


# --- a backup of an earlier form -------------------------------------------------------


def older(path: Path) -> apsw.Connection:
    """A record as the first form had it, with one session."""
    db = apsw.Connection(str(path))
    migrations.bring_up_to_date(db, path, latest=1)
    return db


def test_a_backup_of_an_earlier_form_is_merged_and_left_as_it_is(
    store: Store, there: Store, tmp_path: Path
) -> None:
    journey_of(there)
    session(there, ONE, answered("q0", "word one"), FINISHED)
    old = older(tmp_path / "old.db")
    for table in ("streams", "events", "sessions"):
        rows = there.rows(f"SELECT * FROM {table}")
        marks = ", ".join("?" * len(rows[0]))
        old.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    old.close()
    before = (tmp_path / "old.db").read_bytes()
    assert store.merge(tmp_path / "old.db") == MergeReport(added=2)
    assert kept(store) == kept(there) and made(store) == made(there)
    assert (tmp_path / "old.db").read_bytes() == before


def test_a_migrated_file_is_what_a_new_one_is(there: Store, tmp_path: Path) -> None:
    journey_of(there)
    session(there, ONE, answered("q0", "word one"), FINISHED)
    there.save_draft(ONE.id, "q1", "half")
    path = tmp_path / "old.db"
    old = older(path)
    for table in ("streams", "events", "sessions", "drafts"):
        rows = there.rows(f"SELECT * FROM {table}")
        old.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    old.close()
    schema = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY type, name"
    with Store.open(path, Counting()) as store:
        assert kept(store) == kept(there) and store.draft(ONE.id) == ("q1", "half")
        assert set(store.rows(schema)) == set(there.rows(schema))
        assert store.rows("PRAGMA user_version") == [(migrations.LATEST,)]
        store.rebuild()
        assert made(store) == made(there) and store.check() == []
        store.append(Stream("review", "review:M", "review:M"), 0, [FINISHED])
    assert [one.name for one in migrations.copies(path)] == ["old.db.before-0002"]
    copy = apsw.Connection(str(path.with_name("old.db.before-0002")))
    assert copy.pragma("user_version") == 1
    copy.close()


def test_who_comes_second_finds_it_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes open a new file: the later one looks again once it may write."""
    path = tmp_path / "new.db"
    asked: list[int] = []
    real = migrations.version

    def version(db: apsw.Connection) -> int:
        asked.append(1)
        if len(asked) == 2:
            monkeypatch.setattr(migrations, "version", real)
            other = apsw.Connection(str(path))
            migrations.bring_up_to_date(other, path)
            other.close()
            return 0
        return real(db)

    monkeypatch.setattr(migrations, "version", version)
    db = apsw.Connection(str(path))
    migrations.bring_up_to_date(db, path)
    assert real(db) == migrations.LATEST and not db.in_transaction
    assert db.execute("SELECT count(*) FROM meta").fetchall() == [(0,)]
    db.close()
