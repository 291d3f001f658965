"""What changed between two versions of a pack, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.sharing.layout import wrapped

if TYPE_CHECKING:
    from reflect.cli.desk import Desk
    from reflect.packs.compare import Change

_HEADINGS = {
    "loses": "Old answers would be lost",
    "safe": "Safe",
    "wording": "Wording only",
}


def show_changes(desk: Desk, changes: tuple[Change, ...]) -> None:
    """`changes` on stdout, by weight, each with what to do about it."""
    if not changes:
        desk.show("No difference that anybody who answers would notice.")
    for weight, heading in _HEADINGS.items():
        found = [change for change in changes if change.weight == weight]
        if found:
            desk.show(f"{heading}:")
        for change in found:
            text = f"{change.id}: {change.what}" if change.id else change.what
            for line in wrapped(text, desk.columns, first="  ", rest="    "):
                desk.show(line)
            for line in filter(
                None, wrapped(change.advice, desk.columns, first="    ", rest="    ")
            ):
                desk.show(line)
