"""Which of the packs at hand a sentence of the mentee's calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.packs.suggest import Shelf, Suggestion
    from reflect.script import Role, Script

MOST = 3


def suggestions(
    app: Application, sentence: str, role: Role, language: str, *, foreign: bool = True
) -> tuple[Suggestion, ...]:
    """Up to three packs that can be asked of a `role`, the best first, in `language` where they have it.

    Packs that do not speak it are left out where `foreign` ones are not wanted.
    """
    heard = _heard(app, sentence, language)
    return shelf(app, role, language, foreign=foreign).suggest(sentence, heard)[:MOST]


def shelf(app: Application, role: Role, language: str, *, foreign: bool = True) -> Shelf:
    """The packs that can be asked of a `role`, as `suggestions` looks through them."""
    from reflect.packs.suggest import Shelf

    common = frozenset(app.lexicon(language).lists.get("function-words", ()))
    return Shelf(_packs(app, role, language, foreign=foreign), common)


def _packs(app: Application, role: Role, language: str, *, foreign: bool) -> dict[str, Script]:
    """The scripts that can be asked of a `role`; a pack with an error is left out."""
    found: dict[str, Script] = {}
    for entry in app.catalogue.entries():
        if entry.audience in ("both", role) and not entry.hidden:
            script = _script(app, entry.name, (language, None) if foreign else (language,))
            if script is not None:
                found[entry.name] = script
    return found


def _script(app: Application, name: str, languages: tuple[str | None, ...]) -> Script | None:
    """The pack called `name` in the first of `languages` that it has; None stands for its own."""
    for wanted in languages:
        try:
            return app.script(name, wanted)
        except PackError:
            continue
    return None


def _heard(app: Application, sentence: str, language: str) -> tuple[str, ...]:
    """The kinds of challenge heard in `sentence`."""
    from reflect.events import Expectation, Listen
    from reflect.listening.challenges import KINDS
    from reflect.script import Signal

    listen = tuple(
        Listen(number, Signal("answer", "cue", kind)) for number, kind in enumerate(KINDS)
    )
    said = app.ear(language).hear(sentence, Expectation(listen=listen), app.now())
    return tuple(kind for number, kind in enumerate(KINDS) if said.heard.get(number) is not None)
