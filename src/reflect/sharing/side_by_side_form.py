"""Two sheets side by side as text for a screen and as CommonMark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from reflect.packs.phrases import Phrases
from reflect.sharing.layout import COLUMNS, wrapped
from reflect.sharing.markdown import line
from reflect.sharing.side_by_side import Comparison, How, Names, Row, is_day, lines_of
from reflect.text import display_width, for_terminal

WIDE = 90
"""From this width on the two stand beside each other; below, one under the other."""
_PARTS: tuple[How, ...] = ("differ", "alike", "beside", "one")
_GAP = 2


def as_text(found: Comparison, phrases: Phrases, width: int = COLUMNS, today: str = "") -> str:
    """The comparison in lines of at most `width` cells; nothing in it is obeyed by a terminal.

    `today` is an ISO date: days of its year are said without the year.
    """
    lines = [
        *wrapped(for_terminal(found.title), width),
        *wrapped(for_terminal(_about(found, phrases, today)), width),
    ]
    for how in _PARTS:
        lines += _part(found, how, phrases, width)
    return "\n".join(lines)


def as_markdown(found: Comparison, phrases: Phrases, today: str = "") -> str:
    """The comparison under a heading of the first level."""
    return "\n\n".join(_blocks(found, phrases, today)) + "\n"


def _about(found: Comparison, phrases: Phrases, today: str) -> str:
    days = {
        name: phrases.day(day, today) if is_day(day) else day
        for name, day in (("my_day", found.my_day), ("their_day", found.their_day))
    }
    return phrases.say("sides-about", me=found.me, other=found.other, **days)


def _nothing(found: Comparison, how: How) -> bool:
    """Whether a part is left out; that nothing differs is worth a line where both have chosen."""
    return not found.of(how) and not (how == "differ" and found.of("alike"))


# --- text ----------------------------------------------------------------------------


def _part(found: Comparison, how: How, phrases: Phrases, width: int) -> Iterator[str]:
    if _nothing(found, how):
        return
    yield from ("", phrases.say(f"sides-{how}"))
    rows = found.of(how)
    if not rows:
        yield from wrapped(phrases.say("sides-no-difference"), width, first="  ", rest="  ")
    if width >= WIDE and rows and how in ("differ", "beside"):
        yield from _table(found, rows, width)
        return
    for row in rows:
        yield from _under(row, Names(found.me, found.other), phrases, width)


def _under(row: Row, names: Names, phrases: Phrases, width: int) -> Iterator[str]:
    """A row with one answer under the other."""
    if row.how == "alike":
        yield from wrapped(
            _safe(f"{row.topic}: {', '.join(row.both)}"), width, first="  ", rest="    "
        )
        return
    yield from wrapped(_safe(row.topic), width, first="  ", rest="  ")
    for who, what in lines_of(row, names, phrases):
        yield from wrapped(_safe(f"{who}: {what}"), width, first="    ", rest="      ")


def _table(found: Comparison, rows: Sequence[Row], width: int) -> Iterator[str]:
    """Rows with the two answers beside each other."""
    room = (width - 2 - 2 * _GAP) // 3
    yield _across(("", found.me, found.other), room)
    for row in rows:
        cells = [wrapped(_safe(one), room) for one in (row.topic, row.mine, row.theirs)]
        for lines in zip_longest(*cells, fillvalue=""):
            yield _across(lines, room)


def _across(cells: Sequence[str], room: int) -> str:
    padded = (cell + " " * max(0, room - display_width(cell)) for cell in map(_safe, cells))
    return ("  " + (" " * _GAP).join(padded)).rstrip()


def _safe(text: str) -> str:
    return for_terminal(text)


# --- Markdown --------------------------------------------------------------------------


def _blocks(found: Comparison, phrases: Phrases, today: str) -> Iterator[str]:
    yield f"# {line(found.title)}"
    yield line(_about(found, phrases, today))
    for how in _PARTS:
        if _nothing(found, how):
            continue
        yield f"## {phrases.say(f'sides-{how}')}"
        rows = found.of(how)
        if not rows:
            yield f"*{line(phrases.say('sides-no-difference'))}*"
        for row in rows:
            yield f"**{line(row.topic)}**"
            said = lines_of(row, Names(found.me, found.other), phrases)
            yield "\n".join(f"- {line(f'{who}: {what}')}" for who, what in said)
