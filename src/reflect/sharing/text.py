"""A transcript as plain text, for a screen and for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reflect.sharing import phrases
from reflect.sharing.document import ItemRecord, Transcript, TurnRecord
from reflect.sharing.layout import COLUMNS, wrapped
from reflect.text import for_terminal

_RULE = "─"


def render(transcripts: Iterable[Transcript], width: int = COLUMNS) -> str:
    """The sessions one after the other, in lines of at most `width` cells.

    Answers are numbered within their session; nothing in the text is obeyed by a terminal.
    """
    between = f"\n{_RULE * width}\n\n"
    return between.join("\n".join(_lines(one, width)) + "\n" for one in transcripts)


def _lines(document: Transcript, width: int) -> Iterator[str]:
    for line in (phrases.title, phrases.between, phrases.about):
        yield from wrapped(for_terminal(line(document)), width)
    part = ""
    for number, turn in enumerate(document.turns, 1):
        if phrases.heading(turn) != part:
            part = phrases.heading(turn)
            yield from ("", part)
        yield ""
        yield from _turn(number, turn, width)
    if document.items:
        yield from ("", "What carries on", "")
        for item in document.items:
            yield from _item(item, width)


def _turn(number: int, turn: TurnRecord, width: int) -> Iterator[str]:
    yield from wrapped(for_terminal(turn.question), width, first=f"{number:3}  ", rest="     ")
    said = turn.answer or phrases.silence(turn)
    yield from wrapped(for_terminal(said), width, first="   > ", rest="     ")
    if turn.words:
        yield from wrapped(for_terminal(turn.words), width, first="     in short: ", rest="     ")
    if phrases.notes(turn):
        yield f"     [{phrases.notes(turn)}]"


def _item(item: ItemRecord, width: int) -> Iterator[str]:
    yield from wrapped(for_terminal(f"{item.kind}: {item.text}"), width, first="  ", rest="    ")
    if phrases.terms(item):
        yield from wrapped(for_terminal(phrases.terms(item)), width, first="    ", rest="    ")
