"""Reviews in the record: an older store gets them, backups carry them, homes are brought together."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from reflect.application.reviewing import case, file_away, keep_note, listed, mark_read
from reflect.application.wiring import Application
from reflect.events import BundleRead
from reflect.transcripts import migrations
from reflect.transcripts.database import Database
from reflect.transcripts.store import Store
from reflect.transcripts.values import REVIEW, Stream
from tests.conftest import Run
from tests.review.made import EARLIER, SHIP, bundle
from tests.review.test_case import note, told

TODAY = "2026-11-22"


def at_home(folder: Path) -> Application:
    return Application({"REFLECT_HOME": str(folder), "REFLECT_TODAY": TODAY})


def test_a_store_of_before_takes_reviews_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    database = Database(path, read_only=False, patience_ms=1000, key=None)
    with database.reading() as db:
        migrations.bring_up_to_date(db, path, latest=1)
        db.execute("INSERT INTO streams VALUES (5, 'A', 'journey', 'A', 1)")
        db.execute("INSERT INTO streams VALUES (7, 'B', 'session', 'A', 0)")
        db.execute("INSERT INTO events VALUES (1, 5, 0, NULL, x'00', x'00', '{}')")
        with pytest.raises(apsw.ConstraintError):
            db.execute("INSERT INTO streams VALUES (8, 'C', 'review', 'C', 0)")
    database.close()
    with Store.open(path, None) as store:
        review = Stream("review", f"{REVIEW}x", f"{REVIEW}x")
        store.append(review, 0, [BundleRead("2026-11-22T10:00:00+00:00", "s")])
        assert store.mentorships() == ["A"] and store.reviews() == [review.id]
        with store._database.reading() as db:
            rows = db.execute("SELECT number, id, kind FROM streams ORDER BY number").fetchall()
            assert rows[:2] == [(5, "A", "journey"), (7, "B", "session")]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            with pytest.raises(apsw.ConstraintError):
                db.execute("INSERT INTO events VALUES (9, 99, 0, NULL, x'00', x'00', '{}')")
    assert [copy.name for copy in migrations.copies(path)] == ["old.db.before-0002"]


def test_ids_of_reviews_do_not_count_where_a_new_one_is_made(tmp_path: Path) -> None:
    late = f"6{'Z' * 24}A"
    with Store.open(tmp_path / "new.db", None) as store:
        store.append(Stream("journey", late, late), 0, [])
        store.append(Stream("review", f"{REVIEW}x", f"{REVIEW}x"), 0, [])
        assert store.new_id() > late


def test_two_homes_of_a_mentor_become_one_in_either_direction(tmp_path: Path) -> None:
    homes = [at_home(tmp_path / name) for name in ("one", "two")]
    one, two = homes
    for app in homes:
        file_away(app, bundle(2))
    file_away(two, bundle(1, EARLIER))
    keep_note(one, case(one, SHIP), note("a"))
    keep_note(two, case(two, SHIP), note("b"))
    mark_read(two, case(two, SHIP))
    for app, name in ((one, "one.db"), (two, "two.db")):
        app.store.backup(tmp_path / name)
    one.store.merge(tmp_path / "two.db")
    two.store.merge(tmp_path / "one.db")
    assert told(case(one, SHIP)) == told(case(two, SHIP))
    assert len(case(one, SHIP).files) == 2 and len(case(one, SHIP).notes) == 2
    assert listed(one) == listed(two) and listed(one)[0].unread == 0
    again = one.store.merge(tmp_path / "two.db")
    assert not again.changed and one.store.check() == []
    before = one.store.projected()
    one.store.rebuild()
    assert one.store.projected() == before != ""
    for app in homes:
        app.close()


def test_a_restored_backup_brings_them_back(run: Run, tmp_path: Path) -> None:
    app = at_home(tmp_path / "other")
    file_away(app, bundle(2))
    app.store.backup(tmp_path / "copy.db")
    app.close()
    done = run("restore", str(tmp_path / "copy.db"))
    assert "1 person shared with you" in done.err
    assert "Noor" in run("review", "list").out
    assert run("doctor").code == 0


def test_a_damaged_file_is_left_out_and_told_by_the_doctor(run: Run, tmp_path: Path) -> None:
    app = at_home(tmp_path / "reflect")
    file_away(app, bundle(1, EARLIER))
    file_away(app, bundle(2))
    with app.store._database.writing() as db:
        db.execute("UPDATE events SET body = replace(body, 'vancomycin', 'aspirin') WHERE seq = 1")
    app.close()
    assert "Thursday 22 October" in run("review", "show").out
    assert "aspirin" not in run("review", "show").out
    assert "answer-altered" in run("doctor").out
    assert run("review", "note", "still here").code == 0


def test_two_windows_write_without_losing_a_word(tmp_path: Path) -> None:
    one, two = at_home(tmp_path / "home"), at_home(tmp_path / "home")
    file_away(one, bundle(2))
    mine, theirs = one.store.events, two.store.events
    before = mine(f"{REVIEW}{SHIP}", damaged="skip")
    keep_note(two, case(two, SHIP), note("b"))
    answers = iter([before])
    one.store.events = lambda *a, **k: next(answers, None) or mine(*a, **k)  # type: ignore[method-assign]
    keep_note(one, case(two, SHIP), note("a"))
    assert len([e for e in theirs(f"{REVIEW}{SHIP}") if hasattr(e, "note")]) == 2
    one.close()
    two.close()
