"""`reflect key sheet`: your secret key on paper."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.replacing import check_leave, force_option
from reflect.errors import ReflectError


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, instead of stdout.")
@click.option("--yes", is_flag=True, help="Do not ask before it is shown on the screen.")
@force_option
@pass_desk
def command(desk: Desk, output: Path | None, yes: bool, force: bool) -> None:
    """Write a recovery sheet to print: your secret key in three lines that can be typed back.

    Without your key nobody can open what was sealed for you: not you, not we. The sheet and your
    backups are the only ways to have it again.
    """
    from reflect.application.keeping_keys import own_key
    from reflect.sharing.files import put_file
    from reflect.sharing.recovery import sheet

    desk.talk(
        "If you lose your key, nobody can open what was sealed for you: there is no second way in."
        " If somebody else has it, they can open it too. Keep the sheet as you keep a passport."
    )
    if output is not None:
        check_leave(desk, output, force=force)
    elif desk.on_screen and not yes and not desk.agrees("Show the secret key here?"):
        raise ReflectError("not-shown", "Nothing was shown.", "A file: reflect key sheet -o FILE")
    text = sheet(own_key(desk.app), desk.app.now().date().isoformat())
    if output is None:
        desk.data(text.rstrip("\n"))
        return
    put_file(output, text.encode())
    desk.talk(f"Written to {output}. Print it, then delete the file.")
