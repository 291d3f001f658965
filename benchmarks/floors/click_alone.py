"""The floor of every command: Python and click, a group with a version and one command."""

import sys

import click


@click.group(invoke_without_command=True)
@click.version_option("1")
@click.pass_context
def root(ctx: click.Context) -> None:
    """Ask something."""
    if ctx.invoked_subcommand is None:
        click.echo("How are you?")
        if sys.stdin.isatty():
            sys.stdin.readline()


@root.command()
def history() -> None:
    """List something."""
    click.echo("nothing")


root()
