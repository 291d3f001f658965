"""That an id belongs to an installed pack is told where another pack is checked."""

from __future__ import annotations

from pathlib import Path

from reflect.application.authoring import check_pack
from reflect.diagnostics import Diagnostic, Severity
from reflect.packs.location import YOURS, Location
from reflect.settings import Home
from tests.packs.finding import application

PACK = """\
reflect: 1
pack: {}
version: 1.0.0
title: T
language: en
opening:
  - id: a
    ask: A?
    answer: yesno
"""


def found(home: Home, folder: Path, name: str) -> list[Diagnostic]:
    """What a check says about the id of a pack with the id `name` in `folder`."""
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK.format(name))
    told = check_pack(application(home), Location(YOURS, str(folder)))
    return [one for one in told if one.code == "pack-id-taken"]


def test_the_id_of_a_shipped_pack_is_taken(home: Home, tmp_path: Path) -> None:
    for folder in (tmp_path / "draft", home.packs / "mine"):
        (one,) = found(home, folder, "four-stages")
        assert one.severity is Severity.WARNING
        assert (one.place.line, one.place.column) == (2, 7)
        assert "four-stages/pack.yaml" in one.message
        assert one.hint == "Give this one an id of its own."


def test_other_ids_are_free(home: Home, tmp_path: Path) -> None:
    assert found(home, tmp_path / "draft", "five-stages") == []
    assert found(home, home.packs / "mine", "night-shift") == []
    assert found(home, tmp_path / "later", "night-shift") == []


def test_a_pack_does_not_take_its_own_id(home: Home) -> None:
    app = application(home)
    shipped = Path(app.catalogue.entry("catch-up").location.path)
    location = Location(YOURS, str(shipped / ".." / "catch-up"))
    assert "pack-id-taken" not in {one.code for one in check_pack(app, location)}
