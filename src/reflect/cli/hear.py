"""`reflect hear`: what is heard in a text, and by which words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import SCHEMA_VERSION, Desk, json_option, pass_desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.tuning import Item, Told, Ways


@click.command()
@click.argument("text", nargs=-1, metavar="[TEXT…|-]")
@click.option("--language", metavar="CODE", default="en", help="Whose word lists to listen with.")
@click.option("--today", metavar="DATE", help="The day on which it was said: 2026-11-21.")
@click.option(
    "--as",
    "wants",
    type=click.Choice(["text", "action", "goal"]),
    default="text",
    help="What the answer becomes.",
)
@click.option(
    "--phase",
    type=click.Choice(["worked", "adjust", "next", "feedback"]),
    help="What was asked about.",
)
@click.option("--meeting", metavar="DATE", help="The next meeting: what “before we meet” means.")
@json_option
@pass_desk
def command(
    desk: Desk,
    text: tuple[str, ...],
    language: str,
    today: str | None,
    wants: str,
    phase: str | None,
    meeting: str | None,
    as_json: bool,
) -> None:
    """Show what reflect hears in a text, with the words and the word list of each cue.

    Without TEXT, or with -, every line of the input is one text: plain, or as
    {"id": …, "text": …}. Nothing is stored. With --json one object a line.
    """
    from reflect.application.tuning import Ways, day, hear_items
    from reflect.application.unheard import is_silent

    ways = Ways(
        language,
        day("--today", today) if today else desk.app.now().date(),
        wants,  # type: ignore[arg-type] # one of its choices
        phase or "",
        day("--meeting", meeting) if meeting else None,
    )
    if is_silent(desk.app, language):
        desk.talk(f"There are no word lists for {language}: nothing but figures is heard.")
    for told in hear_items(desk.app, _items(text), ways):
        if as_json:
            _row(told)
        else:
            _show(desk, told, ways)


def _items(text: tuple[str, ...]) -> Iterable[Item]:
    from reflect.application.tuning import Item, items

    if text and text != ("-",):
        return (Item("1", " ".join(text)),)
    if sys.stdin.isatty():
        raise UsageError("no-text", "there is no text", 'write it behind: reflect hear "…"')
    return items(sys.stdin)


def _row(told: Told) -> None:
    """One line of JSON."""
    import msgspec

    row = {
        "schema_version": SCHEMA_VERSION,
        "id": told.item.id,
        **msgspec.to_builtins(told.account),
    }
    sys.stdout.write(msgspec.json.encode(row).decode() + "\n")


def _show(desk: Desk, told: Told, ways: Ways) -> None:
    from reflect.cli.table import columns

    account = told.account
    desk.show(told.item.text)
    rows = [
        (f"  {cue.cue}", cue.words or "(the whole)", cue.rule, cue.reason) for cue in account.cues
    ]
    for line in columns(rows, max(desk.columns, 200)) if rows else ("  nothing in particular",):
        desk.show(line)
    letters = "specific" * account.specific, "measurable" * account.measurable
    said = [
        f"due {account.due or account.due_kind}",
        f"owner {account.owner}",
        *filter(None, letters),
        f"challenges {', '.join(account.challenges)}",
        f"mood {account.mood}",
    ]
    desk.show(f"  = {' · '.join(said)}")
