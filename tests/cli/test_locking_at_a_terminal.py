"""Passphrases typed at a terminal: unseen, three times at most, and before anything else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reflect.transcripts import keys
from tests.faults import program
from tests.faults.program import PROGRAM, Window, begin, environment, reflect

PASSPHRASE = "violin harbour nine moss"
WORD = "windowsill"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "reflect"
    begin(place, f"the {WORD} was cold")
    return place


def lock(home: Path) -> None:
    ran = reflect(home, "--passphrase-fd", "0", "lock", lines=[PASSPHRASE])
    assert ran.code == 0, ran.err


def asked(window: Window, words: str, answer: str) -> None:
    window.until_shown(words)
    window.type(f"{answer}\r")


def test_locking_at_a_terminal(home: Path) -> None:
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


def test_the_conversation_goes_on_behind_the_passphrase(home: Path) -> None:
    lock(home)
    with Window(home) as window:
        asked(window, "Passphrase of reflect.db:", "wrong")
        asked(window, "2 more tries", PASSPHRASE)
        asked(window, "Erase the copy from before it was locked", "yes")
        window.until_ready()
        assert PASSPHRASE not in window.text()
        window.send(f"more of the {WORD}")
        window.type("\x03")
        assert window.ended() == 130
    assert not (home / "reflect.db.before-lock").exists()
    ran = reflect(home, "--passphrase-fd", "0", "show", lines=[PASSPHRASE])
    assert f"more of the {WORD}" in ran.out


def test_confirming_is_not_asked_about_again(home: Path) -> None:
    lock(home)
    with Window(home, "lock", "--confirm") as window:
        asked(window, "Passphrase of reflect.db:", PASSPHRASE)
        assert window.ended() == 0
        assert "Erase" not in window.text() and "1 file from before" in window.text()


def test_three_wrong_ones_end_it_and_delete_nothing(home: Path) -> None:
    lock(home)
    before = {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()}
    with Window(home, "show") as window:
        modes = window.modes()
        for words in ("Passphrase of", "2 more tries", "One more try"):
            asked(window, words, "wrong")
        assert window.ended() == 1
        assert "wrong-passphrase" in window.text() and WORD not in window.text()
        assert window.modes() == modes
    assert {file.name: file.read_bytes() for file in home.iterdir() if file.is_file()} == before


def test_ctrl_c_at_the_passphrase_gives_the_terminal_back(home: Path) -> None:
    lock(home)
    with Window(home, "show") as window:
        modes = window.modes()
        window.until_shown("Passphrase of reflect.db:")
        window.until(lambda: window.modes() != modes, "the echo to go")
        window.type("\x03")
        assert window.ended() == 130
        assert window.modes() == modes


def test_a_pipe_is_not_read_for_the_passphrase(home: Path) -> None:
    """It comes from the terminal, and every line of the pipe is an answer."""
    lock(home)
    (home.parent / "answers").write_text(f"piped past the {WORD}\n")
    door = f"exec {' '.join(PROGRAM)} < {home.parent / 'answers'}"
    script = home.parent / "door"
    script.write_text(f"#!/bin/sh\n{door}\n")
    script.chmod(0o755)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "PROGRAM", (str(script),))
        with Window(home) as window:
            asked(window, "Passphrase of reflect.db:", PASSPHRASE)
            asked(window, "Erase the copy", "no")
            assert window.ended() == 0
    assert (home / "reflect.db.before-lock").exists()
    ran = reflect(home, "--passphrase-fd", "0", "show", lines=[PASSPHRASE])
    assert f"piped past the {WORD}" in ran.out


def test_what_follows_the_passphrase_in_a_pipe_are_answers(home: Path) -> None:
    lock(home)
    lines = [PASSPHRASE, f"piped behind it, a {WORD}"]
    assert reflect(home, "--passphrase-fd", "0", lines=lines).code == 0
    shown = reflect(home, "--passphrase-fd", "0", "show", lines=[PASSPHRASE])
    assert lines[1] in shown.out and PASSPHRASE not in shown.out


def test_without_a_terminal_it_says_how(home: Path) -> None:
    lock(home)
    ran = subprocess.run(
        [*PROGRAM, "show"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment(home),
        start_new_session=True,
        timeout=20,
        check=False,
    )
    assert ran.returncode == 1 and ran.stderr.startswith("store-is-locked: ")
    assert "--passphrase-fd" in ran.stderr
