"""`reflect shared show`: what was in a file that was made for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.transcripts.values import SessionRow

ERASED = "(erased since)"


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="N")
@mentorship_option
@json_option
@pass_desk
def command(desk: Desk, number: int, as_json: bool) -> None:
    """Show what file N of `reflect shared` was about: sessions, and items by the words they have now."""
    from reflect.application.sharing_wish import shared_files
    from reflect.cli.carrying_on import relation
    from reflect.cli.shared import line, record

    files = shared_files(desk.app, relation(desk))
    if number > len(files):
        message = f"There is no file number {number}."
        raise ReflectError("no-such-share", message, "Those there are: reflect shared")
    file, gone = files[number - 1], {one.replaces for one in files}
    sessions = [(one, _session(desk, one)) for one in file.sessions]
    items = [(one, _item(desk, one)) for one in file.items]
    if as_json:
        told = {
            "sessions": [{"id": one, "day": row.day if row else None} for one, row in sessions],
            "items": [{"id": one, "text": item.text if item else None} for one, item in items],
        }
        desk.json({"file": {**record(number, file, gone), **told}})
        return
    desk.show(line(number, file, gone))
    for _, row in sessions:
        desk.show(f"      session of {row.day}, {row.stage}" if row else f"      session {ERASED}")
    for _, item in items:
        told_item = f"{item.kind}: {item.text or ERASED}" if item else f"item {ERASED}"
        desk.show(f"      {told_item}")


def _session(desk: Desk, session: str) -> SessionRow | None:
    try:
        return desk.app.reading_store.session(session)
    except ReflectError:
        return None


def _item(desk: Desk, item: str) -> Carried | None:
    from reflect.application.carried import by_id

    return by_id(desk.app.reading_store, item)
