"""A kept value comes back while it is true, and is never worth more than making it again."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.packs.cache import Cache, is_current, program_mark, stamp, stamps
from reflect.settings import Home
from tests.conftest import Run
from tests.properties.profile import ordinarily

from .conftest import settle

pytestmark = pytest.mark.usefixtures("cold")

VALUE = {"words": (1, 2, 3)}
KIND = dict[str, tuple[int, ...]]
QUESTION = ("what", "is", "it")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "source"
    file.write_text("a")
    (tmp_path / "cache").mkdir()
    settle(tmp_path)
    return file


@pytest.fixture
def cache(source: Path, tmp_path: Path) -> Cache:
    made = Cache(tmp_path / "cache", "1.0")
    made.put("value", QUESTION, stamps([str(source), str(source.parent / "missing")]), VALUE)
    return made


def test_a_value_comes_back(cache: Cache) -> None:
    assert cache.get("value", QUESTION, KIND) == VALUE


def test_only_for_its_name_question_and_program(cache: Cache, tmp_path: Path) -> None:
    assert cache.get("other", QUESTION, KIND) is None
    assert cache.get("value", ("what",), KIND) is None
    assert Cache(tmp_path / "cache", "1.1").get("value", QUESTION, KIND) is None


def test_only_as_what_it_is(cache: Cache) -> None:
    assert cache.get("value", QUESTION, dict[str, str]) is None


def test_not_when_a_bit_of_it_changed(cache: Cache, tmp_path: Path) -> None:
    file = tmp_path / "cache" / "value"
    good = file.read_bytes()
    for at in range(len(good)):
        file.write_bytes(good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :])
        assert cache.get("value", QUESTION, KIND) in (None, VALUE)


def test_not_after_a_file_changed(cache: Cache, source: Path) -> None:
    source.write_text("b")
    assert cache.get("value", QUESTION, KIND) is None


def test_not_after_a_file_that_was_missing_appeared(cache: Cache, source: Path) -> None:
    (source.parent / "missing").write_text("")
    assert cache.get("value", QUESTION, KIND) is None


def test_not_after_a_file_went(cache: Cache, source: Path) -> None:
    source.unlink()
    assert cache.get("value", QUESTION, KIND) is None


def test_nothing_is_kept_of_a_file_changed_this_instant(cache: Cache, source: Path) -> None:
    """Its next change could fall into the same tick of the clock and go unnoticed."""
    source.write_text("b")
    cache.put("value", QUESTION, stamps([str(source)]), VALUE)
    assert cache.get("value", QUESTION, KIND) is None


def test_files_are_private_and_replaced(cache: Cache, tmp_path: Path) -> None:
    cache.put("value", QUESTION, (), {"words": (4,)})
    (file,) = (tmp_path / "cache").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cache.get("value", QUESTION, KIND) == {"words": (4,)}


def test_names_cannot_leave_the_folder(cache: Cache, tmp_path: Path) -> None:
    cache.put("../../x/y", QUESTION, (), VALUE)
    assert cache.get("../../x/y", QUESTION, KIND) == VALUE
    assert len(list((tmp_path / "cache").iterdir())) == 2


@pytest.mark.parametrize("kind", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_ignored(cache: Cache, tmp_path: Path, kind: object) -> None:
    (file,) = (tmp_path / "cache").iterdir()
    file.unlink()
    kind(file)  # type: ignore[operator]
    assert cache.get("value", QUESTION, KIND) is None
    cache.put("value", QUESTION, (), VALUE)


def test_a_link_is_ignored(cache: Cache, tmp_path: Path) -> None:
    (file,) = (tmp_path / "cache").iterdir()
    file.rename(tmp_path / "moved")
    file.symlink_to(tmp_path / "moved")
    assert cache.get("value", QUESTION, KIND) is None


def test_what_has_no_folder_yet_is_kept_once_it_has(source: Path, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "later", "1.0")
    cache.put("value", QUESTION, stamps([str(source)]), VALUE)
    cache.settle()
    assert not (tmp_path / "later").exists() and cache.get("value", QUESTION, KIND) is None
    (tmp_path / "later").mkdir()
    cache.settle()
    assert cache.get("value", QUESTION, KIND) == VALUE


def test_a_first_run_keeps_the_packs_it_read_and_looking_on_keeps_nothing(
    run: Run, home: Home
) -> None:
    assert run("pack", "list").code == 0 and not home.root.exists()
    assert run(stdin="Amina\nDaniel\n3\n1\nIt went well\n").code == 0
    kept = {file.name.partition("-")[0] for file in home.cache.iterdir()}
    assert {"packs", "script", "lexicons"} <= kept


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "cache", "1")
    cache.put("value", QUESTION, (), VALUE)
    assert cache.get("value", QUESTION, KIND) is None


@ordinarily(80)
@given(st.data())
def test_any_damage_is_ignored(cache: Cache, tmp_path: Path, data: st.DataObject) -> None:
    """A damaged file gives nothing, or what still decodes as the kind that was asked for."""
    cache.put("value", QUESTION, (), VALUE)
    file = tmp_path / "cache" / "value"
    kept = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        kept[data.draw(st.integers(0, len(kept) - 1))] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(kept[: data.draw(st.integers(0, len(kept)))]))
    found = cache.get("value", QUESTION, KIND)
    assert found is None or msgspec.convert(found, KIND) == found


def test_deep_nesting_is_ignored(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "cache" / "value").write_bytes(b"\x91" * 200_000)
    assert cache.get("value", QUESTION, KIND) is None


def test_stamps_tell_changes(source: Path) -> None:
    before = stamp(str(source))
    assert is_current([before])
    os.utime(source, ns=(1, 1))
    assert not is_current([before])


def test_the_program_is_marked_by_its_own_modules() -> None:
    assert program_mark() == program_mark()
    assert " " in program_mark()
