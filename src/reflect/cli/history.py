"""`reflect history`: the sessions, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import all_mentorships_option, day, mentorship_option

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
@mentorship_option
@all_mentorships_option
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
    from reflect.cli.sessions import scope

    store = desk.kept()
    most = limit or None if limit is not None or as_json else SHOWN
    found: Numbered = []
    if store is not None:
        within = scope(desk)
        fitting = store.sessions(
            mentorship=within,
            stage=stage,
            pack=pack,
            since=since,
            until=until,
            state=state,
            limit=most and most + 1,
        )
        found = _numbered(store, fitting, filtered=any((within, stage, pack, since, until, state)))
    if as_json:
        desk.json({"sessions": [record(number, row) for number, row in found[:most]]})
    elif found:
        list_sessions(desk, found, most)
    elif store is not None:
        desk.talk("No session fits.")


def _numbered(store: Store, fitting: list[SessionRow], *, filtered: bool) -> Numbered:
    """Each session with its place counted from the newest of all."""
    if not filtered:
        return list(enumerate(fitting, 1))
    places = store.places(row.id for row in fitting)
    return [(places[row.id], row) for row in fitting]


def record(number: int, row: SessionRow) -> dict[str, object]:
    """A session as JSON holds it."""
    import msgspec

    return {"number": number, **msgspec.structs.asdict(row)}


def list_sessions(desk: Desk, found: Numbered, most: int | None) -> None:
    """One line for each session of `found`, the first `most` of them."""
    from reflect.cli.table import columns

    shown = found[:most]
    names = _names(desk)
    cells = [(*_cells(number, row), names.get(row.mentorship, "")) for number, row in shown]
    for line in columns(cells, desk.columns):
        desk.show(line)
    if len(found) > len(shown):
        desk.talk(f"The newest {most}. All of them: reflect history --limit 0")


def _names(desk: Desk) -> dict[str, str]:
    """What each mentorship is called, where those of several are listed together."""
    if not desk.all_mentorships:
        return {}
    from reflect.application.mentorships import relations

    return {one.id: one.name for one in relations(desk.app)}


def _cells(number: int, row: SessionRow) -> tuple[str, ...]:
    from reflect.sharing.layout import counted

    state = "" if row.state == "completed" else row.state
    return (f"{number:3}", row.day, row.stage, row.pack, counted(row.answers, "answer"), state)
