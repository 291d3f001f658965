"""`reflect history`: the sessions, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import day

if TYPE_CHECKING:
    from reflect.transcripts.store import Store
    from reflect.transcripts.values import SessionRow, State

SHOWN = 20
Numbered = list[tuple[int, "SessionRow"]]


@click.command()
@click.option("--stage", metavar="ID", help="Only sessions about this stage.")
@click.option("--pack", metavar="ID", help="Only sessions of this pack.")
@click.option("--since", metavar="YYYY-MM-DD", callback=day, help="From this day on.")
@click.option("--until", metavar="YYYY-MM-DD", callback=day, help="Up to and with this day.")
@click.option("--state", type=click.Choice(["open", "completed", "abandoned"]))
@click.option(
    "--limit",
    type=click.IntRange(0),
    help=f"At most so many, 0 for all [{SHOWN}; all with --json].",
)
@json_option
@pass_desk
def command(
    desk: Desk,
    stage: str | None,
    pack: str | None,
    since: str | None,
    until: str | None,
    state: State | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """List your sessions, newest first.

    What was said in them is not shown.
    The numbers serve `reflect show`, `export` and `delete`.
    """
    store = desk.kept()
    most = limit or None if limit is not None or as_json else SHOWN
    found: Numbered = []
    if store is not None:
        fitting = store.sessions(
            stage=stage,
            pack=pack,
            since=since,
            until=until,
            state=state,
            limit=most and most + 1,
        )
        found = _numbered(store, fitting, filtered=any((stage, pack, since, until, state)))
    if as_json:
        desk.json({"sessions": [_record(number, row) for number, row in found[:most]]})
    elif found:
        _list(desk, found, most)
    elif store is not None:
        desk.talk("No session fits.")


def _numbered(store: Store, fitting: list[SessionRow], *, filtered: bool) -> Numbered:
    """Each session with its place counted from the newest of all."""
    if not filtered:
        return list(enumerate(fitting, 1))
    places = {row.id: number for number, row in enumerate(store.sessions(), 1)}
    return [(places[row.id], row) for row in fitting]


def _record(number: int, row: SessionRow) -> dict[str, object]:
    import msgspec

    return {"number": number, **msgspec.structs.asdict(row)}


def _list(desk: Desk, found: Numbered, most: int | None) -> None:
    from reflect.cli.table import columns

    shown = found[:most]
    for line in columns([_cells(number, row) for number, row in shown], desk.columns):
        desk.show(line)
    if len(found) > len(shown):
        desk.talk(f"The newest {most}. All of them: reflect history --limit 0")


def _cells(number: int, row: SessionRow) -> tuple[str, ...]:
    from reflect.sharing.layout import counted

    state = "" if row.state == "completed" else row.state
    return (f"{number:3}", row.day, row.stage, row.pack, counted(row.answers, "answer"), state)
