"""`reflect lock` and `unlock`, and every other command with a record that is locked."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reflect.application import hardening, keyrings
from reflect.cli import passphrase
from reflect.settings import Home
from reflect.terminal.editor import save_aside
from reflect.transcripts import keys
from tests.conftest import Ran, Run

PASSPHRASE = "violin harbour nine moss"
WORD = "windowsill"
FIRST = "Amina\nDaniel\n3\n1\n"

Locked = Callable[..., Ran]


@pytest.fixture(autouse=True)
def nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks whoever runs it, or waits for keys; and this process stays one to look into."""
    monkeypatch.setattr(passphrase, "TERMINAL", "/nonexistent/tty")
    monkeypatch.setattr(keys, "_COST", 2)
    monkeypatch.setattr(hardening, "harden", lambda: None)


@pytest.fixture
def handed(run: Run) -> Iterator[Locked]:
    """Runs a command and hands it passphrases, one for each line, on a descriptor."""
    opened: list[int] = []

    def running(*arguments: str, typed: str = PASSPHRASE, **more: Any) -> Ran:
        read, write = os.pipe()
        opened.append(read)
        os.write(write, f"{typed}\n".encode())
        os.close(write)
        return run("--passphrase-fd", str(read), *arguments, **more)

    yield running
    for descriptor in opened:
        os.close(descriptor)


@pytest.fixture
def begun(run: Run, home: Home) -> Home:
    assert run(stdin=f"{FIRST}the {WORD} was cold\nI said so\n").code == 0
    return home


@pytest.fixture
def locked(handed: Locked, begun: Home) -> Home:
    assert handed("lock").code == 0
    assert handed("lock", "--confirm").code == 0
    return begun


def holding(folder: Path) -> set[str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.name for file in files if WORD.encode() in file.read_bytes()}


def code(ran: Ran) -> tuple[int, str]:
    """The exit code, and the code of the error."""
    told = re.findall(r"(?:^|\) )([a-z-]+): ", ran.err, re.MULTILINE)
    return ran.code, told[-1] if told else ""


# --- locking -----------------------------------------------------------------------


def test_locking_says_what_it_means_and_what_is_left(begun: Home, handed: Locked) -> None:
    (begun.backups / "old.db").write_bytes(begun.database.read_bytes())
    (begun.exports / "it.md").write_text("my words")
    ran = handed("lock")
    assert ran.code == 0 and ran.out == ""
    assert "If you forget it, nobody can bring them back" in ran.err
    assert "reflect.db.before-lock" in ran.err and "reflect lock --confirm" in ran.err
    assert "1 backup in" in ran.err and "1 export in" in ran.err
    assert holding(begun.root) == {"reflect.db.before-lock", "old.db"}
    ran = handed("lock", "--confirm")
    assert "1 file from before written over and deleted" in ran.err and "Free blocks" in ran.err
    assert holding(begun.root) == {"old.db"}
    assert "nothing left" in handed("lock", "--confirm").err


def test_a_home_with_nothing_in_it_can_be_locked(home: Home, handed: Locked) -> None:
    assert handed("lock").code == 0
    assert keys.is_locked(home.database)
    assert handed("lock", "--confirm").code == 0
    assert handed(stdin=f"{FIRST}the {WORD} was cold\n").code == 0
    assert holding(home.root) == set()


def test_locking_twice_names_what_was_meant(locked: Home, handed: Locked) -> None:
    ran = handed("lock")
    assert code(ran) == (1, "already-locked") and "--change" in ran.err


@pytest.mark.parametrize("wrong", ["", "\n"])
def test_no_passphrase_is_no_lock(begun: Home, handed: Locked, wrong: str) -> None:
    assert code(handed("lock", typed=wrong)) == (1, "empty-passphrase")
    assert not keys.is_locked(begun.database)


def test_nobody_to_ask_for_a_new_one(begun: Home, run: Run) -> None:
    assert code(run("lock")) == (2, "no-passphrase")
    assert code(run("--passphrase-fd", "999", "lock")) == (2, "no-passphrase")
    assert not keys.is_locked(begun.database)


# --- opening -----------------------------------------------------------------------


def test_without_a_passphrase_nothing_is_shown(locked: Home, run: Run, handed: Locked) -> None:
    before = locked.database.read_bytes()
    for command in ((), ("history",), ("show",), ("lock", "--sheet"), ("lock", "--confirm")):
        assert code(run(*command, stdin="more\n")) == (1, "store-is-locked")
        assert code(handed(*command, typed="wrong")) == (1, "wrong-passphrase")
        assert handed(*command, typed="").code in (1, 2)
    assert locked.database.read_bytes() == before
    assert handed("history").code == 0


def test_in_a_pipe_the_session_goes_on(locked: Home, handed: Locked) -> None:
    assert handed(stdin=f"more of the {WORD}\n").code == 0
    shown = handed("show").out
    assert f"the {WORD} was cold" in shown and f"more of the {WORD}" in shown
    assert holding(locked.root) == set()


def test_passphrases_are_read_line_by_line(
    locked: Home, handed: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert handed("lock", "--change", typed=f"{PASSPHRASE}\nanother one").code == 0
    assert code(handed("history")) == (1, "wrong-passphrase")
    assert handed("history", typed="another one").code == 0


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("search", WORD), WORD),
        (("export", "--format", "json"), WORD),
        (("journey",), "Daniel"),
        (("journey", "rebuild"), ""),
        (("doctor",), ""),
        (("doctor", "--rebuild"), ""),
        (("actions",), ""),
        (("settings",), "Amina"),
    ],
)
def test_everything_else_goes_on_as_before(
    locked: Home, handed: Locked, command: tuple[str, ...], shown: str
) -> None:
    ran = handed(*command)
    assert ran.code == 0, ran.err
    assert shown in ran.out
    assert holding(locked.root) == set()


def test_what_can_be_told_without_a_passphrase(locked: Home, run: Run) -> None:
    assert "(locked)" in run("where").out
    assert json.loads(run("where", "--json").out)["locked"] is True
    found = json.loads(run("doctor", "--json").out)
    assert found["locked"] is True and found["ok"] is False
    assert "store-is-locked" in {one["code"] for one in found["diagnostics"]}


def test_doctor_names_what_can_be_read_beside_it(begun: Home, handed: Locked) -> None:
    shutil.copy(begun.database, begun.backups / "old.db")
    handed("lock")
    ran = handed("doctor")
    assert ran.code == 0 and "locked with a passphrase" in ran.err
    assert "copy-still-kept" in ran.out and "backup-not-locked" in ran.out


def test_doctor_names_words_that_were_put_aside(begun: Home, handed: Locked) -> None:
    aside = Path(save_aside(b"a word that found no room", begun))
    ran = handed("doctor")
    assert ran.code == 0 and f"{aside}: words-put-aside" in ran.out
    assert "found no room" not in ran.out + ran.err
    aside.chmod(0o644)
    assert handed("doctor").code == 1
    aside.unlink()
    assert "words-put-aside" not in handed("doctor").out


def test_the_four_messages(locked: Home, handed: Locked) -> None:
    whole = locked.database.read_bytes()
    header = keys.header_of(b"k" * 32, b"0123456789", version=keys.VERSION + 1)
    damage = {
        "store-damaged": whole[:5000] + b"\0" * 9 + whole[5009:],
        "store-truncated": whole[: len(whole) // 2 // 4096 * 4096],
        "store-too-new": header + whole[16:],
    }
    for expected, data in damage.items():
        locked.database.write_bytes(data)
        ran = handed("doctor")
        assert ran.code == 1 and expected in ran.out, expected
        assert ("wrong-passphrase" in ran.out) is False
        assert locked.database.read_bytes() == data
    locked.database.write_bytes(whole)
    assert handed("doctor").code == 0


# --- copies ------------------------------------------------------------------------


def test_backup_restore_and_archive(locked: Home, handed: Locked, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    copy, one = str(folder / "copy.db"), str(folder / "one.db")
    assert handed("backup", copy).code == 0
    assert handed("archive", one).code == 0
    assert holding(tmp_path) == set()
    assert code(run("archive", "open", one)) == (1, "store-is-locked")
    assert WORD in handed("archive", "open", one, "last").out
    assert not handed("restore", copy).err.startswith("store")

    other = Home(tmp_path / "other")
    environ = pytest.MonkeyPatch()
    with environ.context() as patch:
        patch.setenv("REFLECT_HOME", str(other.root))
        assert code(run("restore", copy)) == (1, "store-is-locked")
        assert code(handed("restore", copy, typed="wrong")) == (1, "wrong-passphrase")
        ran = handed("restore", copy)
        assert ran.code == 0 and "1 session came in" in ran.err and "reflect lock" in ran.err
        assert WORD in run("show").out


def test_deleting_says_why_nothing_was_searched(locked: Home, handed: Locked) -> None:
    ran = handed("delete", "last", "--yes")
    assert ran.code == 0 and "encrypted" in ran.err and "searched and hold" not in ran.err


# --- the sheet, another passphrase, and unlocking -----------------------------------


def sheet_code(out: str) -> str:
    return " ".join(re.findall(r"\b[0-9A-Z]{4}\b(?=  |$)", out, re.MULTILINE))


def test_the_sheet_opens_it_until_the_passphrase_changes(locked: Home, handed: Locked) -> None:
    sheet = sheet_code(handed("lock", "--sheet").out)
    assert len(sheet.split()) == 14
    assert handed("history", typed=sheet.lower()).code == 0
    assert handed("lock", "--change", typed=f"{sheet}\nanother one").code == 0
    assert code(handed("history", typed=sheet)) == (1, "wrong-passphrase")
    assert code(handed("lock", "--change", typed="another one\nthird")) == (1, "copy-still-kept")
    assert handed("lock", "--confirm", typed="another one").code == 0
    assert sheet_code(handed("lock", "--sheet", typed="another one").out) != sheet


def test_locking_and_the_sheet_in_one(begun: Home, handed: Locked) -> None:
    sheet = sheet_code(handed("lock", "--sheet").out)
    assert handed("history", typed=sheet).code == 0


def test_unlocking_for_good(locked: Home, handed: Locked, run: Run) -> None:
    assert code(handed("unlock", stdin="no\n")) == (1, "not-unlocked")
    assert keys.is_locked(locked.database)
    assert code(handed("unlock", "--yes", typed="wrong")) == (1, "wrong-passphrase")
    ran = handed("unlock", stdin="yes\n")
    assert ran.code == 0 and "before-lock" in ran.err
    assert WORD in run("show").out
    assert "reflect unlock --confirm" in run("doctor").out
    assert run("unlock", "--confirm").code == 0
    assert not locked.database.with_name("reflect.db.before-lock").exists()
    assert code(run("unlock", "--yes")) == (1, "not-locked")
    assert code(run("lock", "--change")) == (1, "not-locked")


# --- the keyring -------------------------------------------------------------------


def test_an_altered_note_of_a_keyring_names_no_key(tmp_path: Path) -> None:
    path = tmp_path / "reflect.db"
    path.with_name("reflect.db.keyring").write_bytes(b"\xff\x00ab")
    assert keyrings.drop(path) is False
    assert not keyrings.is_asked(path)


keyring = pytest.importorskip("keyring", reason="NOT TESTED: keyring is not installed")


@pytest.fixture
def in_memory() -> Iterator[dict[tuple[str, str], str]]:
    """A keyring that keeps what it is given as long as the test lasts."""
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class Memory(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    with used(Memory()):  # type: ignore[no-untyped-call]
        yield kept


@contextmanager
def used(backend: Any) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)


def test_the_keyring_opens_it(
    locked: Home, handed: Locked, run: Run, in_memory: dict[tuple[str, str], str]
) -> None:
    assert "opens it now" in handed("lock", "--keyring").err
    assert [service for service, _ in in_memory] == ["reflect"]
    assert WORD in run("show").out
    assert handed("lock", "--change", typed="another one").code == 0
    assert len(in_memory) == 1 and WORD in run("show").out
    assert "not open it any longer" in run("lock", "--no-keyring").err
    assert in_memory == {} and code(run("show")) == (1, "store-is-locked")


def test_a_wrong_key_in_the_keyring_is_asked_past(
    locked: Home, handed: Locked, in_memory: dict[tuple[str, str], str]
) -> None:
    handed("lock", "--keyring")
    for wrong in ("00" * 32, "no key at all", ""):
        in_memory.update(dict.fromkeys(in_memory, wrong))
        assert handed("show").code == 0
    in_memory.clear()
    assert handed("show").code == 0


def test_no_keyring_to_take_it_locks_all_the_same(begun: Home, handed: Locked) -> None:
    from keyring.backends.fail import Keyring

    with used(Keyring()):  # type: ignore[no-untyped-call]
        ran = handed("lock", "--keyring")
        assert ran.code == 0 and "could not be used" in ran.err
        assert keys.is_locked(begun.database)
        assert handed("show").code == 0


def test_a_keyring_that_takes_it_and_keeps_nothing(locked: Home, handed: Locked) -> None:
    from keyring.backends.null import Keyring

    with used(Keyring()):  # type: ignore[no-untyped-call]
        assert "could not be used" in handed("lock", "--keyring").err
        assert not keyrings.is_asked(locked.database)


def test_whatever_a_keyring_does_the_passphrase_opens_it(
    locked: Home,
    handed: Locked,
    in_memory: dict[tuple[str, str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handed("lock", "--keyring")
    monkeypatch.setattr(keyrings, "PATIENCE", 0.05)
    ends = threading.Event()

    def silent() -> Any:
        ends.wait(10)

    def leaves() -> Any:
        raise SystemExit(3)

    def missing() -> Any:
        raise ModuleNotFoundError("keyring")

    for broken in (silent, leaves, missing):
        monkeypatch.setattr(keyrings, "_keyring", broken)
        assert handed("show").code == 0, broken
    ends.set()
    monkeypatch.setattr(keyrings, "_keyring", silent)
    assert "did not answer" in handed("lock", "--no-keyring").err


# --- the process -------------------------------------------------------------------


def test_no_core_is_dumped_of_an_opened_record() -> None:
    import subprocess
    import sys

    script = (
        "import resource, ctypes\n"
        "from reflect.application.hardening import harden\n"
        "harden()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    expected = "(0, 0) 0" if sys.platform == "linux" else "(0, 0)"
    assert done.stdout.startswith(expected)
