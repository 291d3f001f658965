"""`reflect review`: the mentor's side."""

from __future__ import annotations

import sys

import click

from reflect.cli.commands import REVIEW_COMMANDS
from reflect.cli.lazy import LazyGroup

_OPEN = "open"


class ReviewGroup(LazyGroup):
    """What is no command is a file to open: `review FILE` is `review open FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does, the word put in where it was left out."""
        if args and args[0] not in (*self._modules, *ctx.help_option_names):
            args = args if ctx.resilient_parsing else [_OPEN, *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=ReviewGroup,
    modules=REVIEW_COMMANDS,
    invoke_without_command=True,
    subcommand_metavar="[FILE | COMMAND [ARGS]...]",
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """For mentors: read what was shared with you, and answer.

    `reflect review FILE` opens a file. `reflect review` alone goes through whatever waits, one
    thing at a time. WHO is a name or a number of `review list`; left out, it is the one you looked
    at last. N is a number of `review show`.
    """
    if ctx.invoked_subcommand is not None:
        return
    if sys.stdin.isatty():
        from reflect.cli.review_guided import guide

        guide(ctx)
        return
    from reflect.cli.review_list import command as listing

    ctx.invoke(listing)
