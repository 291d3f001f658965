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
    yield f"# {line(phrases.title(document))}"
    yield f"{line(phrases.between(document))} · {line(phrases.about(document))}"
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
    yield f"**{number}.** {line(turn.question)}"
    yield quoted(turn.answer) if turn.answer else f"*{phrases.silence(turn)}*"
    if turn.words:
        yield f"In short: {line(turn.words)}"
    if phrases.notes(turn):
        yield f"*{phrases.notes(turn)}*"


def _item(item: ItemRecord) -> str:
    terms = f" ({line(phrases.terms(item))})" if phrases.terms(item) else ""
    return f"- {item.kind}: {line(item.text)}{terms}"


def line(text: str) -> str:
    """`text` as one line of a paragraph."""
    return for_markdown(" ".join(text.split()))


def quoted(text: str) -> str:
    """`text` as a block quotation that keeps its line ends."""
    lines = [one.rstrip() for one in for_markdown(text).split("\n")]
    followed = zip(lines, [*lines[1:], ""], strict=True)
    return "\n".join(f"> {one}{_break(one, after)}".rstrip() for one, after in followed)


def _break(line: str, after: str) -> str:
    return "\\" if line and after else ""
