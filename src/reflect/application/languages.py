"""Which language a conversation is in: as asked for, as settled, or as the machine speaks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from reflect.errors import UsageError
from reflect.packs.location import languages

if TYPE_CHECKING:
    from reflect.application.wiring import Application

DEFAULT = "en"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""Environment variables in the order in which POSIX lets them decide."""


def known_languages(app: Application) -> tuple[str, ...]:
    """Every language that some pack speaks, by name."""
    entries = app.catalogue.entries()
    spoken = {entry.language for entry in entries}
    spoken.update(language for entry in entries for language in languages(entry.location))
    return tuple(sorted(spoken))


def asked_for(app: Application, language: str) -> str:
    """The known language that `language` names, a region set aside. UsageError "no-such-language"."""
    known = known_languages(app)
    found = _nearest(language, known)
    if found is None:
        hint = f"One of: {', '.join(known)}"
        raise UsageError("no-such-language", "no pack speaks that language", hint)
    return found


def usual_language(app: Application) -> str:
    """The machine's language, when the engine's own words are translated into it; else English."""
    return _nearest(locale_of(app.environ), (DEFAULT, *app.catalogue.core.translations)) or DEFAULT


def locale_of(environ: Mapping[str, str]) -> str:
    """The language of the locale in `environ`, such as de or pt-BR; "" for none."""
    named = next((environ[name] for name in _LOCALE if environ.get(name)), "")
    language = named.partition(".")[0].partition("@")[0].replace("_", "-")
    return "" if language in ("C", "POSIX") else language


def _nearest(language: str, known: Iterable[str]) -> str | None:
    """`language` as it is known: exactly, or without its region."""
    names = {name.casefold(): name for name in known}
    wanted = language.replace("_", "-").casefold()
    return names.get(wanted) or names.get(wanted.partition("-")[0])
