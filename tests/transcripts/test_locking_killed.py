"""Locking and unlocking, ended before any call to the disk: one whole store, and nothing plain for good."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from reflect.errors import StoreError
from reflect.mentorship.projection import Folds
from reflect.transcripts import keys, locking
from reflect.transcripts.keys import Key, Lock
from reflect.transcripts.store import Store
from tests.faults.program import begin
from tests.faults.tracing import Point, every, killed_at, needs_strace, points, trials

pytestmark = needs_strace

PASSPHRASE = "violin harbour nine moss"
WORDS = ["the windowsill was cold", "I said so to the windowsill"]
LOCK = ("--passphrase-fd", "0", "lock")
UNLOCK = ("--passphrase-fd", "0", "unlock", "--yes")


def opener(lock: Lock) -> Key:
    return opened(lock.header)


@cache
def opened(header: bytes) -> Key:
    """Worked out once, for it takes its time."""
    key = Lock(Path("reflect.db"), header).opened_with(PASSPHRASE)
    assert key is not None
    return key


@cache
def new_key() -> Key:
    return keys.new_key(PASSPHRASE)


def texts(path: Path) -> list[str]:
    with Store.open(path, Folds(), opener=opener) as store:
        if store.check():
            return ["it is damaged"]
        return sorted(hit.text for hit in store.search("windowsill"))


def readable(home: Path) -> list[str]:
    """Files in which the words stand."""
    files = (file for file in home.rglob("*") if file.is_file())
    return [file.name for file in files if b"windowsill" in file.read_bytes()]


def wrong(home: Path, *, locking_it: bool) -> str:
    """What is wrong behind a kill, and behind doing it again; "" when nothing is."""
    path = home / "reflect.db"
    try:
        if texts(path) != sorted(WORDS):
            return "something is lost"
        if locking.kept(path) is None:
            old = None if locking_it else opener(_lock(path))
            locking.convert(path, old, new_key() if locking_it else None)
        if keys.is_locked(path) != locking_it or texts(path) != sorted(WORDS):
            return "it does not go on"
        locking.confirm(path, locked=locking_it)
    except StoreError as error:
        return error.code
    expected = [] if locking_it else ["reflect.db"]
    return "" if readable(home) == expected else f"readable in {readable(home)}"


def _lock(path: Path) -> Lock:
    lock = keys.look(path)
    assert lock is not None
    return lock


def run_all(tmp_path: Path, nth: int, *, locking_it: bool) -> int:
    base, whole = tmp_path / "base" / "reflect", tmp_path / "whole" / "reflect"
    command = LOCK if locking_it else UNLOCK
    base.parent.mkdir()
    begin(base, *WORDS)
    if not locking_it:
        locking.convert(base / "reflect.db", None, new_key())
        locking.confirm(base / "reflect.db", locked=True)
    shutil.copytree(base, whole)
    found, _ = points(whole, *command, lines=[PASSPHRASE])
    assert wrong(whole, locking_it=locking_it) == ""

    def trial(home: Path, point: Point) -> str:
        killed_at(home, point, *command, lines=[PASSPHRASE])
        return wrong(home, locking_it=locking_it)

    swaps = [point for point in found if point.call in ("fsync", "rename")]
    rest = [point for point in found if point not in swaps]
    chosen = [*every(rest, nth), *every(swaps, min(nth, 2))]
    assert list(trials(base, tmp_path / "trials", chosen, trial)) == []
    return len(chosen)


def test_locking_killed_at_some_calls(tmp_path: Path) -> None:
    assert run_all(tmp_path, 60, locking_it=True) >= 4


def test_unlocking_killed_at_some_calls(tmp_path: Path) -> None:
    assert run_all(tmp_path, 60, locking_it=False) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("locking_it", [True, False])
def test_killed_at_every_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], locking_it: bool
) -> None:
    number = run_all(tmp_path, 1, locking_it=locking_it)
    with capsys.disabled():
        print(f"\n  {number} points, 0 lost", end=" ")
