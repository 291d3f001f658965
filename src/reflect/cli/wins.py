"""`reflect wins`: what went well, newest first."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import entry, record
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option

SHOWN = 20


@click.command()
@click.option("--limit", type=click.IntRange(0), help=f"At most so many, 0 for all [{SHOWN}].")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, limit: int | None, as_json: bool) -> None:
    """List your wins, big and small, newest first."""
    from reflect.application.carried import newest

    store = desk.kept()
    relation = desk.app.relation()
    most = (limit or -1) if limit is not None or as_json else SHOWN
    found = newest(store, relation.id, "win", most) if store and relation else ()
    if as_json:
        desk.json({"wins": [record(item) for item in found]})
        return
    for item in found:
        for line in entry(desk, item, [item.day]):
            desk.show(line)
    if store is not None and not found:
        desk.talk("No win yet. They need not be big.")
