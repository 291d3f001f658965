"""A transcript as CommonMark in which every word that somebody wrote stands for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reflect.sharing import phrases
from reflect.sharing.document import ItemRecord, Transcript, TurnRecord
from reflect.text import for_markdown


def render(transcripts: Iterable[Transcript]) -> str:
    """The sessions one after the other, each under a heading of the first level."""
    return "\n\n".join("\n\n".join(_blocks(one)) for one in transcripts) + "\n"


def _blocks(document: Transcript) -> Iterator[str]:
    yield f"# {_line(phrases.title(document))}"
    yield f"{_line(phrases.between(document))} · {_line(phrases.about(document))}"
    part = ""
    for number, turn in enumerate(document.turns, 1):
        if phrases.heading(turn) != part:
            part = phrases.heading(turn)
            yield f"## {part}"
        yield from _turn(number, turn)
    if document.items:
        yield "## What carries on"
        yield "\n".join(_item(item) for item in document.items)


def _turn(number: int, turn: TurnRecord) -> Iterator[str]:
    yield f"**{number}.** {_line(turn.question)}"
    yield _quoted(turn.answer) if turn.answer else f"*{phrases.silence(turn)}*"
    if turn.words:
        yield f"In short: {_line(turn.words)}"
    if phrases.notes(turn):
        yield f"*{phrases.notes(turn)}*"


def _item(item: ItemRecord) -> str:
    terms = f" ({_line(phrases.terms(item))})" if phrases.terms(item) else ""
    return f"- {item.kind}: {_line(item.text)}{terms}"


def _line(text: str) -> str:
    """`text` as one line of a paragraph."""
    return for_markdown(" ".join(text.split()))


def _quoted(text: str) -> str:
    """`text` as a block quotation that keeps its line ends."""
    lines = [line.rstrip() for line in for_markdown(text).split("\n")]
    followed = zip(lines, [*lines[1:], ""], strict=True)
    return "\n".join(f"> {line}{_break(line, after)}".rstrip() for line, after in followed)


def _break(line: str, after: str) -> str:
    return "\\" if line and after else ""
