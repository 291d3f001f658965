"""Lexicons are read from YAML, joined by language, and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.packs import lexicon as room
from reflect.packs.cache import Cache
from reflect.packs.lexicon import Lexicons, read_lexicons
from reflect.plugins.shipped import shipped_lexicons

from .conftest import settle

pytestmark = pytest.mark.usefixtures("cold")

ENGLISH = "language: en\nlists:\n  low:\n    - sad\n    - worn out\n"


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    (tmp_path / "cache").mkdir()
    return Cache(tmp_path / "cache")


def read(cache: Cache, *files: Path) -> Lexicons:
    return read_lexicons(map(str, files), cache)


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text)
    settle(folder)
    return file


def test_lists_are_read_by_name(cache: Cache, tmp_path: Path) -> None:
    found = read(cache, written(tmp_path, "en.yaml", ENGLISH))
    assert found.language("en").lists == {"low": ("sad", "worn out")}
    assert found.diagnostics == ()


def test_files_of_one_language_are_joined(cache: Cache, tmp_path: Path) -> None:
    more = "language: en\nlists:\n  low:\n    - sad\n    - blue\n  new:\n    - one\n"
    files = [written(tmp_path, "en.yaml", ENGLISH), written(tmp_path, "more.yaml", more)]
    assert read(cache, *files).language("en").lists == {
        "low": ("sad", "worn out", "blue"),
        "new": ("one",),
    }


def test_a_region_falls_back_and_an_unknown_language_is_empty(cache: Cache, tmp_path: Path) -> None:
    found = read(cache, written(tmp_path, "en.yaml", ENGLISH))
    assert found.language("en-GB") == found.language("en")
    assert found.language("fr").lists == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- a\n", "wrong-shape"),
        ("lists:\n  a:\n    - b\n", "missing-key"),
        ("language: en\n", "missing-key"),
        ("language: en\nlists:\n  a: b\n", "wrong-shape"),
        ("language: en\nlists:\n  a:\n    - b: c\n", "wrong-shape"),
        ("language: en\nlits:\n  a:\n    - b\nlists:\n  a:\n    - b\n", "unknown-key"),
        ("language: [[[\n", "needs-quotes"),
        ("", "empty-file"),
    ],
)
def test_a_wrong_file_is_left_out_and_reported(
    cache: Cache, tmp_path: Path, text: str, code: str
) -> None:
    files = [written(tmp_path, "bad.yaml", text), written(tmp_path, "en.yaml", ENGLISH)]
    found = read(cache, *files)
    assert code in [diagnostic.code for diagnostic in found.diagnostics]
    assert found.language("en").lists == {"low": ("sad", "worn out")}


def test_a_missing_file_is_reported(cache: Cache, tmp_path: Path) -> None:
    (found,) = read(cache, tmp_path / "missing.yaml").diagnostics
    assert found.code == "pack-not-readable"


def test_files_are_read_once_until_they_change(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "en.yaml", ENGLISH)
    first = read(cache, file)
    with monkeypatch.context() as patched:
        patched.setattr(room, "_read", None)
        assert read(cache, file) == first
    file.write_text(ENGLISH.replace("sad", "low"))
    assert read(cache, file).language("en").lists["low"][0] == "low"


def test_only_the_language_that_is_wanted_is_read(cache: Cache, tmp_path: Path) -> None:
    german = written(tmp_path, "de.yaml", "language: de\nlists: wrong\n")
    quoted = written(tmp_path, "more.yaml", ENGLISH.replace("en", '"en"').replace("sad", "blue"))
    files = [str(german), str(written(tmp_path, "en.yaml", ENGLISH)), str(quoted)]
    for language in ("en", "en-GB"):
        found = read_lexicons(files, cache, language)
        assert found.language(language).lists == {"low": ("sad", "worn out", "blue")}
        assert found.diagnostics == ()
    assert read_lexicons(files, cache, "de").diagnostics
    assert read_lexicons(files, cache).language("en").lists


def test_a_file_that_changes_its_language_is_noticed(cache: Cache, tmp_path: Path) -> None:
    file = written(tmp_path, "en.yaml", ENGLISH.replace("en", "de", 1))
    assert read_lexicons([str(file)], cache, "en").language("en").lists == {}
    file.write_text(ENGLISH)
    assert read_lexicons([str(file)], cache, "en").language("en").lists


def test_the_shipped_lexicons_are_sound(cache: Cache) -> None:
    found = read(cache, *shipped_lexicons())
    assert found.diagnostics == ()
    assert "low" in found.language("en").lists
