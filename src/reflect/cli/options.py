"""Kinds of values that options take."""

from __future__ import annotations

import click


class Day(click.ParamType):
    """A day written YYYY-MM-DD; stays text."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """`value` when it is a day, else a usage error."""
        from datetime import date

        try:
            if date.fromisoformat(value).isoformat() == value:
                return value
        except ValueError:
            pass
        self.fail("a day is written YYYY-MM-DD", param, ctx)


DAY = Day()
