"""Which languages are spoken here, and in which of them nothing can be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reflect.application.wiring import Application
    from reflect.diagnostics import Diagnostic


def is_silent(app: Application, language: str) -> bool:
    """Whether there are no word lists for `language`, so that nothing is heard in it."""
    return not app.lexicon(language).lists


def unheard(app: Application) -> Iterator[Diagnostic]:
    """A warning for each language of a pack or a mentorship for which there are no word lists.

    Raises `ReflectError` where the catalogue or the record cannot be read.
    """
    from reflect.diagnostics import Diagnostic, Place, Severity

    told: set[str] = set()
    for language, place in _spoken(app):
        if language not in told and is_silent(app, language):
            told.add(language)
            yield Diagnostic(
                "language-unheard",
                Severity.WARNING,
                Place(place),
                f"There are no word lists for the language “{language}”: questions are asked, and nothing is followed up.",
                "Bring lexicon/*.yaml for it in a plug-in (docs/plugins.md).",
            )


def _spoken(app: Application) -> Iterator[tuple[str, str]]:
    """Each language with the file or the record that speaks it."""
    from reflect.application.mentorships import relations
    from reflect.packs.location import languages

    for entry in app.catalogue.entries():
        for language in (entry.language, *languages(entry.location)):
            yield language, entry.location.file
    if app.kept:
        for relation in relations(app):
            yield relation.language, str(app.home.database)
