"""What authors who tune word lists are shown: texts from the command line, and what is heard in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from reflect.errors import ReflectError, UsageError
from reflect.text import clean_input

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.listening.account import Account, Listener

MOST_LETTERS = 1024 * 1024
"""Letters of one line; a longer one is an error, not a text to be tuned by."""


class Item(msgspec.Struct, frozen=True):
    """One text to be heard; `language` and `today` (ISO) stand before what was asked for all."""

    id: str
    text: str
    language: str = ""
    today: str = ""


class Ways(NamedTuple):
    """How texts are to be heard: in which language, on which day, as what, and in which phase."""

    language: str
    today: date
    wants: Literal["text", "action", "goal"] = "text"
    phase: str = ""
    meeting: date | None = None


class Told(NamedTuple):
    """An item and what is heard in it."""

    item: Item
    account: Account


def day(name: str, text: str) -> date:
    """The ISO date `text` of option `name`. UsageError "bad-date"."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("bad-date", f"{name} is no date", "write it as 2026-11-21") from None


def items(lines: Iterable[str]) -> Iterator[Item]:
    """The item of each of `lines`: a JSON object with "text" (and "id"), or plain text named by its number.

    Blank lines are left out. Raises ReflectError "not-an-item" with the number of the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _item(line.strip(), number)


def _item(line: str, number: int) -> Item:
    if len(line) > MOST_LETTERS:
        raise ReflectError("line-too-long", f"line {number} is too long", "give it in parts")
    if not line.startswith("{"):
        return Item(str(number), line)
    try:
        read = msgspec.json.decode(line, type=_Line)
    except msgspec.MsgspecError:
        hint = 'write {"id": "a1", "text": "…"}, one object a line'
        raise ReflectError("not-an-item", f"line {number} is no item", hint) from None
    return Item(str(number if read.id is None else read.id), read.text, read.language, read.today)


class _Line(msgspec.Struct):
    text: str
    id: str | int | None = None
    language: str = ""
    today: str = ""


def hear_items(app: Application, found: Iterable[Item], ways: Ways) -> Iterator[Told]:
    """What is heard in each of `found`, with the lexicons and cues of the plug-ins in use.

    Raises UsageError "bad-date" for an item's own `today`.
    """
    listeners: dict[str, Listener] = {}
    for item in found:
        language = item.language or ways.language
        if language not in listeners:
            listeners[language] = _listener(app, language)
        today = day("today", item.today) if item.today else ways.today
        account = listeners[language].account(
            clean_input(item.text), today, wants=ways.wants, phase=ways.phase, meeting=ways.meeting
        )
        yield Told(item, account)


def _listener(app: Application, language: str) -> Listener:
    from reflect.listening.account import Listener
    from reflect.listening.cues import builtin_cues

    cues = app.plugins.cues() if app.discovery.added else builtin_cues()
    return Listener(app.lexicon(language), cues)
