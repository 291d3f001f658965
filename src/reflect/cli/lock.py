"""`reflect lock`: everything kept under a passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.passphrase import new_passphrase, passphrase_option
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.settings import Home

_BEFORE = """\
Your reflections will be encrypted with a passphrase, and it is asked for at every start.
If you forget it, nobody can bring them back: not we, not your mentor, no expert.
`reflect lock --sheet` prints a code for such a day, to be kept on paper.
Four or five words that do not belong together make a good passphrase."""


@click.command()
@click.option("--change", is_flag=True, help="Take another passphrase.")
@click.option("--confirm", is_flag=True, help="Erase what was kept from before.")
@click.option("--sheet", is_flag=True, help="Print a recovery sheet, to be kept on paper.")
@click.option(
    "--keyring/--no-keyring",
    default=None,
    help="Let the keyring of this computer open it, or no longer.",
)
@passphrase_option
@pass_desk
def command(desk: Desk, change: bool, confirm: bool, sheet: bool, keyring: bool | None) -> None:
    """Lock everything you have written with a passphrase.

    It is encrypted in a new file, which is read again before it takes the old one's
    place. The old one is kept until you confirm that the new one opens.
    """
    if change and confirm:
        raise UsageError("one-at-a-time", "--change and --confirm are two steps", "One at a time.")
    if change:
        _change(desk)
    elif confirm:
        _confirm(desk)
    elif _is_meant(desk, other=sheet or keyring is not None) and keyring is not False:
        _lock(desk)
    if keyring is not None:
        _keyring(desk, wanted=keyring)
    if sheet:
        _sheet(desk)


def _is_meant(desk: Desk, *, other: bool) -> bool:
    """Whether to lock: a sheet, or the keyring, is for a record that may be locked already."""
    from reflect.application.locking import is_locked

    return not (other and is_locked(desk.app.home))


def _lock(desk: Desk) -> None:
    from reflect.application.locking import lock, refuse_locked

    refuse_locked(desk.app)
    desk.talk(_BEFORE)
    lock(desk.app, new_passphrase(desk))
    desk.talk("Locked. The new file was read again and holds everything.")
    for line in _readable(desk.app.home):
        desk.talk(line)


def _change(desk: Desk) -> None:
    from reflect.application.locking import change, key_of

    key_of(desk.app)
    change(desk.app, new_passphrase(desk))
    desk.talk(
        "Changed. The old passphrase, and a sheet printed before, open it no longer; backups"
        " from before still open with the old one."
    )
    for line in _readable(desk.app.home):
        desk.talk(line)


def _confirm(desk: Desk) -> None:
    from reflect.application.locking import confirm
    from reflect.sharing.layout import counted

    number = confirm(desk.app)
    if not number:
        desk.talk("There is nothing left from before.")
        return
    desk.talk(
        f"It opens. {counted(number, 'file')} from before written over and deleted.\n"
        "Free blocks of the disk may still hold what was there before it was locked, and a"
        " solid-state disk keeps more of them than it says. Only a disk that is encrypted as a"
        " whole leaves nothing."
    )


def _keyring(desk: Desk, *, wanted: bool) -> None:
    from reflect.application.locking import forget_in_keyring, put_into_keyring

    if wanted:
        done = put_into_keyring(desk.app)
        said = "The keyring of this computer opens it now; where it does not, you are asked."
        otherwise = "The keyring of this computer could not be used. You will be asked as before."
    else:
        done = forget_in_keyring(desk.app)
        said = "The keyring does not open it any longer."
        otherwise = "The keyring did not answer; look there for an entry called reflect."
    desk.talk(said if done else otherwise)


def _sheet(desk: Desk) -> None:
    from reflect.application.locking import key_of
    from reflect.cli.recovery_sheet import sheet

    desk.show(sheet(desk.app.home, key_of(desk.app), desk.app.now().date()))


def _readable(home: Home) -> Iterator[str]:
    """What can still be read beside the record."""
    from reflect.application.locking import beside
    from reflect.sharing.layout import counted

    there = beside(home)
    if there.before is not None:
        yield (
            f"The file from before is kept: {there.before}\n"
            "When you have seen that your passphrase opens the new one: reflect lock --confirm"
        )
    if there.backups:
        yield (
            f"{counted(there.backups, 'backup')} in {home.backups} can be read by whoever has the"
            " file. Delete what you do not need; `reflect backup` makes a locked one."
        )
    if there.exports:
        yield f"{counted(there.exports, 'export')} in {home.exports} can be read, too."
    yield (
        "Not reached: backups and exports elsewhere, what you have shared, and free blocks of"
        " the disk."
    )
