"""A reader who does what a page says, block by block, at a terminal in a folder of their own.

`console`: a line with `$ ` is a command, `> ` and what ends in `⏎` is typed into it, the rest must come, word
by word; a line of `…` lets anything come. A block without a command goes on with the one before.
`yaml`: is written, added or put in, as the sentence before it says; else it is only looked at.

A command of ours into which nothing is typed runs in this process, and what it says is read in the same way.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest

from reflect.cli.main import run

SOURCE = Path(__file__).parents[2] / "src"
REPLAYED = "<!-- replayed from top to bottom by tests/docs/test_packs_tutorial.py -->"
"""The first line of a page whose commands need what the page has written before."""

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_ENDS = re.compile(r"<!-- ends with (\d) -->\s*$")
_WHOLE = re.compile(r"[Ww]rite this into `([^`]+)`:$")
_MORE = re.compile(r"[Aa]dd this at the end of `([^`]+)`:$")
_CHANGE = re.compile(r"[Ii]n `([^`]+)`, change `([^`]+)` to$")
_UNSEEN = r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[=>]|\][^\x07]*\x07)|─"
_GAP = rf"(?:\s|{_UNSEEN})+"
_PROMPT = r">[ \x08]"
_LEFT_OUT = "…"
_ENTER = "⏎"
_YES_OR_NO = " (yes/no) "
_OURS = re.compile(r"reflect(?: [^|<>&;$*~`()#]+)?")
"""A command that needs no shell."""
_ROWS, _COLUMNS = 60, 72


class Block(NamedTuple):
    """A block of a page, with the paragraph before it on one line."""

    kind: str
    text: str
    before: str

    @property
    def begins(self) -> bool:
        """Whether it begins with a command of its own."""
        return self.kind == "console" and self.text.startswith("$ ")

    @property
    def asks(self) -> bool:
        """Whether something is typed into a command."""
        lines = self.text.splitlines()
        return any(
            line.startswith("> ") or line.endswith(_ENTER) or _YES_OR_NO in line for line in lines
        )

    @property
    def ends_with(self) -> int:
        """The exit code of its commands."""
        found = _ENDS.search(self.before)
        return int(found[1]) if found else 0


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    end = 0
    for found in _BLOCK.finditer(page):
        paragraph = page[end : found.start()].rstrip().rpartition("\n\n")[2]
        yield Block(found[1], found[2], " ".join(paragraph.splitlines()))
        end = found.end()


class Said:
    """What a command has said that asked for nothing; it is read as a child of pexpect is."""

    def __init__(self, exitstatus: int, text: str) -> None:
        self.exitstatus = exitstatus
        self.before = ""
        self._rest = text

    def expect(self, pattern: str | type[pexpect.EOF]) -> None:
        """Go on behind the next `pattern`; raises pexpect.EOF when it does not come."""
        found = re.search(pattern, self._rest, re.DOTALL) if isinstance(pattern, str) else None
        end = len(self._rest)
        start, stop = found.span() if found else (end, end)
        self.before, self._rest = self._rest[:start], self._rest[stop:]
        if isinstance(pattern, str) and not found:
            raise pexpect.EOF(pattern)

    def close(self) -> None:
        """Nothing is left open."""


class Reader:
    """Somebody at a terminal in `folder`, with a home of reflect in it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.environ = _environ(folder)
        self._patch = patch
        self._child: pexpect.spawn | Said | None = None
        self._anything = False

    def read(self, page: Path) -> None:
        """Do everything that `page` says."""
        try:
            self._read(list(blocks(page.read_text("utf-8"))))
        except AssertionError as error:
            error.add_note(f"on the page {page.name}")
            raise

    def _read(self, found: list[Block]) -> None:
        for number, block in enumerate(found):
            if block.kind == "yaml":
                self._write(block)
            elif block.kind == "console":
                goes_on = _going_on(found[number + 1 :])
                self._type(block, asks=any(one.asks for one in (block, *goes_on)))
                if not goes_on:
                    self._end(block.ends_with)

    # --- files ---

    def _write(self, block: Block) -> None:
        if whole := _WHOLE.search(block.before):
            file = self.folder / whole[1]
            file.parent.mkdir(exist_ok=True)
            file.write_text(block.text, "utf-8")
        elif more := _MORE.search(block.before):
            file = self.folder / more[1]
            file.write_text(f"{file.read_text('utf-8')}\n{block.text}", "utf-8")
        elif change := _CHANGE.search(block.before):
            file = self.folder / change[1]
            old = file.read_text("utf-8")
            assert old.count(change[2]) == 1, f"{change[2]} is not there once"
            file.write_text(old.replace(change[2], block.text.strip()), "utf-8")

    # --- commands ---

    def _type(self, block: Block, *, asks: bool) -> None:
        for line in block.text.splitlines():
            if line.startswith("$ "):
                self._end(block.ends_with)
                self._begin(line[2:], asks=asks)
            elif line.strip() == _LEFT_OUT:
                self._anything = True
            elif line.startswith("> "):
                self._send(line[2:].removesuffix(_ENTER))
            elif line.endswith(_ENTER):
                prompt, typed = line.removesuffix(_ENTER).split(": ", 1)
                self._see(f"{prompt}:")
                self._send(typed, prompted=True)
            elif _YES_OR_NO in line:
                prompt, typed = line.split(_YES_OR_NO)
                self._see(f"{prompt} (yes/no)")
                self._send(typed, prompted=True)
            else:
                self._see(line)

    def _begin(self, command: str, *, asks: bool) -> None:
        self._anything = False
        alone = _OURS.fullmatch(command) and not asks
        self._child = self._here(command) if alone else self._at_a_terminal(command)

    def _at_a_terminal(self, command: str) -> pexpect.spawn:
        child = pexpect.spawn(
            "bash",
            ["-c", command],
            cwd=str(self.folder),
            env=self.environ,
            dimensions=(_ROWS, _COLUMNS),
            timeout=20,
            encoding="utf-8",
        )
        child.delaybeforesend = 0
        child.ptyproc.delayafterclose = 0.01
        return child

    def _here(self, command: str) -> Said:
        screen = _Screen()
        with self._patch.context() as patch, chdir(self.folder):
            for name, value in (self.environ | {"COLUMNS": str(_COLUMNS)}).items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", _Screen())
            patch.setattr(sys, "stdout", screen)
            patch.setattr(sys, "stderr", screen)
            code = run(shlex.split(command)[1:])
        return Said(code, screen.text())

    def _see(self, line: str) -> None:
        words = [word for word in line.split() if word.strip("─")]
        if not words:
            return
        assert self._child is not None
        try:
            self._child.expect(_GAP.join(map(re.escape, words)))
        except (pexpect.TIMEOUT, pexpect.EOF):
            raise AssertionError(
                f"{line!r} did not come, but {_plain(self._child.before)!r}"
            ) from None
        self._nothing_else(self._child.before)
        self._anything = False

    def _send(self, typed: str, *, prompted: bool = False) -> None:
        assert isinstance(self._child, pexpect.spawn)
        if not prompted:
            self._child.expect(_PROMPT)
            self._nothing_else(self._child.before)
        self._child.send(f"{typed}\r")
        self._anything = True  # the echo

    def _end(self, code: int) -> None:
        if self._child is None:
            return
        self._child.expect(pexpect.EOF)
        self._nothing_else(self._child.before)
        self._child.close()
        assert self._child.exitstatus == code, _plain(self._child.before)
        self._child = None

    def _nothing_else(self, before: str) -> None:
        assert self._anything or not _plain(before), f"{_plain(before)!r} is not on the page"


class _Screen(io.TextIOWrapper):
    """A terminal in memory."""

    def __init__(self) -> None:
        self._shown = io.BytesIO()
        super().__init__(self._shown, encoding="utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        return True

    def text(self) -> str:
        """Everything that was written on it."""
        return self._shown.getvalue().decode()


def _going_on(later: list[Block]) -> list[Block]:
    """Those of the blocks behind a command that belong to it still."""
    shown = [block for block in later if block.kind == "console"]
    return list(takewhile(lambda block: not block.begins, shown))


def _plain(text: str) -> str:
    """What stays on the screen of `text`: a line that is wiped, as progress is, does not."""
    stays = re.sub(r"[^\n]*\r\x1b\[K", "", text)
    seen = re.sub(_UNSEEN, "", stays).translate({ord("\r"): None, ord("\b"): None})
    return re.sub(r"^>+\s*$", "", seen, flags=re.MULTILINE).strip()


def _environ(folder: Path) -> dict[str, str]:
    """An environment in which `reflect` is this program."""
    doors = folder.parent / "bin"
    doors.mkdir(exist_ok=True)
    for name, call in (("reflect", "-m reflect "), ("python3", "")):
        door = doors / name
        door.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call}"$@"\n')
        door.chmod(0o755)
    return {
        "PATH": f"{doors}:{os.environ['PATH']}",
        "PYTHONPATH": str(SOURCE),
        "HOME": str(folder),
        "REFLECT_HOME": str(folder / "home"),
        "REFLECT_TODAY": "2026-11-21",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
