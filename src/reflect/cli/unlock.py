"""`reflect unlock`: without a passphrase from now on."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.passphrase import passphrase_option
from reflect.errors import ReflectError


@click.command()
@click.option("--confirm", is_flag=True, help="Erase the locked file that was kept from before.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@passphrase_option
@pass_desk
def command(desk: Desk, confirm: bool, yes: bool) -> None:
    """Take the passphrase away for good.

    Whoever can read the files of your account can read everything then. A locked
    backup stays locked.
    """
    from reflect.application import locking

    if confirm:
        _confirm(desk)
        return
    locking.key_of(desk.app)
    question = "Whoever can read your files can read your reflections then. Unlock them?"
    if not yes and not desk.agrees(question):
        raise ReflectError("not-unlocked", "They are still locked.", "Say yes, or use --yes.")
    locking.unlock(desk.app)
    desk.talk(
        "Unlocked. The new file was read again and holds everything; no passphrase is asked any more.\n"
        f"The locked file is kept: {locking.beside(desk.app.home).before}\n"
        "To erase it: reflect unlock --confirm"
    )


def _confirm(desk: Desk) -> None:
    from reflect.application.locking import confirm
    from reflect.sharing.layout import counted

    number = confirm(desk.app)
    if number:
        desk.talk(f"It opens. {counted(number, 'file')} from before deleted.")
    else:
        desk.talk("There is nothing left from before.")
