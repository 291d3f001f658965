"""A full or read-only disk, a record that cannot be used: a clear word, nothing overwritten, nothing lost."""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from tests.conftest import Ran as RanHere
from tests.conftest import Run
from tests.faults.disks import fill, remount, small_disk
from tests.faults.program import FIRST, Ran, Window, begin, environment, reflect, say
from tests.faults.record import database, texts, trouble

WORDS = "I wrote the three worst patients on a card before the round"
LONG = "and then I wrote down everything that came to my mind. " * 400
POWERLESS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Root that must respect the modes of files, like anybody."""

CLAIMS = ("is kept", "are kept", "Kept as")


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small disk; the home is to be made on it."""
    with small_disk(tmp_path / "disk", 4096) as disk:
        monkeypatch.setenv("REFLECT_HOME", str(disk / "reflect"))
        yield disk


def assert_refused(ran: Ran | RanHere, code: str) -> None:
    assert ran.code == 1
    assert ran.err.startswith(f"{code}: ")
    assert "Traceback" not in ran.err + ran.out


# --- full --------------------------------------------------------------------------


@pytest.mark.terminal
def test_a_full_disk_keeps_the_words_in_the_line(disk: Path, run: Run) -> None:
    home = disk / "reflect"
    begin(home)
    with Window(home) as window:
        window.until_ready()
        filler = fill(disk)
        since = len(window.raw)
        window.send(WORDS)
        shown = window.flat(since)
        assert "could not be saved" in shown and "no room left" in shown
        assert not any(claim in shown for claim in CLAIMS)
        assert window.questions(since) == []
        assert window.edit_line() == WORDS
        assert run("history").code == 0, "it cannot be read while the disk is full"
        filler.unlink()
        window.send("")
        assert len(window.questions(since)) == 1
    assert texts(home) == [WORDS]
    assert trouble(home) == []


def test_a_record_that_was_closed_can_be_read_while_the_disk_is_full(disk: Path, run: Run) -> None:
    home = disk / "reflect"
    begin(home, WORDS)
    fill(disk)
    shown = run("show")
    assert shown.code == 0 and WORDS in " ".join(shown.out.split())
    assert_refused(reflect(home, lines=["more"]), "disk-full")


def test_no_place_for_another_file_is_told_as_a_full_disk(
    disk: Path, tmp_path: Path, run: Run
) -> None:
    home = disk / "reflect"
    begin(home, WORDS)
    remount(disk, f"nr_inodes={sum(1 for _ in disk.rglob('*')) + 2}")
    for number in range(3):
        with suppress(OSError):
            (disk / f"taken-{number}").touch()
    assert_refused(run(stdin="more\n"), "disk-full")
    assert texts_where_there_is_room(home, tmp_path) == [WORDS]


def texts_where_there_is_room(home: Path, folder: Path) -> list[str]:
    shutil.copytree(home, folder / "copy")
    return texts(folder / "copy")


@pytest.mark.slow
@pytest.mark.terminal
def test_a_limit_on_files_keeps_the_words_in_the_line(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        _, hard = resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, (0, hard))
        since = len(window.raw)
        window.send(WORDS)
        assert "could not be saved" in window.flat(since)
        assert window.questions(since) == []
        assert window.edit_line() == WORDS
        resource.prlimit(window.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
        window.send("")
        assert len(window.questions(since)) == 1
    assert texts(place) == [WORDS]
    assert trouble(place) == []


@pytest.mark.terminal
def test_leaving_while_the_disk_is_full_does_not_claim_that_all_is_kept(disk: Path) -> None:
    home = disk / "reflect"
    begin(home)
    with Window(home) as window:
        window.until_ready()
        filler = fill(disk)
        window.type(WORDS)
        window.until(lambda: window.edit_line() == WORDS, "the typed words")
        since = len(window.raw)
        window.type("\x03")
        code = window.ended()
        shown = window.flat(since)
        assert code in (1, 130)
        assert "Traceback" not in shown and "our-fault" not in shown
        assert not any(claim in shown for claim in CLAIMS), shown
    filler.unlink()
    assert trouble(home) == []


def leave_room(disk: Path, kilobytes: int) -> Path:
    filler = fill(disk)
    os.truncate(filler, filler.stat().st_size - kilobytes * 1024)
    return filler


@pytest.mark.parametrize("room", [0, 64])
def test_a_disk_with_hardly_room_for_a_beginning(disk: Path, room: int, run: Run) -> None:
    filler = leave_room(disk, room)
    assert_refused(run(stdin="\n".join((*FIRST, WORDS))), "disk-full")
    filler.unlink()
    assert texts(disk / "reflect") == []
    assert run(stdin="\n".join((*FIRST, WORDS))).code == 0
    assert texts(disk / "reflect") == [WORDS]


def test_a_disk_that_fills_up_in_a_pipe(disk: Path) -> None:
    home = disk / "reflect"
    begin(home)
    filler = leave_room(disk, 200)
    ran = reflect(home, lines=[LONG] * 9)
    assert_refused(ran, "disk-full")
    filler.unlink()
    kept = len(texts(home))
    assert kept and ran.out.count("> and then I wrote") - 1 <= kept
    say(home, WORDS)
    assert texts(home)[kept:] == [WORDS]
    assert trouble(home) == []


# --- read-only ---------------------------------------------------------------------


def test_a_read_only_disk_is_told_and_can_be_read(disk: Path, run: Run) -> None:
    home = disk / "reflect"
    begin(home, WORDS)
    before = database(home).read_bytes()
    remount(disk, "ro")
    assert_refused(run(stdin="more\n"), "store-read-only")
    shown = run("show")
    assert shown.code == 0
    assert WORDS in " ".join(shown.out.split())
    assert database(home).read_bytes() == before


def test_a_new_home_on_a_read_only_disk(disk: Path, run: Run) -> None:
    remount(disk, "ro")
    assert_refused(run(stdin="\n".join((*FIRST, WORDS))), "home-not-usable")


def test_a_home_of_somebody_else(place: Path) -> None:
    begin(place, WORDS)
    before = database(place).read_bytes()
    environ = environment(place)
    for path in (database(place), place):
        os.chown(path, 65534, 65534)
        path.chmod(0o755 if path.is_dir() else 0o644)
        ran = reflect(place, lines=["more"], before=POWERLESS, environ=environ)
        assert_refused(ran, "store-read-only")
    place.chmod(0o700)
    for command in ((), ("show",), ("history",), ("doctor",)):
        ran = reflect(place, *command, before=POWERLESS, environ=environ)
        assert ran.code == 1, ran
        assert "Traceback" not in ran.err and "our-fault" not in ran.err
    assert database(place).read_bytes() == before


# --- a record that cannot be used --------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        "torn head",
        "a page of noise",
        *(pytest.param(more, marks=pytest.mark.slow) for more in ("no database", "empty", "text")),
    ],
)
def test_a_damaged_record_is_named_and_left_alone(place: Path, damage: str, run: Run) -> None:
    begin(place, WORDS)
    file = database(place)
    data = bytearray(file.read_bytes())
    if damage == "no database":
        data[:] = os.urandom(len(data))
    elif damage == "torn head":
        data[:50] = b"\0" * 50
    elif damage == "a page of noise":
        data[100:4096] = os.urandom(3996)
    elif damage == "empty":
        data = data[: len(data) // 2]
    else:
        data = bytearray(b"Dear diary, this is no database at all.\n" * 50)
    file.write_bytes(data)
    assert_refused(run(stdin="more\n"), "store-damaged")
    assert file.read_bytes() == data
    doctor = run("doctor")
    assert doctor.code == 1
    assert "store-damaged" in doctor.out + doctor.err
    assert "Traceback" not in doctor.err
    assert file.read_bytes() == data


def test_a_record_of_a_later_version_is_left_alone(place: Path, run: Run) -> None:
    begin(place, WORDS)
    db = apsw.Connection(str(database(place)))
    db.pragma("user_version", 999)
    db.pragma("wal_checkpoint", "TRUNCATE")
    db.close()
    before = database(place).read_bytes()
    assert_refused(run(stdin="more\n"), "store-too-new")
    assert_refused(run("show"), "store-too-new")
    assert database(place).read_bytes() == before


# --- locked, replaced --------------------------------------------------------------


def locked_by_us(home: Path) -> apsw.Connection:
    db = apsw.Connection(str(database(home)))
    db.execute("BEGIN IMMEDIATE")
    return db


@pytest.mark.slow
@pytest.mark.terminal
def test_a_record_that_another_process_writes_to(place: Path) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        other = locked_by_us(place)
        since = len(window.raw)
        with ThreadPoolExecutor(1) as beside:
            piped = beside.submit(reflect, place, lines=["more"])
            window.send(WORDS)
            assert "Another process is writing" in window.flat(since)
            assert window.edit_line() == WORDS
            assert window.questions(since) == []
            assert_refused(piped.result(), "store-locked")
        other.execute("ROLLBACK")
        other.close()
        window.send("")
        assert len(window.questions(since)) == 1
    assert texts(place) == [WORDS]


@pytest.mark.terminal
@pytest.mark.parametrize(
    "how",
    [
        "deleted",
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in ("replaced", "moved", "folder moved")
        ),
    ],
)
def test_a_record_that_is_gone_from_its_place(place: Path, how: str) -> None:
    begin(place)
    with Window(place) as window:
        window.until_ready()
        if how == "deleted":
            database(place).unlink()
        elif how == "replaced":
            copy = place / "copy"
            shutil.copyfile(database(place), copy)
            copy.rename(database(place))
        elif how == "folder moved":
            place.rename(place.parent / "elsewhere")
        else:
            database(place).rename(place / "elsewhere.db")
        since = len(window.raw)
        window.until_ready()
        window.type(WORDS + "\r")
        assert window.ended() == 1
        shown = window.flat(since)
        assert "deleted or replaced" in shown
        assert not any(claim in shown for claim in CLAIMS), shown
        (aside,) = place.glob("unsaved-*")
        assert aside.read_text() == WORDS
        assert aside.stat().st_mode & 0o777 == 0o600
        assert aside.name in shown.replace(" ", "")
