"""`reflect where`: which files hold what."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.settings import Home


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """Show where everything is kept. REFLECT_HOME moves it."""
    from reflect.cli.table import columns
    from reflect.transcripts.keys import is_locked

    places = _places(desk.app.home)
    locked = is_locked(desk.app.home.database)
    if as_json:
        desk.json({**{name: str(path) for name, path in places.items()}, "locked": locked})
        return
    rows = [
        (name, str(path), _state(path, locked=locked and name == "database"))
        for name, path in places.items()
    ]
    for line in columns(rows, max(desk.columns, *(len(path) + 40 for _, path, _ in rows))):
        desk.show(line)


def _state(path: Path, *, locked: bool) -> str:
    if locked:
        return "(locked)"
    return "" if os.access(path, os.F_OK) else "(not there yet)"


def _places(home: Home) -> dict[str, Path]:
    return {
        "home": home.root,
        "database": home.database,
        "packs": home.packs,
        "backups": home.backups,
        "exports": home.exports,
        "logs": home.logs,
        "cache": home.cache,
        "plugins": home.consents,
    }
