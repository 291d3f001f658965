"""A screen whose lines are known beforehand, and a store that can be told to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from reflect.errors import StoreError
from reflect.terminal.blocks import Block
from reflect.terminal.layout import Look, Page
from reflect.terminal.screen import Edited, Typed, Watch
from reflect.transcripts.values import Draft


class Hand:
    """Types `lines` one after the other (a function is called with the watch, and gives what is typed)."""

    def __init__(self, lines: Iterable[object], *, patient: bool = True, width: int = 60) -> None:
        self._lines = list(lines)
        self.patient = patient
        self.offered: list[str] = []
        self.said = ""
        self.edited = Edited("", "editor-none")
        self.to_edit: list[str] = []
        self._page = Page()
        self._look = Look(width)

    def show(self, *blocks: Block) -> None:
        self.said += self._page.text(blocks, self._look)

    def ask(self, offered: str, watch: Watch) -> Typed:
        self.offered.append(offered)
        if not self._lines:
            return Typed(offered, "end")
        line: Any = self._lines.pop(0)
        if callable(line):
            line = line(watch)
        typed = line if isinstance(line, Typed) else Typed(offered if line is KEEP else line)
        self.said += f"> {typed.text}\n"
        self._page.typed()
        return typed

    def edit(self, text: str) -> Edited:
        self.to_edit.append(text)
        return self.edited

    @property
    def flat(self) -> str:
        """Everything that was shown, as one line."""
        return " ".join(self.said.split())

    def since(self, words: str) -> str:
        """What was shown after `words` were typed."""
        return " ".join(self.said.split(f"> {words}\n", 1)[1].split())


KEEP = object()
"""Sends what is offered."""


class FakeStore:
    """Keeps events in a list."""

    def __init__(self, events: list) -> None:
        self.kept = events
        self.journey: list = []
        self.holder: str | None = "mine"
        self.time = 0.0
        self.fails: Callable[[], None] | None = None
        self.drafts: list[str] = []
        self.renewed = 0
        self.released = 0
        self._draft: Draft | None = None

    def fail(self, code: str, error: type[StoreError] = StoreError) -> None:
        """Refuse every write from now on."""

        def refuse() -> None:
            raise error(code, f"<{code}>", "<hint>")

        self.fails = refuse

    def _write(self) -> None:
        if self.fails:
            self.fails()

    def append(self, stream: object, expected: int, events: list, *, lease: object = None) -> int:
        self._write()
        if lease is None:
            self.journey.extend(events)
            return len(self.journey)
        if expected != len(self.kept):
            raise StoreError("session-moved-on", "<moved>", "")
        self.kept.extend(events)
        self._draft = None
        return len(self.kept)

    def events(self, stream: str) -> list:
        return self.journey

    def holds(self, lease: object) -> bool:
        return self.holder == "mine"

    def draft(self, stream: str) -> Draft | None:
        return self._draft

    def save_draft(self, stream: str, key: str, text: str) -> None:
        self._write()
        self.drafts.append(text)
        self._draft = Draft(key, text)

    def drop_draft(self, stream: str) -> None:
        self._write()
        self._draft = None

    def renew(self, lease: object) -> None:
        self._write()
        self.renewed += 1

    def release(self, lease: object) -> None:
        self.released += 1

    def checkpoint(self) -> None:
        pass
