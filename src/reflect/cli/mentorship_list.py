"""`reflect mentorship list`: the mentorships kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.mentorship.relation import Relation


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """List your mentorships; the one that commands speak of is marked."""
    from reflect.application.mentorships import relations

    found = relations(desk.app)
    now = desk.app.relation() if found else None
    if as_json:
        records = [_record(number, one, now) for number, one in enumerate(found, 1)]
        desk.json({"mentorships": records})
    elif found:
        _show(desk, found, now)
    else:
        desk.nothing_kept()


def _record(number: int, one: Relation, now: Relation | None) -> dict[str, object]:
    return {
        "number": number,
        "id": one.id,
        "name": one.name,
        "mentee": one.mentee,
        "mentor": one.mentor,
        "role": one.role,
        "stage": one.state,
        "since": one.began,
        "current": one == now,
    }


def _show(desk: Desk, found: tuple[Relation, ...], now: Relation | None) -> None:
    from reflect.cli.table import columns

    rows = [
        (f"{number:3}{'*' if one == now else ' '}", one.name, _pair(one), one.state, one.began)
        for number, one in enumerate(found, 1)
    ]
    for line in columns(rows, desk.columns):
        desk.show(line)


def _pair(one: Relation) -> str:
    """Who the person opposite is."""
    return f"{one.other} is your {'mentor' if one.role == 'mentee' else 'mentee'}"
