"""Passphrases typed at a terminal: unseen, three times at most, and before anything else."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reflect.transcripts import keys
from tests.faults import program
from tests.faults.program import PROGRAM, Window, begin, environment, reflect

QUICK = (
    sys.executable,
    "-c",
    "from reflect.transcripts import keys; keys._COST = 2; from reflect.cli.main import main; main()",
)
"""The program, with keys that are made of a passphrase without the work that makes guessing slow."""
PASSPHRASE = "violin harbour nine moss"
WORD = "windowsill"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "reflect"
    begin(place, f"the {WORD} was cold")
    return place


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "PROGRAM", QUICK)
        yield


@pytest.fixture(scope="module")
def locked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("locked") / "reflect"
    begin(place, f"the {WORD} was cold")
    ran = reflect(place, "--passphrase-fd", "0", "lock", lines=[PASSPHRASE])
    assert ran.code == 0, ran.err
    return place


@pytest.fixture
def locked(locked_once: Path, tmp_path: Path) -> Path:
    """A home of its own that is locked with the passphrase."""
    return Path(shutil.copytree(locked_once, tmp_path / "reflect"))


def shown(home: Path) -> str:
    """The last session, for whoever has the passphrase."""
    return reflect(home, "--passphrase-fd", "0", "show", lines=[PASSPHRASE]).out


def asked(window: Window, words: str, answer: str) -> None:
    window.until_shown(words)
    window.type(f"{answer}\r")


def test_locking_at_a_terminal(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "PROGRAM", PROGRAM)
    with Window(home, "lock") as window:
        asked(window, "New passphrase:", PASSPHRASE)
        asked(window, "The same again:", PASSPHRASE)
        assert window.ended() == 0
        assert PASSPHRASE not in window.text() and "Locked." in window.text()
    assert keys.is_locked(home / "reflect.db")


def test_two_that_differ_lock_nothing(home: Path) -> None:
    with Window(home, "lock") as window:
        asked(window, "New passphrase:", PASSPHRASE)
        asked(window, "The same again:", "violin harbor nine moss")
        assert window.ended() == 2
        assert "passphrases-differ" in window.text()
    assert not keys.is_locked(home / "reflect.db")


def test_the_conversation_goes_on_behind_the_passphrase(locked: Path) -> None:
    with Window(locked) as window:
        asked(window, "Passphrase of reflect.db:", "wrong")
        asked(window, "2 more tries", PASSPHRASE)
        asked(window, "Erase the copy from before it was locked", "yes")
        window.until_ready()
        assert PASSPHRASE not in window.text()
        window.send(f"more of the {WORD}")
        window.type("\x03")
        assert window.ended() == 130
    assert not (locked / "reflect.db.before-lock").exists()
    assert f"more of the {WORD}" in shown(locked)


def test_confirming_is_not_asked_about_again(locked: Path) -> None:
    with Window(locked, "lock", "--confirm") as window:
        asked(window, "Passphrase of reflect.db:", PASSPHRASE)
        assert window.ended() == 0
        assert "Erase" not in window.text() and "1 file from before" in window.text()


def test_three_wrong_ones_end_it_and_delete_nothing(locked: Path) -> None:
    before = {file.name: file.read_bytes() for file in locked.iterdir() if file.is_file()}
    with Window(locked, "show") as window:
        for words in ("Passphrase of", "2 more tries", "One more try"):
            asked(window, words, "wrong")
        assert window.ended() == 1
        assert "wrong-passphrase" in window.text() and WORD not in window.text()
        assert window.modes() == window.usual
    assert {file.name: file.read_bytes() for file in locked.iterdir() if file.is_file()} == before


def test_ctrl_c_at_the_passphrase_gives_the_terminal_back(locked: Path) -> None:
    with Window(locked, "show") as window:
        window.until_shown("Passphrase of reflect.db:")
        window.until(lambda: window.modes() != window.usual, "the echo to go")
        window.type("\x03")
        assert window.ended() == 130
        assert window.modes() == window.usual


def test_a_pipe_is_not_read_for_the_passphrase(locked: Path) -> None:
    """It comes from the terminal, and every line of the pipe is an answer."""
    (locked.parent / "answers").write_text(f"piped past the {WORD}\n")
    door = f"exec {shlex.join(QUICK)} < {locked.parent / 'answers'}"
    script = locked.parent / "door"
    script.write_text(f"#!/bin/sh\n{door}\n")
    script.chmod(0o755)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "PROGRAM", (str(script),))
        with Window(locked) as window:
            asked(window, "Passphrase of reflect.db:", PASSPHRASE)
            asked(window, "Erase the copy", "no")
            assert window.ended() == 0
    assert (locked / "reflect.db.before-lock").exists()
    assert f"piped past the {WORD}" in shown(locked)


def test_what_follows_the_passphrase_in_a_pipe_are_answers(locked: Path) -> None:
    lines = [PASSPHRASE, f"piped behind it, a {WORD}"]
    assert reflect(locked, "--passphrase-fd", "0", lines=lines).code == 0
    told = shown(locked)
    assert lines[1] in told and PASSPHRASE not in told


def test_without_a_terminal_it_says_how(locked: Path) -> None:
    ran = subprocess.run(
        [*QUICK, "show"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment(locked),
        start_new_session=True,
        timeout=20,
        check=False,
    )
    assert ran.returncode == 1 and ran.stderr.startswith("store-is-locked: ")
    assert "--passphrase-fd" in ran.stderr
