"""The commands of the program: ours, and behind them those of plug-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.desk import Desk
from reflect.cli.lazy import LazyGroup
from reflect.errors import ReflectError
from reflect.settings import Home

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RootGroup(LazyGroup):
    """Looks among plug-ins for a command that is none of ours, and lists theirs under their own heading.

    What they bring is known without loading them; where no plug-in with code was ever
    allowed, nothing is even looked up.
    """

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Ours, else that of a plug-in."""
        found = super().get_command(ctx, cmd_name)
        if found is not None or ctx.resilient_parsing or cmd_name not in self._foreign(ctx):
            return found
        desk = ctx.find_object(Desk)
        assert desk is not None
        named = desk.app.plugins.named_commands()
        return next((command for _, command in named if command.name == cmd_name), None)

    def names(self, ctx: click.Context) -> Iterable[str]:
        """Every name that can be meant."""
        return (*super().names(ctx), *self._foreign(ctx))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Ours, then those of plug-ins."""
        super().format_commands(ctx, formatter)
        foreign = self._foreign(ctx)
        if foreign:
            with formatter.section("Commands of plug-ins"):
                formatter.write_dl([(name, line or "…") for name, line in foreign.items()])

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command; what a plug-in's raises is the plug-in's fault."""
        try:
            return super().invoke(ctx)
        except (ReflectError, click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except SystemExit as stop:
            if ctx.invoked_subcommand in (None, *self._modules):
                raise
            return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except Exception as error:
            name = ctx.invoked_subcommand
            if name is None or name in self._modules or isinstance(error, BrokenPipeError):
                raise
            raise _failed(ctx, name, error) from None

    def _foreign(self, ctx: click.Context) -> Mapping[str, str]:
        """The commands of plug-ins with a line of help each, by name; none when that cannot be told."""
        from reflect.text import for_terminal

        desk = ctx.find_object(Desk)
        if desk is None or desk.no_plugins:
            return {}
        try:
            if not Home.find(desk.environ).consents.exists():
                return {}
            found = desk.app.discovery.commands
        except (ReflectError, OSError):
            return {}
        return {
            name: for_terminal(line) for name, line in found.items() if name not in self._modules
        }


def _failed(ctx: click.Context, name: str, error: Exception) -> ReflectError:
    """A command of a plug-in came to grief: who, and where, and not what the error says."""
    from reflect.plugins.isolation import raised

    desk = ctx.find_object(Desk)
    assert desk is not None
    places = (one.place for one in desk.app.discovery.plugins if name in one.commands)
    message = f"the plug-in {next(places, '')} failed in its command {name}: {raised(error)}"
    return ReflectError("plugin-failed", message, "Tell its author.")
