"""`reflect shared`: what went to whom, when, and in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.commands import SHARED_COMMANDS
from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.lazy import LazyGroup
from reflect.cli.options import mentorship_option

if TYPE_CHECKING:
    from reflect.events import BundleShared


@click.group(cls=LazyGroup, modules=SHARED_COMMANDS, invoke_without_command=True)
@mentorship_option
@json_option
@pass_desk
@click.pass_context
def command(ctx: click.Context, desk: Desk, as_json: bool) -> None:
    """List the files you have made for others; `reflect shared show N` tells what was in one.

    The list tells what was made. A file that has left your computer cannot be called back.
    """
    if ctx.invoked_subcommand is None:
        _list(desk, as_json=as_json)


def _list(desk: Desk, *, as_json: bool) -> None:
    from reflect.application.sharing_wish import shared_files

    relation = desk.app.relation()
    found = list(enumerate(shared_files(desk.app, relation) if relation else (), 1))
    gone = {file.replaces for _, file in found}
    if as_json:
        desk.json({"shared": [record(number, file, gone) for number, file in found]})
        return
    for number, file in found:
        desk.show(line(number, file, gone))
    if not found:
        desk.talk("Nothing was shared yet. To see what would be: reflect share --preview")


def record(number: int, file: BundleShared, replaced: set[str]) -> dict[str, object]:
    """One file as JSON tells of it."""
    return {
        "number": number,
        "at": file.at,
        "to": file.to,
        "form": file.form,
        "share": file.share,
        "sessions": list(file.sessions),
        "answers": file.answers,
        "items": len(file.items),
        "replaces": file.replaces or None,
        "replaced": file.share in replaced,
    }


def line(number: int, file: BundleShared, replaced: set[str]) -> str:
    """One file on one line."""
    from reflect.sharing.layout import counted

    answers, items = counted(file.answers, "answer"), counted(len(file.items), "item")
    state = "; another took its place" if file.share in replaced else ""
    state += "; in place of an earlier one" if file.replaces else ""
    return f"{number:4}  {file.at[:10]}  {file.to}, {file.form}: {answers}, {items}{state}"
