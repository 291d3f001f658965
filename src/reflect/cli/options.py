"""Values of options that need a look before they are used."""

from __future__ import annotations

import click


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An option's value when it is a day written YYYY-MM-DD, else a usage error."""
    from datetime import date

    try:
        if value is None or date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise click.BadParameter("a day is written YYYY-MM-DD", ctx, param)
