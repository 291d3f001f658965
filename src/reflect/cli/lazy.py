"""A group of commands whose modules are imported only when they are used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

import click

from reflect.errors import UsageError


class LazyGroup(click.Group):
    """`modules` gives for each command the module of this room that holds it as `command`."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the table."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command called `cmd_name`; None when there is none."""
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"reflect.cli.{module}").command
        return command

    def names(self, ctx: click.Context) -> Iterable[str]:
        """Every name that can be meant."""
        return self._modules

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; `UsageError` "no-such-command" names the nearest."""
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not name.startswith("-") and not ctx.resilient_parsing:
            raise _no_such_command(ctx, name, self.names(ctx))
        return super().resolve_command(ctx, args)


def _no_such_command(ctx: click.Context, name: str, names: Iterable[str]) -> UsageError:
    from reflect.cli.meant import did_you_mean

    message = f"there is no command {name[:40]}"
    return UsageError(
        "no-such-command", message, did_you_mean(name, names, f"{ctx.command_path} --help")
    )
