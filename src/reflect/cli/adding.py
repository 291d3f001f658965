"""The command that notes an item by hand: one for each kind, all made here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from reflect.cli.carrying_on import UNDO, record, relation, spoken_day, words_of
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.fields import Given, changes, told
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.script import Keep, Share

Option = Callable[[Any], Any]
"""A decorator of click's that gives a command an option."""


Then = Callable[["Desk", "Carried"], None]
"""What is still said of an item that was noted."""


def add_command(
    kind: Keep, about: str, options: Sequence[Option] = (), then: Then | None = None
) -> click.Command:
    """`add TEXT` for items of `kind`; `about` is its help, `options` say more of the item."""

    def add(
        desk: Desk, words: tuple[str, ...], private: bool, as_json: bool, **given: str | None
    ) -> None:
        item = _add(desk, kind, " ".join(words), given, private=private, as_json=as_json)
        if then is not None:
            then(desk, item)

    function: Callable[..., None] = pass_desk(add)
    for option in (json_option, mentorship_option, _private, *reversed(options), _words):
        function = option(function)
    return click.command(help=about)(function)


_words = click.argument("words", nargs=-1, metavar="TEXT")
_private = click.option("--private", is_flag=True, help="Not for anybody else to read.")


def _add(
    desk: Desk, kind: Keep, words: str, given: Given, *, private: bool, as_json: bool
) -> Carried:
    from reflect.application.by_hand import note_item
    from reflect.application.changing import line

    known = relation(desk)
    text = line(words, "what you note", 'Put it in quotes behind "add".')
    share: Share = "no" if private else "yes"
    item = note_item(desk.app, known, kind, text, changes(desk, given), share)
    if as_json:
        desk.json({kind: record(item)})
        return item
    about = [_when(desk, item), *told(desk, item, given), "private" if private else ""]
    notes = ", ".join(filter(None, about))
    desk.show(f"Noted as {kind} {item.number}: {words_of(item)}{f' ({notes})' if notes else ''}")
    if kind == "action" and item.owner == "unclear":
        desk.talk(f"Whose is it? reflect actions edit {item.number} --owner me|mentor|both|other")
    desk.talk(UNDO)
    return item


def _when(desk: Desk, item: Carried) -> str:
    return f"by {spoken_day(desk, item.due)}" if item.due else item.due_words
