"""Which pack an id means, and scripts that are checked once and then kept."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reflect.errors import PackError
from reflect.packs import compile as compiling
from reflect.packs.location import Location
from reflect.script import Script, Single

from .conftest import Shelf, pack_text, settle

pytestmark = pytest.mark.usefixtures("cold")

BASE = """\
reflect: 1
pack: base
version: 1.0.0
title: Base
language: en
stages:
  - id: one
    title: One
    worked:
      - id: calm
        ask: {ask}
"""
SMALL = """\
reflect: 1
pack: small
version: 1.0.0
title: Smaller
language: en
extends: base
stages:
  - id: one
    worked:
      - id: calm
        how: One thing.
"""


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were checked, one entry for each time."""
    done: list[str] = []
    real = compiling.compile_pack

    def counted(files: compiling.PackFiles, **rest: object) -> compiling.Compiled:
        done.append(files.pack.file)
        return real(files, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling, "compile_pack", counted)
    return done


def first_words(script: Script) -> str:
    block = script.stages[0].worked[0]
    assert isinstance(block, Single)
    return str(block.question.ask[0][0])


def names(shelf: Shelf) -> list[str]:
    return [entry.name for entry in shelf.catalogue().entries()]


def test_shipped_come_first_then_plugins_then_yours(shelf: Shelf) -> None:
    for source in ("yours", "zeta", "shipped", "alpha"):
        shelf.put(source, f"of-{source}")
    assert names(shelf) == ["of-shipped", "of-alpha", "of-zeta", "of-yours"]


def test_an_id_stays_with_the_first_and_the_hidden_one_can_be_named(shelf: Shelf) -> None:
    shelf.put("yours", "ward", pack_text("ward", title="Mine"))
    shelf.put("shipped", "ward", pack_text("ward", title="Theirs"))
    catalogue = shelf.catalogue()
    assert names(shelf) == ["ward", "yours:ward"]
    assert catalogue.script("ward").title == "Theirs"
    assert catalogue.script("yours:ward").title == "Mine"
    assert catalogue.script("shipped:ward").title == "Theirs"
    (found,) = catalogue.diagnostics()
    assert found.code == "pack-id-taken" and "yours:ward" in found.hint
    assert found.place.file.endswith("yours/ward/pack.yaml")


def test_core_cannot_be_taken_and_is_not_listed(shelf: Shelf) -> None:
    shelf.put("yours", "core")
    assert names(shelf) == ["yours:core"]


def test_entries_say_what_the_pack_says(shelf: Shelf) -> None:
    shelf.put("ward-kit", "ward", pack_text("ward", "After the shift", more="about: For nurses."))
    (entry,) = shelf.catalogue().entries()
    assert (entry.id, entry.source, entry.title) == ("ward", "ward-kit", "After the shift")
    assert (entry.version, entry.language, entry.about) == ("1.0.0", "en", "For nurses.")
    assert not entry.hidden


def test_an_unknown_pack_is_answered_with_the_nearest(shelf: Shelf) -> None:
    shelf.put("yours", "ward-debrief")
    with pytest.raises(PackError) as caught:
        shelf.catalogue().script("ward-debreif\x1b[31m")
    assert (caught.value.code, caught.value.hint) == ("no-such-pack", "did you mean ward-debrief?")
    assert "\x1b" not in caught.value.message


def test_a_path_is_no_pack(shelf: Shelf) -> None:
    folder = shelf.put("yours", "ward")
    for name in (str(folder), "../yours/ward", "yours:", ":ward:", ""):
        with pytest.raises(PackError):
            shelf.catalogue().script(name)


def test_a_pack_with_errors_says_which(shelf: Shelf) -> None:
    shelf.put("yours", "bad", pack_text("bad").replace("id: snag", "id: calm"))
    catalogue = shelf.catalogue()
    with pytest.raises(PackError) as caught:
        catalogue.script("bad")
    assert caught.value.code == "pack-has-errors"
    assert "pack.yaml:" in caught.value.message and "calm" in caught.value.message
    compiled = catalogue.compiled("bad")
    assert compiled.script is None and compiled.diagnostics


def test_one_that_cannot_be_read_does_not_hide_the_others(shelf: Shelf) -> None:
    (shelf.put("yours", "link") / "pack.yaml").unlink()
    shelf.put("yours", "mess", "reflect: [[[\n")
    shelf.put("yours", "ward")
    catalogue = shelf.catalogue()
    assert [entry.id for entry in catalogue.entries()] == ["ward"]
    files = {found.place.file for found in catalogue.diagnostics()}
    assert {Path(file).parent.name for file in files} == {"link", "mess"}


def test_a_script_is_checked_once(shelf: Shelf, compilations: list[str]) -> None:
    shelf.put("yours", "ward")
    first = shelf.catalogue().script("ward")
    assert shelf.catalogue().script("ward") == first
    assert shelf.catalogue().compiled("ward").script == first
    assert len(compilations) == 1


def test_a_change_of_the_pack_is_noticed(shelf: Shelf, compilations: list[str]) -> None:
    shelf.put("yours", "ward", pack_text("ward", ask="What was calm?"))
    assert first_words(shelf.catalogue().script("ward")) == "What was calm?"
    folder = shelf.put("yours", "ward", pack_text("ward", ask="What was loud?"))
    (folder / "pack.yaml").touch()
    assert first_words(shelf.catalogue().script("ward")) == "What was loud?"
    assert len(compilations) == 2


def test_a_new_id_in_a_known_file_is_noticed(shelf: Shelf) -> None:
    folder = shelf.put("yours", "ward")
    assert names(shelf) == ["ward"]
    (folder / "pack.yaml").write_text(pack_text("site"))
    assert names(shelf) == ["site"]


def test_a_pack_being_written_is_read_again(shelf: Shelf) -> None:
    """Two versions written within one tick of the clock have the same size and time."""
    file = shelf.put("yours", "ward") / "pack.yaml"
    now = time.time_ns() + 10_000_000_000  # however long the reading takes on a busy machine
    for identifier in ("ward", "site"):
        file.write_text(pack_text(identifier))
        os.utime(file, ns=(now, now))
        assert names(shelf) == [identifier]


def test_a_change_of_the_base_is_noticed(shelf: Shelf) -> None:
    shelf.put("shipped", "base", BASE.format(ask="What was calm?"))
    shelf.put("yours", "small", SMALL)
    assert first_words(shelf.catalogue().script("small")) == "What was calm?"
    base = shelf.put("shipped", "base", BASE.format(ask="What was loud?"))
    (base / "pack.yaml").touch()
    assert first_words(shelf.catalogue().script("small")) == "What was loud?"


def test_another_pack_taking_the_bases_id_is_noticed(shelf: Shelf) -> None:
    shelf.put("zeta", "base", BASE.format(ask="What was calm?"))
    shelf.put("yours", "small", SMALL)
    assert first_words(shelf.catalogue().script("small")) == "What was calm?"
    shelf.put("alpha", "base", BASE.format(ask="What was loud?"))
    assert first_words(shelf.catalogue().script("small")) == "What was loud?"


def test_what_was_found_is_kept_too(shelf: Shelf, compilations: list[str]) -> None:
    shelf.put("shipped", "base", BASE.format(ask="What was calm?"))
    shelf.put("yours", "small", SMALL.replace("language: en", "language: de"))
    first = shelf.catalogue().findings("small")
    assert [one.code for one in first] == ["missing-translation"]
    assert shelf.catalogue().findings("small") == first
    assert shelf.catalogue().compiled("small").diagnostics == first
    assert len(compilations) == 1


def test_another_pack_beside_it_is_no_reason_to_check_again(
    shelf: Shelf, compilations: list[str]
) -> None:
    shelf.put("shipped", "base", BASE.format(ask="What was calm?"))
    shelf.put("yours", "small", SMALL)
    first = shelf.catalogue().script("small")
    shelf.put("yours", "ward")
    assert shelf.catalogue().script("small") == first
    assert len(compilations) == 1


def test_a_translation_that_is_added_is_noticed(shelf: Shelf) -> None:
    folder = shelf.put("yours", "ward")
    assert shelf.catalogue().script("ward", "de").language == "en"
    (folder / "translations").mkdir()
    (folder / "translations" / "de.yaml").write_text(
        "reflect: 1\npack: ward\nlanguage: de\nworked:\n  - id: calm\n    ask: Was war ruhig?\n"
    )
    settle(folder)
    script = shelf.catalogue().script("ward", "de")
    assert (script.language, first_words(script)) == ("de", "Was war ruhig?")
    assert shelf.catalogue().script("ward", "en").language == "en"


def test_another_vocabulary_is_another_check(shelf: Shelf, compilations: list[str]) -> None:
    shelf.put("yours", "ward")
    shelf.catalogue().script("ward")
    shelf.cues = {**shelf.cues, "thankful": "says thanks"}
    shelf.catalogue().script("ward")
    assert len(compilations) == 2


def test_errors_are_not_kept(shelf: Shelf, compilations: list[str]) -> None:
    shelf.put("yours", "bad", pack_text("bad").replace("id: snag", "id: calm"))
    for _ in range(2):
        assert shelf.catalogue().compiled("bad").script is None
    assert len(compilations) == 2
    assert "duplicate-id" in {one.code for one in shelf.catalogue().findings("bad")}


def test_a_damaged_cache_is_made_again(shelf: Shelf) -> None:
    shelf.put("yours", "ward")
    first = shelf.catalogue().script("ward")
    for file in shelf.cache.iterdir():
        file.write_bytes(b"\xc1" + file.read_bytes()[1:])
    assert shelf.catalogue().script("ward") == first


def test_a_location_that_went_is_reported(shelf: Shelf) -> None:
    shelf.locations.append(Location("yours", str(shelf.folder / "gone")))
    (found,) = shelf.catalogue().diagnostics()
    assert found.code == "pack-not-readable"


# --- what is told of all packs ---


def test_what_is_told_of_all_packs_is_made_once_until_one_changes(shelf: Shelf, tmp_path: Path):
    source = tmp_path / "code.py"
    source.write_text("first")
    settle(tmp_path)
    made: list[int] = []

    def told() -> int:
        def make() -> int:
            made.append(len(made))
            return len(made)

        return shelf.catalogue().once("told", int, make, (str(source),))

    shelf.put("yours", "one")
    assert [told(), told()] == [1, 1]
    shelf.put("yours", "one", pack_text("one", title="Another title"))
    assert [told(), told()] == [2, 2]
    shelf.put("yours", "two")
    assert [told(), told()] == [3, 3]
    source.write_text("another form")
    settle(tmp_path)
    assert [told(), told()] == [4, 4]
    shelf.cues["new"] = "a cue of a plug-in"
    assert [told(), told()] == [5, 5]
