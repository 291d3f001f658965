"""The mentee's own editor: whatever it does, words come back or stay, and none lie about."""

from __future__ import annotations

import os
import signal
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.faults.program import Window, begin, environment
from tests.faults.record import holding, texts, trouble

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

WORD = "qvjzkxwpharbourlanterns"
AFTER = "and then I answered on the line"
_MEGABYTES = 10
_UNTIDY = """
from reflect.terminal import editor

editor.remove_leftovers = lambda environ, home: None
"""


class Case(NamedTuple):
    """An editor, as the text of a shell script or a program; `check` talks in the window and gives what is wrong."""

    name: str
    script: str
    check: Callable[[Editing], str]


class Editing(NamedTuple):
    """A case in a home of its own."""

    case: Case
    home: Path
    how: str = ""

    def __str__(self) -> str:
        return self.case.name

    @property
    def memory(self) -> Path:
        """Where files lie that must not last."""
        return self.home.parent / "memory"


def _comes_back(words: str) -> Callable[[Editing], str]:
    """`words` stand in the line after the editor, and are kept as an answer."""

    def check(editing: Editing) -> str:
        with _window(editing) as window:
            window.until_ready()
            window.send("/editor")
            if window.edit_line() != words:
                return f"the line holds {window.edit_line()!r}"
            window.send("" if words else AFTER)
            window.kill()
        return "" if texts(editing.home) == [words or AFTER] else "the answer is another one"

    return check


def _put_aside(editing: Editing) -> str:
    found = _comes_back("")(editing)
    aside = list(editing.home.glob("unsaved-*"))
    if found or len(aside) != 1:
        return found or f"{len(aside)} files with what was too long"
    held = aside[0].stat()
    whole = held.st_size == _MEGABYTES << 20 and stat.S_IMODE(held.st_mode) == 0o600
    aside[0].unlink()
    return "" if whole else "what was too long is cut, or open to others"


def _killed_meanwhile(editing: Editing) -> str:
    """The program is killed with the editor open; whoever starts next tidies up."""
    pid = editing.home.parent / "pid"
    with _window(editing) as window:
        window.until_ready()
        window.type("/editor\r")
        window.until(
            lambda: bool(_left(editing)) and pid.exists() and bool(pid.read_text()), "the editor"
        )
        window.kill()
        with suppress(ProcessLookupError):
            os.kill(int(pid.read_text()), signal.SIGKILL)
    return _tidied(editing)


def _killed_in_vim(editing: Editing) -> str:
    """A real vim with half a sentence in it; both are killed."""
    with _window(editing) as window:
        window.until_ready()
        window.type("/editor\r")
        window.until(lambda: bool(_left(editing)), "the folder for the editor")
        time.sleep(1.0)
        window.type(f"i{WORD} half typed")
        window.until_shown("half typed")
        child = Path(f"/proc/{window.process.pid}/task/{window.process.pid}/children")
        children = [int(one) for one in child.read_text().split()]
        window.kill()
        for one in children:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
    return "" if children else "vim was not running"


def _tidied(editing: Editing) -> str:
    """What is wrong after the next time in a window."""
    with _window(editing) as window:
        window.until_ready()
        window.send(AFTER)
        window.type("/pause\r")
        if window.ended() != 0:
            return "it does not end well"
    return "" if texts(editing.home) == [AFTER] else "the answer after it is not kept"


CASES = (
    Case("writes", f'printf "%s" "{WORD} is written" > "$1"', _comes_back(f"{WORD} is written")),
    Case("is killed", f'echo "{WORD}" > "$1"; kill -9 $$', _comes_back("")),
    Case("fails", f'echo "{WORD}" > "$1"; exit 1', _comes_back("")),
    Case("changes nothing", "exit 0", _comes_back("")),
    Case("empties the file", ': > "$1"', _comes_back("")),
    Case("takes the file away", 'rm "$1"', _comes_back("")),
    Case(
        "writes Latin-1", r'printf "the caf\351 was open" > "$1"', _comes_back("the café was open")
    ),
    Case("writes 10 MB", f'head -c {_MEGABYTES}M /dev/zero | tr "\\0" x > "$1"', _put_aside),
    Case(
        "is open while the program is killed",
        f'echo "{WORD}" > "$1"; echo $$ > "{{pid}}"; exec sleep 60',
        _killed_meanwhile,
    ),
    Case("is vim, killed with the program", "", _killed_in_vim),
)


def run(form: Form) -> Figure:
    """Write an answer with each editor; no word of it may be left outside the record."""
    number = 0
    failures: list[str] = []
    for _, folder in rounds(form):
        cases = [Editing(one, folder / str(at) / "reflect") for at, one in enumerate(CASES)]
        failures += hold(cases, edited)
        number += len(cases)
    return Figure(number, tuple(failures), f"{number} editors, {len(failures)} wrong", len(CASES))


def control(form: Form) -> Figure:
    """A program that does not tidy up behind one that was killed."""
    found = hold([Editing(CASES[-2], form.folder / "untidy" / "reflect", _UNTIDY)], edited)
    return Figure(1, tuple(found), f"{len(found)} found out")


def edited(editing: Editing) -> str:
    """What is wrong after the editor, and after the next start."""
    editing.memory.mkdir(parents=True)
    begin(editing.home)
    return next((found for found in _steps(editing) if found), "")


def _steps(editing: Editing) -> Iterator[str]:
    yield editing.case.check(editing)
    if editing.case.check is _killed_in_vim:
        yield _tidied(editing)
    yield f"left behind: {_left(editing)}" if _left(editing) else ""
    (editing.home.parent / "editor").unlink(missing_ok=True)
    found = holding(editing.home.parent, [WORD.encode()])
    strange = [name for name in found if Path(name).name not in ("reflect.db", "reflect.db-wal")]
    yield f"words in {strange}" if strange else str(trouble(editing.home) or "")


def _left(editing: Editing) -> list[str]:
    return [one.name for one in editing.memory.iterdir()]


def _window(editing: Editing) -> Window:
    return Window(editing.home, environ=_environ(editing))


def _environ(editing: Editing) -> Mapping[str, str]:
    place = editing.home.parent
    environ = broken(editing.home, editing.how) if editing.how else environment(editing.home)
    editor = "vim"
    if editing.case.script:
        script = place / "editor"
        script.write_text(
            f"#!/bin/sh\n{editing.case.script.replace('{pid}', str(place / 'pid'))}\n"
        )
        script.chmod(0o700)
        editor = str(script)
    return {**environ, "EDITOR": editor, "XDG_RUNTIME_DIR": str(editing.memory)}


CHECK = Check(
    "T-EDIT",
    ("G3", "G17"),
    "whatever an editor does, no word is lost and none lies about",
    run,
    control,
    needs=("vim",),
    seconds=12,
)
