"""Whatever the umask, nobody else on the machine can read what was written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.faults.program import Window, begin, environment

OPEN_TO_ALL = ("sh", "-c", 'umask 000; exec "$@"', "sh")


def too_open(home: Path) -> Iterator[str]:
    for path in (home, *home.rglob("*")):
        allowed = 0o700 if path.is_dir() else 0o600
        mode = stat.S_IMODE(path.lstat().st_mode)
        if mode & ~allowed:
            yield f"{path.relative_to(home)} {mode:o}"


@pytest.mark.terminal
def test_every_file_is_the_mentee_s_own(place: Path, run: Run) -> None:
    previous = os.umask(0)
    try:
        begin(place, "I wrote it on a card before the round", cold=True)
        with Window(place) as window:
            window.until_ready()
            assert (place / "reflect.db-wal").exists()
            assert list(too_open(place)) == []
            window.send("a second answer with a few more words")
            assert list(too_open(place)) == []
            window.kill()
        out = place.parent / "out.md"
        for command in (
            ("history",),
            ("search", "card"),
            ("doctor",),
            ("doctor", "--rebuild"),
            ("pack", "list"),
            ("export", "-o", str(out)),
            ("export", "-o", str(place / "exports" / "mine.md")),
            ("backup", str(place / "backups")),
            ("backup", str(place.parent / "copy.db")),
            ("restore", str(place.parent / "copy.db")),
        ):
            ran = run(*command)
            assert ran.code == 0, (command, ran.err)
            assert list(too_open(place)) == [], command
        for file in (out, place.parent / "copy.db"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        assert run("delete", "last", "--yes").code == 0
        assert list(too_open(place)) == []
    finally:
        os.umask(previous)


@pytest.mark.terminal
def test_words_put_aside_and_editor_files_are_the_mentee_s_own(place: Path) -> None:
    seen = place.parent / "seen"
    script = place.parent / "editor"
    script.write_text(
        f'#!/bin/sh\nstat -c "%a %n" "$1" "$(dirname "$1")" >> "{seen}"\n'
        'echo "written in the editor, a few words" > "$1"\n'
    )
    script.chmod(0o755)
    previous = os.umask(0)
    try:
        begin(place)
        environ = environment(place, EDITOR=str(script), XDG_RUNTIME_DIR=str(place.parent))
        with Window(place, environ=environ) as window:
            window.until_ready()
            window.send("/editor")
            assert window.edit_line() == "written in the editor, a few words"
            (place / "reflect.db").unlink()
            window.type("\r")
            assert window.ended() == 1
    finally:
        os.umask(previous)
    assert [line.split()[0] for line in seen.read_text().splitlines()] == ["600", "700"]
    assert list(too_open(place)) == []
    assert not list(place.parent.glob("reflect-edit-*"))


def test_a_file_that_is_too_open_would_be_noticed(place: Path) -> None:
    place.mkdir(mode=0o700)
    (place / "note").touch(mode=0o600)
    assert list(too_open(place)) == []
    (place / "note").chmod(0o640)
    assert list(too_open(place)) == ["note 640"]
