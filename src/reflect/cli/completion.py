"""`reflect completion`: what a shell needs to complete our commands."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@pass_desk
@click.pass_context
def command(ctx: click.Context, desk: Desk, shell: str) -> None:
    """The completion script for your shell.

    For bash: reflect completion bash > ~/.local/share/bash-completion/completions/reflect
    """
    from click.shell_completion import get_completion_class

    from reflect.cli.main import COMPLETION, PROGRAM

    kind = get_completion_class(shell)
    assert kind is not None
    complete = kind(ctx.find_root().command, {}, PROGRAM, COMPLETION)
    # Not `source()`: for bash it starts one to ask for its version.
    desk.data((complete.source_template % complete.source_vars()).strip())
