"""The language of a conversation: as asked for, as settled, or as the machine speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.application.languages import asked_for, known_languages, locale_of, usual_language
from reflect.application.wiring import Application
from reflect.errors import UsageError
from reflect.settings import NO_PLUGINS
from reflect.terminal.opening import Opening, Wishes
from tests.terminal.screens import Hand


def make(tmp_path: Path, **environ: str) -> Application:
    return Application({"REFLECT_HOME": str(tmp_path / "home"), **environ}, plugins=NO_PLUGINS)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, ""),
        ({"LANG": "de_DE.UTF-8"}, "de-DE"),
        ({"LANG": "es"}, "es"),
        ({"LANG": "de_DE", "LC_MESSAGES": "es_ES.UTF-8"}, "es-ES"),
        ({"LANG": "de_DE", "LC_ALL": "C"}, ""),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de-DE"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "de_DE@euro"}, "de-DE"),
    ],
)
def test_what_the_locale_says(environ: dict[str, str], language: str) -> None:
    assert locale_of(environ) == language


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de_AT.UTF-8", "de"), ("es_MX", "es"), ("tlh_QO", "en"), ("POSIX", "en"), ("en_GB", "en")],
)
def test_the_machines_language_counts_when_the_engine_speaks_it(
    tmp_path: Path, locale: str, language: str
) -> None:
    assert usual_language(make(tmp_path, LANG=locale)) == language


def test_a_language_that_no_pack_speaks(tmp_path: Path) -> None:
    app = make(tmp_path)
    assert set(known_languages(app)) >= {"en", "de", "es"}
    assert asked_for(app, "DE") == asked_for(app, "de-CH") == "de"
    with pytest.raises(UsageError, match="no pack speaks") as caught:
        asked_for(app, "tlh")
    assert "de, en, es" in caught.value.hint


def first_run(app: Application, language: str | None = None) -> tuple[Hand, str]:
    """The first run, and the language that is settled afterwards."""
    screen = Hand(["Ada", "Grace", "1", "1"])
    session, _ = Opening(app, screen, Wishes(language=language)).begin()
    relation = app.relation()
    assert relation is not None
    assert session.dialogue.started.language == relation.language
    session.pause()
    app.close()
    return screen, relation.language


def test_the_first_run_speaks_and_keeps_the_machines_language(tmp_path: Path) -> None:
    screen, language = first_run(make(tmp_path, LANG="de_DE.UTF-8"))
    assert language == "de" and "Hallo" in screen.flat


def test_what_was_asked_for_comes_before_the_locale(tmp_path: Path) -> None:
    screen, language = first_run(make(tmp_path, LANG="de_DE.UTF-8"), "es")
    assert language == "es" and "Hola" in screen.flat


def test_a_later_wish_is_for_one_session_only(tmp_path: Path) -> None:
    first_run(make(tmp_path, LANG="en_GB.UTF-8"))
    app = make(tmp_path, LANG="en_GB.UTF-8")
    for language, settled in (("de", "en"), (None, "en")):
        session, _ = Opening(app, Hand(["1"]), Wishes(language=language, new=True)).begin()
        assert session.dialogue.started.language == (language or "en")
        assert app.relation().language == settled  # type: ignore[union-attr]
        session.pause()
    app.close()
