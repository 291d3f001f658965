"""`reflect plugins allow`: let a plug-in with code take part."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError


@click.command()
@click.argument("name")
@pass_desk
def command(desk: Desk, name: str) -> None:
    """Let the plug-in NAME run, in the version that is installed now.

    A plug-in runs with all your rights and can read everything you have written;
    reflect cannot confine it. Another version is asked about again.
    """
    from reflect.cli.installed import discovered
    from reflect.plugins.consent import read_consents, write_consents

    found = discovered(desk)
    if name in found.names:
        desk.talk(f"{name} takes part already.")
        return
    version = dict(found.waiting).get(name)
    if version is None:
        raise _not_waiting(name, [waiting for waiting, _ in found.waiting])
    file = desk.app.home.create().consents
    write_consents(file, read_consents(file).allowing(name, version))
    desk.talk(
        f"{name} {version} takes part from now on. It can read everything you have written.\n"
        f"To take it back: reflect plugins forbid {name}"
    )


def _not_waiting(name: str, waiting: list[str]) -> ReflectError:
    from reflect.cli.meant import did_you_mean

    return ReflectError(
        "no-such-plugin",
        f"no plug-in called {name[:60]} waits for leave",
        did_you_mean(name, waiting, "reflect plugins"),
    )
