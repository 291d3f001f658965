"""What the commands about items share: which mentorship, which numbers, and how items are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.carried import Carried, Some
    from reflect.application.changing import Change
    from reflect.cli.desk import Desk
    from reflect.mentorship.relation import Relation
    from reflect.script import Keep

ERASED = "(its words were erased)"
UNDO = "To take it back: reflect undo"

SHOWN = 30

SHOWN_NEWEST = 20

newest_limit = click.option(
    "--limit", type=click.IntRange(0), help=f"At most so many, 0 for all [{SHOWN_NEWEST}]."
)
limit_option = click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"At most so many, 0 for all [{SHOWN}; all with --json].",
)
reason_option = click.option("--reason", metavar="TEXT", default="", help="Why, for your history.")

BECAUSE = ("circumstances", "opportunity")
because_option = click.option(
    "--because", type=click.Choice(BECAUSE), default=None, help="Why, in a word."
)


def relation(desk: Desk) -> Relation:
    """The mentorship that is meant. Raises `StoreError` "nothing-kept"."""
    found = desk.app.relation()
    if found is None:
        from reflect.application.reading import nothing_kept

        raise nothing_kept()
    return found


def most(limit: int | None, as_json: bool) -> int | None:
    """How many items are read; None for all."""
    return limit or None if limit is not None or as_json else SHOWN


def tell_of_more(desk: Desk, some: Some) -> None:
    """Say that a list goes on."""
    if some.more:
        desk.talk(f"{some.more} more. All of them: --limit 0")


def split(words: Sequence[str]) -> tuple[list[int], str]:
    """The numbers in front, and the rest as one text. Raises `UsageError` "no-number"."""
    count = next((at for at, word in enumerate(words) if not word.isdecimal()), len(words))
    if not count:
        raise UsageError("no-number", "which one is meant?", "Type its number behind the command.")
    return [int(word[:9]) for word in words[:count]], " ".join(words[count:])


def numbers_only(words: Sequence[str]) -> list[int]:
    """The numbers of `words`, which hold nothing else."""
    numbers, rest = split(words)
    if rest:
        raise UsageError("no-number", "only numbers are expected here", "Such as: 3, or: 3 5")
    return numbers


def apply(
    desk: Desk,
    kind: Keep,
    numbers: Sequence[int],
    changes: Sequence[Change],
    *,
    said: str,
    reason: str = "",
    because: str | None = None,
) -> None:
    """Change the items of `kind` with those numbers, and say so: `said` stands before each one's words."""
    from reflect.application.carried import numbered
    from reflect.application.changing import change, line

    found = relation(desk)
    items = numbered(desk.app.store, found.id, kind, numbers)
    why = line(reason, "a reason") if reason else ""
    change(desk.app, found, items, changes, why, because or "")
    for item in numbered(desk.app.store, found.id, kind, numbers):
        desk.show(f"{said}: {words_of(item)}")
    desk.talk(UNDO)


def write(
    desk: Desk,
    kind: Keep,
    words: Sequence[str],
    field: str,
    *,
    said: str,
    what: str,
    reason: str = "",
) -> None:
    """Give one item a text: `words` are its number and the text, which may begin with a number of its own."""
    from reflect.application.changing import line

    numbers, _ = split(words[:1])
    text = line(" ".join(words[1:]), what)
    apply(desk, kind, numbers, [(field, text)], said=said, reason=reason)


def list_newest(
    desk: Desk,
    kind: Keep,
    name: str,
    limit: int | None,
    as_json: bool,
    empty: str,
    notes: Callable[[Desk, Carried], Sequence[str]] = lambda desk, item: (item.day,),
    only: Callable[[Carried], bool] | None = None,
) -> None:
    """Show the items of `kind`, newest first, each with `notes`; in JSON they are called `name`.

    Of all of them, those that `only` picks, where it is given.
    """
    from reflect.application.carried import newest

    store = desk.kept()
    known = desk.app.relation()
    at_most = (limit or -1) if limit is not None or as_json else SHOWN_NEWEST
    read = -1 if only else at_most
    found = newest(store, known.id, kind, read) if store and known else ()
    if only:
        found = tuple(filter(only, found))[: None if at_most < 0 else at_most]
    if as_json:
        desk.json({name: [record(item) for item in found]})
        return
    for item in found:
        for line in entry(desk, item, notes(desk, item)):
            desk.show(line)
    if store is not None and not found:
        desk.talk(empty)


def words_of(item: Carried) -> str:
    """The words of an item, or that they are gone."""
    return item.text or ERASED


def entry(desk: Desk, item: Carried, notes: Sequence[str]) -> list[str]:
    """The lines of one item: its number and words, below them what else there is to say."""
    from reflect.sharing.layout import wrapped

    margin = " " * 6
    lines = wrapped(words_of(item), desk.columns, first=f"{item.number:4}  ", rest=margin)
    about = " · ".join(note for note in notes if note)
    return lines + (wrapped(about, desk.columns, first=margin, rest=margin) if about else [])


def came_from(desk: Desk, item: Carried) -> str:
    """The person that something came from, by their words."""
    from reflect.application.carried import by_id

    contact = by_id(desk.app.reading_store, item.contact) if item.contact else None
    return f"came from {words_of(contact)}" if contact else ""


def spoken_day(desk: Desk, iso: str) -> str:
    """An ISO date as it is said: "Thursday 3 December"."""
    from datetime import date

    from reflect.application.meetings import said_day

    return said_day(date.fromisoformat(iso[:10]), desk.today)


def record(item: Carried) -> dict[str, object]:
    """An item as JSON holds it."""
    import msgspec

    return msgspec.structs.asdict(item)
