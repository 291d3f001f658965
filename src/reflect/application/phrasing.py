"""The phrases of sheets, pages and screens that are about sharing, in the language of a mentorship."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.packs.phrases import Phrases

FOLDER = "sharing"


def phrases(app: Application, language: str) -> Phrases:
    """What is said about sharing, in `language` if there is a file for it, else in English."""
    from reflect.packs.phrases import read_phrases
    from reflect.plugins.shipped import CORE, shipped_folder

    return read_phrases(shipped_folder() / CORE / FOLDER, language, app.cache)
