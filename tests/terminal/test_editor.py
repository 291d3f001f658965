from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reflect.settings import Home
from reflect.terminal.editor import MOST_TEXT, edit, editor_command, remove_leftovers
from reflect.terminal.screen import Edited


@pytest.fixture
def place(tmp_path):
    run = tmp_path / "run"
    run.mkdir()
    home = tmp_path / "home"
    home.mkdir()
    return run, Home(home)


def editing(place, script, text="before", **environ):
    run, home = place
    program = run / "ed.sh"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    edited = edit(text, {"XDG_RUNTIME_DIR": str(run), "EDITOR": str(program), **environ}, home)
    assert [path.name for path in run.iterdir() if path.name.startswith("reflect-edit-")] == []
    return edited


def test_what_was_written_comes_back(place):
    assert editing(place, 'printf "two\\nlines\\n" > "$1"') == Edited("two\nlines")


def test_an_unchanged_text_is_unchanged(place):
    assert editing(place, ":", "a\n\nb  c").text == "a\n\nb  c"


@pytest.mark.parametrize("script", [': > "$1"', "exit 1", 'rm "$1"', 'printf "  \\n" > "$1"'])
def test_nothing_comes_of_it(place, script):
    assert editing(place, script)[:2] == ("before", "editor-failed")


def test_an_editor_that_is_not_there(place):
    edited = editing(place, ":", VISUAL="nosuch-editor -w")
    assert edited == Edited("before", "editor-missing", editor="nosuch-editor")


def test_latin_1_and_a_mark(place):
    assert editing(place, 'printf "caf\\351" > "$1"').text == "café"
    assert editing(place, 'printf "\\357\\273\\277caf\\303\\251" > "$1"').text == "café"


def test_a_text_that_is_too_long_is_kept_beside(place):
    edited = editing(place, 'head -c 10000000 /dev/zero | tr "\\0" x > "$1"')
    assert edited[:3] == ("before", "too-long", 10_000_000)
    kept = Path(edited.path)
    assert kept.stat().st_size == 10_000_000 > MOST_TEXT
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_nobody_else_may_look(place):
    seen = editing(place, 'stat -c %a "$1" "$(dirname "$1")" > "$1.seen"; cat "$1.seen" > "$1"')
    assert seen.text == "600\n700"


def test_vim_leaves_no_copies():
    command = editor_command({"EDITOR": "/usr/bin/vim -y"})
    assert command[:2] == ["/usr/bin/vim", "-y"] and "noswapfile" in command[-1] and "-n" in command
    assert editor_command({"EDITOR": "nano", "VISUAL": "emacs -nw"}) == ["emacs", "-nw"]


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "'unclosed"}])
def test_without_an_editor(place, environ):
    assert edit("before", environ, place[1])[:2] == ("before", "editor-none")


def test_leftovers_of_a_killed_program_go_and_those_of_a_living_one_stay(place):
    run, home = place
    dead, alive = run / "reflect-edit-999999999-x", run / f"reflect-edit-{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
        (folder / "answer.txt").write_text("words")
    remove_leftovers({"XDG_RUNTIME_DIR": str(run)}, home)
    assert not dead.exists() and alive.exists()
