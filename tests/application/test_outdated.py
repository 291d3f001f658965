"""After an update the first command that looks brings the record up to date, where it may be written."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from reflect.application.wiring import Application
from reflect.errors import StoreError
from reflect.transcripts.migrations import LATEST, SCHEMA


@pytest.fixture
def app(tmp_path: Path) -> Application:
    return Application({"REFLECT_HOME": str(tmp_path / "home"), "REFLECT_PLUGINS": "none"})


def _first_form(app: Application) -> None:
    """A record as the first version made it."""
    app.home.create()
    db = apsw.Connection(str(app.home.database))
    db.execute((SCHEMA / "0001.sql").read_text(encoding="utf-8"))
    db.pragma("user_version", 1)
    db.close()


def _version(app: Application) -> int:
    db = apsw.Connection(str(app.home.database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(db.pragma("user_version"))
    finally:
        db.close()


def test_a_command_that_looks_brings_it_up_to_date(app: Application) -> None:
    _first_form(app)
    assert app.reading_store.sessions() == []
    app.close()
    assert _version(app) == LATEST
    assert app.reading_store.read_only
    app.close()


def test_where_nothing_may_be_written_it_says_so(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first_form(app)
    monkeypatch.setattr(
        Application,
        "store",
        property(lambda _: (_ for _ in ()).throw(StoreError("store-read-only", "no", ""))),
    )
    with pytest.raises(StoreError) as caught:
        _ = app.reading_store
    assert caught.value.code == "store-read-only"
    assert _version(app) == 1
