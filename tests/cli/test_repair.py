"""`reflect doctor --repair`: what is sound of a damaged record comes into a new file, what is not is named."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import apsw
import pytest

from reflect.cli import passphrase
from reflect.mentorship.projection import Folds
from reflect.settings import Home
from reflect.transcripts import keys, locking
from reflect.transcripts.store import Store
from tests.conftest import Run

SAID = [
    f"the windowsill was cold, said {number} times " + "and so on " * 150 for number in range(5)
]
FIRST = "Amina\nDaniel\n3\n1\n"
PAGE = 4096


@pytest.fixture(autouse=True)
def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "TERMINAL", "/nonexistent/tty")
    monkeypatch.setattr(keys, "_COST", 2)


@pytest.fixture
def begun(run: Run, home: Home) -> Home:
    assert run(stdin=FIRST + "\n".join(SAID) + "\n").code == 0
    return home


def kept(home: Home, **how: object) -> list[str]:
    """What was answered, as far as it can be read."""
    with Store.open(home.database, Folds(), **how) as store:  # type: ignore[arg-type]
        events, _ = store.events(store.sessions()[0].id, damaged="skip")
        return [event.text for event in events if getattr(event, "text", "") in SAID]


def damage(home: Home, *pages: int) -> bytes:
    """Noise over pages of the record, counted from 0; gives what the file is then."""
    data = bytearray(home.database.read_bytes())
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = os.urandom(PAGE)
    home.database.write_bytes(data)
    return bytes(data)


def page_with_answers(home: Home) -> int:
    """A page with answers, and not with the beginning of their session."""
    data = home.database.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    return next(
        number
        for number, page in enumerate(pages)
        if page[0] == 13 and b'"answered"' in page and b'"session started"' not in page
    )


def put_in_place(home: Home) -> Path:
    """As it is told to; gives the folder with what was damaged."""
    folder = home.root / "damaged"
    folder.mkdir()
    for file in home.root.glob("reflect.db*"):
        file.rename(folder / file.name)
    (home.root / "reflect-recovered.db").rename(home.database)
    return folder


def test_a_sound_record_is_left_alone(run: Run, begun: Home) -> None:
    done = run("doctor", "--repair")
    assert done.code == 0 and "nothing to recover" in done.err
    assert not list(begun.root.glob("reflect-recovered*"))
    told = json.loads(run("doctor", "--repair", "--json").out)
    assert (told["damaged"], told["file"], told["diagnostics"]) == (False, None, [])


def test_without_a_record_there_is_nothing_to_do(run: Run, home: Home) -> None:
    assert run("doctor", "--repair").code == 0
    assert not home.root.exists() or not list(home.root.glob("reflect*"))


def test_a_torn_head_loses_nothing(run: Run, begun: Home) -> None:
    before = damage(begun, 0)
    assert run("history").code == 1
    done = run("doctor", "--repair")
    assert (done.code, done.out) == (0, "")
    assert "1 session" in done.err and "Nothing that was kept is missing" in done.err
    new = begun.root / "reflect-recovered.db"
    assert begun.database.read_bytes() == before and new.stat().st_mode & 0o777 == 0o600
    assert not [file for file in begun.root.iterdir() if file.name.startswith(".")]
    put_in_place(begun)
    assert kept(begun) == SAID
    assert run("doctor").code == 0
    assert SAID[0][:20] in run("show").out


def test_what_is_lost_is_named_keeps_its_place_and_comes_back_from_a_backup(
    run: Run, begun: Home, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    assert run("backup", str(backup)).code == 0
    damage(begun, page_with_answers(begun))
    done = run("doctor", "--repair")
    assert done.code == 1
    assert "answer-altered" in done.out and "reflect restore FILE" in done.err
    assert not any(words[:30] in done.out + done.err for words in SAID)
    put_in_place(begun)
    left = kept(begun)
    assert left == [words for words in SAID if words in left] and 0 < len(left) < len(SAID)
    assert run("history").code == run("show").code == 0
    assert run("restore", str(backup)).code == 0
    assert kept(begun) == SAID
    assert run("doctor").code == 0


def test_a_session_whose_beginning_is_lost_is_there_again_with_a_backup(
    run: Run, begun: Home, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    assert run("backup", str(backup)).code == 0
    db = apsw.Connection(str(begun.database))
    db.execute("UPDATE events SET body = '{}' WHERE body LIKE '%session started%'")
    assert db.changes() == 1
    db.close()
    done = run("doctor", "--repair")
    assert done.code == 1 and "Event 0 of session" in done.out
    put_in_place(begun)
    with Store.open(begun.database, Folds()) as store:
        assert store.sessions() == []
    assert run("restore", str(backup)).code == 0
    assert kept(begun) == SAID
    assert run("show").code == run("doctor").code == 0


def test_an_altered_answer_never_comes_back_as_a_good_one(run: Run, begun: Home) -> None:
    data = begun.database.read_bytes()
    begun.database.write_bytes(data.replace(b"said 3 times", b"said 8 times"))
    done = run("doctor", "--repair", "--json")
    told = json.loads(done.out)
    assert done.code == 1 and told["damaged"]
    assert {one["code"] for one in told["diagnostics"]} == {"answer-altered"}
    assert told["file"] == str(begun.root / "reflect-recovered.db")
    assert b"said 8 times" not in Path(told["file"]).read_bytes()
    put_in_place(begun)
    assert kept(begun) == [words for words in SAID if "said 3" not in words]


def test_answers_that_only_the_log_holds_come_along(
    run: Run, begun: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = apsw.Connection(str(begun.database))
    other.execute("BEGIN; SELECT count(*) FROM events")
    assert run(stdin="and this stands in the log\n").code == 0
    copy = tmp_path / "copy"
    shutil.copytree(begun.root, copy)
    other.close()
    home = Home(copy)
    assert (copy / "reflect.db-wal").stat().st_size
    damage(home, 0)
    monkeypatch.setenv("REFLECT_HOME", str(copy))
    assert run("doctor", "--repair").code == 0
    put_in_place(home)
    with Store.open(home.database, Folds()) as store:
        assert store.search("log")


def test_it_writes_over_nothing(run: Run, begun: Home) -> None:
    damage(begun, 0)
    first = begun.root / "reflect-recovered.db"
    first.write_text("something else")
    assert run("doctor", "--repair").code == 0
    assert first.read_text() == "something else"
    assert (begun.root / "reflect-recovered-1.db").exists()


def test_lost_questions_are_made_anew_from_the_pack(run: Run, begun: Home) -> None:
    db = apsw.Connection(str(begun.database))
    db.execute("DELETE FROM scripts")
    db.close()
    damage(begun, 0)
    assert run("doctor", "--repair").code == 0
    put_in_place(begun)
    assert run("show").code == 0


def test_noise_cannot_be_recovered_and_is_left_alone(run: Run, begun: Home) -> None:
    pages = begun.database.stat().st_size // PAGE
    before = damage(begun, *range(pages))
    done = run("doctor", "--repair")
    assert (done.code, done.err.split(":")[0]) == (1, "nothing-recovered")
    assert begun.database.read_bytes() == before
    assert [file.name for file in begun.root.glob("*reflect*")] == ["reflect.db"]


def test_what_was_erased_stays_erased(run: Run, begun: Home) -> None:
    assert run("delete", "last", "--yes").code == 0
    damage(begun, 0)
    run("doctor", "--repair")
    new = begun.root / "reflect-recovered.db"
    assert not new.exists() or b"windowsill" not in new.read_bytes()


def test_a_locked_record_is_recovered_into_a_locked_one(run: Run, begun: Home) -> None:
    key = keys.new_key("violin harbour nine moss")
    locking.convert(begun.database, None, key)
    locking.confirm(begun.database, locked=True)
    pages = begun.database.stat().st_size // PAGE
    damage(begun, pages - 1)
    with os.fdopen(os.memfd_create("words"), "r+b", closefd=False) as typed:
        typed.write(b"violin harbour nine moss\n")
        typed.flush()
        typed.seek(0)
        done = run("--passphrase-fd", str(typed.fileno()), "doctor", "--repair", "--json")
    assert json.loads(done.out)["damaged"]
    new = begun.root / "reflect-recovered.db"
    assert keys.is_locked(new) and b"windowsill" not in new.read_bytes()
    with Store.open(new, Folds(), key=key) as store:
        events, _ = store.events(store.sessions()[0].id, damaged="skip")
        assert len([one for one in events if getattr(one, "text", "") in SAID]) >= 1


def test_a_record_of_a_later_version_is_no_damaged_one(run: Run, begun: Home) -> None:
    db = apsw.Connection(str(begun.database))
    db.pragma("user_version", 99)
    db.close()
    done = run("doctor", "--repair")
    assert (done.code, done.err.split(":")[0]) == (1, "store-too-new")


def test_repair_and_rebuild_are_told_apart(run: Run, begun: Home) -> None:
    assert run("doctor", "--repair", "--rebuild").code == 2
