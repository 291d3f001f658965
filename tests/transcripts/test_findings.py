"""What is said of a damaged record: each finding with its place, its weight and what to do."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from reflect.diagnostics import Place, Severity
from reflect.errors import ReflectError, StoreError
from reflect.events import Answered
from reflect.transcripts import faults, ulid
from reflect.transcripts.keys import Key, header_of
from reflect.transcripts.repairing import recover
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

BACKUP = "Restore a backup with `reflect restore`; it adds what is missing and overwrites nothing."
REBUILD = "Run `reflect doctor --rebuild`; no answer is touched."
PUT_BACK = "A backup may hold it: reflect restore FILE, once this one is in place."


def changed(path: Path, *statements: str) -> None:
    """The file after what nobody but a fault or a foreign hand does to it."""
    db = apsw.Connection(str(path))
    db.pragma("foreign_keys", False)
    for statement in statements:
        db.execute(statement)
    db.close()


def found(store: Store) -> set[tuple[str, Severity, str, str]]:
    findings = store.check()
    assert {one.place for one in findings} <= {Place(str(store.path))}
    return {(one.code, one.severity, one.message, one.hint) for one in findings}


@pytest.fixture
def filled(store: Store) -> Stream:
    """A session of three answers with its script and its journey."""
    store.put_script(DIGEST, SCRIPT)
    journey_of(store)
    return session_of(store, "one", "two words", "three")


def test_a_sound_record_has_no_finding(store: Store, filled: Stream) -> None:
    assert found(store) == set()


def test_an_altered_and_a_lost_answer_are_named(store: Store, filled: Stream, path: Path) -> None:
    changed(path, "UPDATE events SET body = replace(body, 'words', 'sword') WHERE seq = 2")
    message = f"Event 2 of session {filled.id} is not what was stored."
    assert found(store) >= {("answer-altered", Severity.ERROR, message, BACKUP)}
    changed(path, "DELETE FROM events WHERE seq = 4")
    events, lost = store.events(filled.id, damaged="skip")
    assert [place.seq for place in lost] == [2, 4]
    assert [getattr(event, "text", "") for event in events] == ["", "one", "three"]
    with pytest.raises(StoreError) as caught:
        store.events(filled.id)
    told = (caught.value.code, caught.value.message, caught.value.hint)
    assert told == (
        "answer-altered",
        message,
        "Run `reflect doctor`; the other answers can be read, a backup may hold this one.",
    )


def test_an_altered_script_is_named(store: Store, filled: Stream, path: Path) -> None:
    changed(path, "UPDATE scripts SET data = x'00'")
    message = "Script 1, from which sessions were asked, is not what was stored."
    assert ("script-altered", Severity.ERROR, message, BACKUP) in found(store)


def test_an_index_that_lacks_an_answer_is_named(store: Store, filled: Stream, path: Path) -> None:
    changed(
        path,
        "INSERT INTO answers (answers, rowid, text) SELECT 'delete', number, 'two words'"
        " FROM events WHERE seq = 2",
    )
    message = "The search index does not fit the answers."
    assert found(store) == {("search-index-damaged", Severity.WARNING, message, REBUILD)}
    store.rebuild()
    assert found(store) == set()


def test_a_table_that_differs_is_named(store: Store, filled: Stream, path: Path) -> None:
    changed(path, "UPDATE m_counts SET answers = 'another' WHERE kind = 'session'")
    message = "The table m_counts is not what the events make."
    assert found(store) == {("projection-differs", Severity.WARNING, message, REBUILD)}


def test_a_row_that_belongs_nowhere_is_named(store: Store, filled: Stream, path: Path) -> None:
    changed(path, "UPDATE events SET stream = 99 WHERE seq = 3")
    message = "A row of events belongs to no stream."
    assert ("store-damaged", Severity.ERROR, message, BACKUP) in found(store)


def test_pages_that_do_not_fit_are_named_as_they_are_found(
    store: Store, filled: Stream, path: Path
) -> None:
    store.close()
    indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL LIMIT 1"
    changed(
        path, "PRAGMA writable_schema = 1", f"DELETE FROM sqlite_schema WHERE name = ({indexes})"
    )
    with Store.open(path, Counting(), read_only=True) as other:
        ((code, severity, message, hint),) = found(other)
    assert (code, severity, hint) == ("store-damaged", Severity.ERROR, BACKUP)
    assert "never used" in message


def test_nothing_is_forgotten_of_a_session_that_cannot_be_read(
    store: Store, filled: Stream, path: Path
) -> None:
    changed(path, "UPDATE events SET body = '{}' WHERE seq = 2")
    with pytest.raises(StoreError) as caught:
        store.forget_answer(filled.id, "q0", AT)
    assert caught.value.code == "answer-altered"
    assert [getattr(one, "text", "") for one in store.events(filled.id, damaged="skip")[0]] == [
        "", "one", "three", "",
    ]  # fmt: skip


Ask = Callable[[Store, str], object]


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            lambda store, name: store.forget_answer(name, "q9", AT),
            ("no-such-answer", "That session has no such answer.", "See `reflect show`."),
        ),
        (
            lambda store, _: store.forget_session("nobody", AT),
            ("no-such-session", "There is no such session.", "See `reflect history`."),
        ),
        (
            lambda store, _: store.forget_answer("M", "q0", AT),
            ("no-such-session", "There is no such session.", "See `reflect history`."),
        ),
        (
            lambda store, _: store.forget_noted("M:nothing", AT),
            ("no-such-item", "That was not noted by hand.", "See: reflect undo --list"),
        ),
        (
            lambda store, _: store.session(""),
            ("no-such-session", "There is no such session.", "See `reflect history`."),
        ),
        (
            lambda store, name: (session_of(store, "x"), store.session(name[:4]))[1],
            ("ambiguous-session", "Several sessions begin like that.", "Type more of the id."),
        ),
        (
            lambda store, name: (store.take_lease(name), store.take_lease(name))[1],
            (
                "session-open-elsewhere",
                "This session is open in another window.",
                "Go on there, or take it over here.",
            ),
        ),
        (
            lambda store, name: (
                lease := store.take_lease(name),
                store.take_lease(name, over=True),
                store.renew(lease),
            )[2],
            (
                "session-taken-over",
                "This session goes on in another window.",
                "What you typed here was not saved; read the session again to go on.",
            ),
        ),
        (
            lambda store, name: store.append(Stream("session", name, "M"), 3, [FINISHED]),
            (
                "session-moved-on",
                "NAME holds 5 events, not 3: it went on in another window.",
                "Read it again and go on from there.",
            ),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_with_a_way_on(
    store: Store, filled: Stream, ask: Ask, told: tuple[str, str, str]
) -> None:
    before = store.events(filled.id)
    with pytest.raises(ReflectError) as caught:
        ask(store, filled.id)
    error = caught.value
    assert (error.code, error.message.replace(filled.id, "NAME"), error.hint) == told
    assert store.events(filled.id) == before and store.check() == []


# --- recovering --------------------------------------------------------------------


def recovered(store: Store, path: Path) -> tuple[Path, set[tuple[str, str, str]], int, int]:
    """What comes of the file, closed, as it is."""
    target = path.with_name("recovered.db")
    report = recover(path, target, Counting())
    assert {one.place for one in report.findings} <= {Place(str(target))}
    assert {one.severity for one in report.findings} <= {Severity.ERROR}
    assert report.file == target
    told = {(one.code, one.message, one.hint) for one in report.findings}
    return target, told, report.sessions, report.events


def test_everything_sound_comes_back_with_drafts_and_marks(
    store: Store, filled: Stream, path: Path
) -> None:
    open_one = session_of(store, "still open", finish=False)
    store.save_draft(open_one.id, "q1", "half a sen")
    target, told, sessions, events = recovered(store, path)
    assert (told, sessions, events) == (set(), 2, 1 + 5 + 2)
    with Store.open(target, Counting()) as other:
        assert other.events(filled.id) == store.events(filled.id)
        assert other.draft(open_one.id) == ("q1", "half a sen")
        assert other.script(DIGEST) == SCRIPT
        assert [row.id for row in other.sessions()] == [open_one.id, filled.id]
        assert [hit.session for hit in other.search("words")] == [filled.id]
        assert other.check() == []


def test_what_is_lost_keeps_its_place(store: Store, filled: Stream, path: Path) -> None:
    changed(
        path,
        "UPDATE events SET body = '{}' WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
    )
    target, told, sessions, events = recovered(store, path)
    assert (sessions, events) == (1, 1 + 3)
    assert {code for code, _, _ in told} == {"answer-altered"}
    with Store.open(target, Counting()) as other:
        kept, lost = other.events(filled.id, damaged="skip")
        assert [place.seq for place in lost] == [2, 3]
        assert [getattr(event, "text", "") for event in kept] == ["", "one", ""]


def test_a_stream_without_its_row_is_known_by_what_its_pages_keep(
    store: Store, filled: Stream, path: Path
) -> None:
    changed(path, "DELETE FROM streams")
    assert store.sessions() and store.events(filled.id) == ()
    target, told, sessions, _ = recovered(store, path)
    # The journey's name, "M", is none that a stream has outside of tests.
    message = "1 events belong to something whose name is gone; they were left out."
    with Store.open(target, Counting()) as other:
        assert (told, sessions) == ({("events-left-out", message, PUT_BACK)}, 1)
        assert [getattr(event, "text", "") for event in other.events(filled.id)] == [
            "", "one", "two words", "three", "",
        ]  # fmt: skip


def test_events_of_nobody_are_counted(store: Store, filled: Stream, path: Path) -> None:
    changed(path, "UPDATE events SET stream = 77 WHERE seq IN (1, 2)")
    _, told, _, events = recovered(store, path)
    assert events == 1 + 3
    message = "2 events belong to something whose name is gone; they were left out."
    assert ("events-left-out", message, PUT_BACK) in told


def test_a_lost_script_is_made_anew_only_where_it_fits(
    store: Store, filled: Stream, path: Path
) -> None:
    changed(path, "DELETE FROM scripts")
    message = f"The questions of session {filled.id} are lost, so its answers cannot be shown."
    for number, made in enumerate((b"", b"other questions")):
        target = path.with_name(f"without-{number}.db")
        report = recover(path, target, Counting(), script=lambda _, made=made: made)
        assert [
            (one.code, one.severity, one.message, one.hint, one.place) for one in report.findings
        ] == [("script-missing", Severity.ERROR, message, PUT_BACK, Place(str(target)))]
    asked: list[object] = []
    whole = path.with_name("whole.db")
    report = recover(path, whole, Counting(), script=lambda begun: asked.append(begun) or SCRIPT)
    assert report.findings == () and asked == [started()]
    with Store.open(whole, Counting()) as other:
        assert other.script(DIGEST) == SCRIPT


def test_a_locked_file_is_only_read(path: Path) -> None:
    secret = bytes(range(32))
    key = Key(secret, header_of(secret, b"0123456789"))
    with Store.open(path, Counting(), key=key) as locked:
        stream = session_of(locked, "one")
    place = path.parent
    before = {file.name: file.read_bytes() for file in place.iterdir()}
    target = path.with_name("recovered.db")
    report = recover(path, target, Counting(), key)
    assert (report.sessions, report.events) == (1, 3)
    assert target.read_bytes()[:15] != b"SQLite format 3" and b"one" not in target.read_bytes()
    with Store.open(target, Counting(), key=key) as other:
        assert len(other.events(stream.id)) == 3
    left = {file.name: file.read_bytes() for file in place.iterdir() if file != target}
    assert {name: left[name] for name in before} == before


def test_noise_gives_nothing(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"noise" * 4096)
    with pytest.raises(StoreError) as caught:
        recover(path, path.with_name("new.db"), Counting())
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        "nothing-recovered",
        f"Nothing in {path} can be read any more; it was left as it is.",
        "Move it away and bring in a backup: reflect restore FILE",
    )
    assert [file.name for file in path.parent.iterdir()] == [path.name]


# --- merging -----------------------------------------------------------------------


def test_a_merge_says_what_it_found(store: Store, filled: Stream, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    store.backup(backup)
    changed(store.path, "UPDATE events SET body = '{}' WHERE seq = 2")
    report = store.merge(backup)
    assert (report.added, report.extended, report.forgotten, report.left_out) == (0, 0, 0, 0)
    assert [(one.code, one.severity, one.message, one.place) for one in report.diagnostics] == [
        (
            "answer-restored",
            Severity.WARNING,
            f"Session {filled.id} has a damaged answer restored.",
            Place(str(backup)),
        )
    ]
    assert [e.text for e in store.events(filled.id) if isinstance(e, Answered)] == [
        "one",
        "two words",
        "three",
    ]
    assert [hit.session for hit in store.search("words")] == [filled.id]


def test_a_damaged_backup_gives_what_stands_before_the_damage(
    store: Store, filled: Stream, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    store.backup(backup)
    changed(backup, "UPDATE events SET body = '{}' WHERE seq = 3")
    with Store.open(tmp_path / "new" / "reflect.db", Counting()) as other:
        report = other.merge(backup)
        (one,) = report.diagnostics
        assert (one.code, one.message) == (
            "answer-altered",
            f"Session {filled.id} was cut before a damaged answer.",
        )
        assert report.added == 2 and len(other.events(filled.id)) == 3


def test_a_session_that_went_on_on_both_sides_is_there_twice(store: Store, tmp_path: Path) -> None:
    journey_of(store)
    stream = session_of(store, "one", finish=False)
    there = tmp_path / "there" / "reflect.db"
    with Store.open(there, Counting()) as other:
        assert other.merge(_backed(store, tmp_path / "a.db")).added == 2
        other.append(stream, 2, [answered("q1", "theirs"), FINISHED])
        store.append(stream, 2, [answered("q1", "ours")])
        report = store.merge(_backed(other, tmp_path / "b.db"))
        again = store.merge(_backed(other, tmp_path / "c.db"))
    ours, theirs = sorted((row.id for row in store.sessions()), key=lambda one: one != stream.id)
    assert theirs[:10] == stream.id[:10] and ulid.decode(theirs) is not None
    (one,) = report.diagnostics
    assert (one.code, one.severity, one.message) == (
        "session-diverged",
        Severity.WARNING,
        f"Session {ours} went on elsewhere; that is now {theirs}.",
    )
    assert store.events(ours)[2] == answered("q1", "ours")
    assert store.events(theirs)[2:] == (answered("q1", "theirs"), FINISHED)
    assert (report.added, again.added, again.diagnostics) == (1, 0, ())


def _backed(store: Store, path: Path) -> Path:
    store.backup(path)
    return path


# --- in words ----------------------------------------------------------------------

SAID = Path(__file__).with_name("said.txt")


def in_words() -> str:
    """Every trouble that the record can name, as it is told: code, message, hint."""
    path = Path("/home/amina/reflect.db")
    simple = (
        faults.read_only, faults.damaged, faults.no_backup, faults.too_new, faults.head_damaged,
        faults.truncated, faults.is_locked, faults.wrong_passphrase, faults.outdated,
        faults.locked, faults.full, faults.replaced, faults.no_store,
    )  # fmt: skip
    errors: list[ReflectError | None] = [make(path) for make in simple]
    errors += [
        faults.no_copy(path, OSError(number, words))
        for number, words in ((errno.EACCES, "not yours"), (errno.ENOSPC, "full"), (errno.EIO, ""))
    ]
    errors += [faults.fault(kind("text of an answer"), path) for kind in KINDS]
    errors.append(faults.fault(apsw.IOError("x"), path, errno.ENOSPC))
    errors.append(faults.fault(apsw.CantOpenError("x"), path, errno.EDQUOT))
    errors.append(faults.fault(apsw.SQLError("fts5: invalid fts5 file format"), path))
    errors.append(faults.fault(apsw.SQLError("error in tokenizer constructor"), path))
    errors.append(faults.fault(apsw.SQLError("SQL logic error"), path))
    return "".join(
        f"{one.code}\n  {one.message}\n  {one.hint}\n" if one else "none of ours\n"
        for one in errors
    )


KINDS = (
    apsw.FullError, apsw.BusyError, apsw.LockedError, apsw.NotADBError, apsw.CorruptError,
    apsw.ConstraintError, apsw.SQLError, apsw.ReadOnlyError, apsw.PermissionsError, apsw.IOError,
    apsw.CantOpenError, apsw.TooBigError, apsw.MisuseError,
)  # fmt: skip


def test_every_trouble_is_told_as_it_is_kept() -> None:
    """Where another wording is meant: write `in_words()` to `said.txt`."""
    assert in_words().splitlines() == SAID.read_text("utf-8").splitlines()
    assert "text of an answer" not in in_words()
