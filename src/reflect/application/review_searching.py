"""Searching everything that was shared with a mentor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.application.reviewing import case, listed, named

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.review.case import Case
    from reflect.review.searching import Fits, Found


class Hit(NamedTuple):
    """What was found, and of whom."""

    mentee: str
    found: Found

    def __repr__(self) -> str:
        return "<Hit>"


def search(app: Application, words: str, who: str | None = None) -> list[Hit]:
    """Where all `words` stand, newest first; of `who`, or of everybody. Endings count only if nothing fits.

    Raises `UsageError` as `reviewing.named` does.
    """
    from reflect.review.searching import fits

    lines = [named(app, who)] if who else listed(app)
    cases = [case(app, line.name) for line in lines]
    return _hits(cases, fits(words)) or _hits(cases, fits(words, endings=True))


def _hits(cases: list[Case], fitting: Fits) -> list[Hit]:
    from reflect.review.searching import search as search_case

    found = [Hit(one.mentee, hit) for one in cases for hit in search_case(one, fitting)]
    return sorted(found, key=lambda hit: hit.found.day, reverse=True)
