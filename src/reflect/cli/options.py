"""Options that several commands have, and values that need a look before they are used."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An option's value when it is a day written YYYY-MM-DD, else a usage error."""
    from datetime import date

    try:
        if value is None or date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise click.BadParameter("a day is written YYYY-MM-DD", ctx, param)


def _choose(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    desk = ctx.find_object(Desk)
    if value is not None and desk is not None and not ctx.resilient_parsing:
        desk.app.wanted = value


def _take_all(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    desk = ctx.find_object(Desk)
    if value and desk is not None:
        desk.all_mentorships = True


mentorship_option = click.option(
    "--mentorship",
    metavar="NAME",
    expose_value=False,
    callback=_choose,
    help="Of several mentorships, this one.",
)
"""Names the mentorship that `Application.relation` gives; without it, the one used last."""

all_mentorships_option = click.option(
    "--all-mentorships",
    is_flag=True,
    expose_value=False,
    callback=_take_all,
    help="Of every mentorship.",
)
"""Sets `Desk.all_mentorships`, which `reflect.cli.sessions.scope` looks at."""
