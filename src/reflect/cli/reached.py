"""What was reached of a pack, as commands show and write it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.cli.desk import Desk
    from reflect.rehearsal.coverage import Missing
    from reflect.rehearsal.outcome import Transcript
    from reflect.rehearsal.tally import Tally


def show_tallies(desk: Desk, tallies: Iterable[Tally]) -> None:
    """A small table, a line for each sort of thing."""
    from reflect.cli.table import columns

    rows = [(line.name, f"{line.reached} of {line.of}") for line in tallies]
    for row in columns(rows, desk.columns):
        desk.show(row)


def show_line(desk: Desk, name: str, text: str) -> None:
    """`text` beside its name, wrapped under itself."""
    from reflect.sharing.layout import wrapped

    for line in wrapped(text, desk.columns, first=f"  {name:<10}", rest=" " * 12):
        desk.show(line)


def show_conversation(desk: Desk, transcript: Transcript) -> None:
    """What was said by whom, line by line."""
    for line in transcript:
        show_line(desk, f"  {line.who}", line.text or "(Enter)")


def as_tallies(tallies: Iterable[Tally]) -> list[dict[str, object]]:
    """Each line of the table by name."""
    return [{"what": line.name, "reached": line.reached, "of": line.of} for line in tallies]


def as_missing(one: Missing) -> dict[str, object]:
    """Something of a pack, with its place and the author's sentence."""
    return {
        "what": one.point.what,
        "name": one.point.name,
        "part": one.point.part,
        "side": one.point.side,
        "file": one.place.file,
        "line": one.place.line,
        "column": one.place.column,
        "rule": one.rule,
        "message": one.message,
    }


def as_conversation(transcript: Transcript) -> list[dict[str, str]]:
    """What was said by whom."""
    return [{"who": line.who, "text": line.text} for line in transcript]
