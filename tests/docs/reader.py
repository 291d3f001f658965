"""A reader who does what a page says, block by block, at a terminal in a folder of their own.

`console`: a line with `$ ` is a command, `> ` and what ends in `⏎` is typed into it, the rest must come, word
by word; a line of `…` lets anything come. A block without a command goes on with the one before.
`yaml`: is written, added or put in, as the sentence before it says; else it is only looked at.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pexpect

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


class Reader:
    """Somebody at a terminal in `folder`, with a home of reflect in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = _environ(folder)
        self._child: pexpect.spawn | None = None
        self._anything = False

    def read(self, page: Path) -> None:
        """Do everything that `page` says."""
        found = list(blocks(page.read_text("utf-8")))
        goes_on = [
            (one, two.kind == "console" and not two.begins) for one, two in pairwise(_shown(found))
        ]
        waiting = {id(one) for one, on in goes_on if on}
        for block in found:
            if block.kind == "yaml":
                self._write(block)
            elif block.kind == "console":
                self._type(block)
                if id(block) not in waiting:
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

    def _type(self, block: Block) -> None:
        for line in block.text.splitlines():
            if line.startswith("$ "):
                self._end(block.ends_with)
                self._begin(line[2:])
            elif line.strip() == _LEFT_OUT:
                self._anything = True
            elif line.startswith("> "):
                self._send(line[2:].removesuffix(_ENTER))
            elif line.endswith(_ENTER):
                prompt, typed = line.removesuffix(_ENTER).split(": ", 1)
                self._see(f"{prompt}:")
                self._send(typed, prompted=True)
            elif " (yes/no) " in line:
                prompt, typed = line.split(" (yes/no) ")
                self._see(f"{prompt} (yes/no)")
                self._send(typed, prompted=True)
            else:
                self._see(line)

    def _begin(self, command: str) -> None:
        self._anything = False
        self._child = pexpect.spawn(
            "bash",
            ["-c", command],
            cwd=str(self.folder),
            env=self.environ,
            dimensions=(60, 72),
            timeout=20,
            encoding="utf-8",
        )
        self._child.delaybeforesend = 0
        self._child.ptyproc.delayafterclose = 0.01

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
        assert self._child is not None
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


def _shown(found: list[Block]) -> list[Block]:
    return [block for block in found if block.kind == "console"]


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
