"""Two homes on one machine, and all that is typed in them: real commands, in this process."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

PACK = """\
reflect: 1
pack: rounds
version: 1.0.0
title: After the round
language: en

worked:
  - id: win
    ask: What went well on the ward?
    keep: win
  - id: snag
    ask: What held you up?
    share: no
adjust:
  - id: doubt
    ask: What would you do otherwise?
    share: at the end
  - id: aim
    ask: What do you want to be able to do?
    keep: goal
next:
  - id: step
    ask: What will you do until you meet {mentor}?
    keep: action
closing:
  - id: query
    ask: What do you want to ask {mentor}?
    keep: question
"""
BEGIN = {
    "What should I call you?": "Amina",
    "And your mentor?": "Daniel",
    "Where are you two, roughly?": "2",
    "How long do you have?": "1",
}
"""What is answered on the first run."""
MOST_LINES = 60
"""Lines that a session is given at most; then the input ends."""


Given = Mapping[str, str | Sequence[str]]
"""What is typed where words of a question stand: the same each time, or in turn (the last stays)."""


class Home:
    """The home of one of the two, and the folder in which commands are typed."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> None:
        self.root = folder / "reflect"
        self.desk = folder / "desk"
        self.desk.mkdir(parents=True)
        self.day = day
        self._patch = monkeypatch

    def run(self, *arguments: str, stdin: str = "") -> Ran:
        """Type a command; `stdin` is piped into it."""
        return self._run(arguments, io.BytesIO(stdin.encode()), io.BytesIO())

    def does(self, *arguments: str, stdin: str = "") -> Ran:
        """Type a command that must work."""
        ran = self.run(*arguments, stdin=stdin)
        assert ran.code == 0, (arguments, ran.err)
        return ran

    def sits(self, given: Given, pack: str = "rounds") -> str:
        """Hold a session, answering where words of a question are `given`; gives all that was written."""
        told = io.BytesIO()
        ran = self._run(("--pack", pack), _Answers({**BEGIN, **given}, told), told)
        assert ran.code == 0, ran.err
        return ran.out

    def says(self, *arguments: str) -> Any:
        """What a command says as JSON."""
        return json.loads(self.does(*arguments, "--json").out)

    def key(self) -> str:
        """The public key, as it is sent by mail."""
        return self.does("key").out.split()[0]

    def _run(self, arguments: tuple[str, ...], source: Any, told: io.BytesIO) -> Ran:
        from reflect.cli.main import run

        reader = source if isinstance(source, io.BytesIO) else io.BufferedReader(source)
        out, err = (
            io.TextIOWrapper(to, encoding="utf-8", newline="") for to in (told, io.BytesIO())
        )
        with self._patch.context() as patch:
            patch.setenv("REFLECT_HOME", str(self.root))
            patch.setenv("REFLECT_TODAY", self.day)
            patch.chdir(self.desk)
            patch.setattr(sys, "stdin", io.TextIOWrapper(reader, encoding="utf-8", newline=""))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run(arguments)
        out.flush()
        err.flush()
        return Ran(code, told.getvalue().decode(), err.buffer.getvalue().decode())


class _Answers(io.RawIOBase):
    """Standard input of somebody who reads what was written since their last line."""

    def __init__(self, given: Given, told: io.BytesIO) -> None:
        self._given = {words: _lines(answer) for words, answer in given.items()}
        self._told = told
        self._read = 0
        self._lines = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        since = " ".join(self._told.getvalue()[self._read :].decode().split())
        self._read = len(self._told.getvalue())
        self._lines += 1
        if self._lines > MOST_LINES:
            return 0
        places = {since.rfind(words): words for words in self._given if words in since}
        lines = self._given[places[max(places)]] if places else [""]
        line = (lines.pop(0) if len(lines) > 1 else lines[0]).encode() + b"\n"
        buffer[: len(line)] = line
        return len(line)


def _lines(answer: str | Sequence[str]) -> list[str]:
    return [answer] if isinstance(answer, str) else list(answer)


def put_pack(home: Home, text: str = PACK, name: str = "rounds") -> None:
    """Let a pack in."""
    folder = home.root / "packs" / name
    for one in (home.root, folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
    (folder / "pack.yaml").write_text(text)


def two_homes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, day: str = "2026-11-22"
) -> tuple[Home, Home]:
    """A mentee's home with the pack and a mentor's, each with a key."""
    amina, daniel = (Home(folder / name, monkeypatch, day) for name in ("amina", "daniel"))
    put_pack(amina)
    return amina, daniel


FIRST_QUESTION = "What went well on the ward?"
OPEN = {
    FIRST_QUESTION: "I wrote the three worst patients on a card first",
    "What held you up?": "dr Lang talks over me all the time",
    "What would you do otherwise?": "I could finish my sentence first",
    "What do you want to be able to do?": "lead the morning round on my own",
    "What will you do until": "ask dr Lang for two minutes before the round by Thursday",
    "What do you want to ask": "how did he learn to interrupt politely?",
    "read it when you share": "1",
    "see it when you share": "1",
}
"""One session; all but the second answer may be shared."""


def opening(told: str) -> str:
    """What a session says before its first question, on one line."""
    assert FIRST_QUESTION in told
    return " ".join(told.partition(FIRST_QUESTION)[0].split())


def exchange_keys(amina: Home, daniel: Home) -> None:
    """The mentor sends a key; the mentee's goes with each file."""
    amina.does("key", "add", "daniel", daniel.key(), "--yes")


def share(amina: Home, daniel: Home, name: str, *more: str) -> Path:
    """A file is made, sent and opened."""
    file = amina.desk / name
    amina.does("share", *more, "--yes", "--output", str(file))
    daniel.does("review", str(file))
    return file


def reply(daniel: Home, name: str) -> Path:
    """The reply to all that was shared so far."""
    file = daniel.desk / name
    daniel.does("review", "reply", "-o", str(file))
    return file


def number(daniel: Home, words: str, kind: str) -> str:
    """The number of what holds `words` in the mentor's latest file."""
    found = daniel.says("review", "show")["numbered"]
    return next(
        str(one["number"])
        for one in found
        if one["what"] == kind and words in one.get("text", one.get("answer", ""))
    )


LISTS = (*((kind, "--all") for kind in ("actions", "goals", "questions", "agreements")), ("wins",))
TOLD = ("text", "state", "open", "day", "due", "due_words", "owner")
WRITTEN = ("id", "revision", "kind", "text", "day", "due", "due_words", "owner", "withdrawn")
EMPTY = {"open": False, "due": None, "due_words": "", "owner": "none"}
UNSAID = {"revision": 1, "text": "", "withdrawn": False, **EMPTY, "owner": "mentee"}

State = tuple[list[tuple[object, ...]], list[tuple[object, ...]]]


def mentees(amina: Home) -> State:
    """The items and notes that the mentee's home holds."""
    items = (one for line in LISTS for one in amina.says(*line)[line[0]])
    notes = amina.says("notes", "--all")["notes"]
    return _sorted(items, (*TOLD, "kind"), EMPTY), _sorted(notes, WRITTEN, UNSAID)


def mentors(daniel: Home) -> State:
    """The items and notes that the mentor's home holds, as the files tell of them."""
    files = daniel.says("review", "show")["files"]
    shown = [daniel.says("review", "show", "--file", str(file)) for file in files]
    places = {one["id"]: one for file in shown for one in file["numbered"] if "kind" in one}
    items = _sorted(places.values(), (*TOLD, "kind"), EMPTY)
    return items, _sorted(shown[-1]["notes"], WRITTEN, UNSAID)


def _sorted(found: Any, fields: tuple[str, ...], unsaid: Mapping[str, object]) -> list[Any]:
    return sorted(
        (tuple(one.get(name, unsaid.get(name)) for name in fields) for one in found), key=repr
    )
