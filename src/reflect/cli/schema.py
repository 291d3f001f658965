"""`reflect schema`: the published forms of what reflect writes."""

from __future__ import annotations

import click

from reflect.cli.commands import SCHEMA_COMMANDS
from reflect.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, modules=SCHEMA_COMMANDS, no_args_is_help=False)
def command() -> None:
    """JSON Schemas of what reflect writes."""
