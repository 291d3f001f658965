"""`reflect plugins forbid`: take back the leave that a plug-in was given."""

from __future__ import annotations

from collections.abc import Iterable

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.errors import ReflectError


@click.command()
@click.argument("name")
@pass_desk
def command(desk: Desk, name: str) -> None:
    """Take back the leave of the plug-in NAME.

    It does not run from the next start on. What it has read or done before is not undone.
    """
    from reflect.plugins.consent import read_consents, write_consents

    file = desk.app.home.consents
    consents = read_consents(file)
    if name not in consents.allowed:
        raise _not_allowed(name, consents.allowed)
    write_consents(file, consents.without(name))
    desk.talk(f"{name} takes no part from now on. To let it in again: reflect plugins allow {name}")


def _not_allowed(name: str, allowed: Iterable[str]) -> ReflectError:
    from reflect.cli.meant import did_you_mean

    return ReflectError(
        "no-such-plugin",
        f"no plug-in called {name[:60]} was given leave",
        did_you_mean(name, allowed, "reflect plugins"),
    )
