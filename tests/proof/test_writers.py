"""Whatever is killed, refused or cut off: no command is forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import click
from proof.writers import COMMANDS, ELSEWHERE, LOOKS, MAKES_AGAIN

from reflect.cli.main import root


def names(command: click.Command, typed: tuple[str, ...] = ()) -> Iterator[str]:
    """What is typed for `command` or, where it is a group, for each command in it."""
    if not isinstance(command, click.Group):
        yield " ".join(typed)
        return
    if command.invoke_without_command:
        yield " ".join(typed)
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from names(found, (*typed, name))


def test_every_command_is_killed_or_has_a_reason_not_to_be() -> None:
    killed = [one.name.partition(" --")[0] for one in COMMANDS]
    told = [*killed, *ELSEWHERE, *MAKES_AGAIN, *LOOKS]
    assert sorted(told) == sorted(set(told))
    assert set(told) == set(names(root))
