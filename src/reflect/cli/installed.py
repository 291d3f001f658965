"""What plug-ins a run has, looked for afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.cli.desk import Desk

if TYPE_CHECKING:
    from reflect.plugins.discovery import Discovery


def discovered(desk: Desk) -> Discovery:
    """What is installed now, and what is wrong with it."""
    from reflect.plugins.discovery import discover

    app = desk.app
    return discover(app.cache, app.choice, app.consents, afresh=True)
