"""Where things are kept, which day it is, and which plug-ins are wanted."""

from __future__ import annotations

import os
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from reflect.errors import ReflectError, UsageError
from reflect.settings import (
    ALL_PLUGINS,
    NO_PLUGINS,
    Home,
    PluginChoice,
    plugin_choice,
    today,
    write_private_file,
)

NOW = datetime(2026, 1, 31, 23, 59, 58, tzinfo=timezone(timedelta(hours=2)))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("environ", "platform", "root"),
    [
        ({"HOME": "/home/a"}, "linux", "/home/a/.local/share/reflect"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "linux", "/data/reflect"),
        ({"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "linux", "/home/a/.local/share/reflect"),
        ({"HOME": "/Users/a"}, "darwin", "/Users/a/Library/Application Support/reflect"),
        ({"HOME": "/home/a", "REFLECT_HOME": "/elsewhere"}, "darwin", "/elsewhere"),
        ({"HOME": "/home/a", "REFLECT_HOME": ""}, "linux", "/home/a/.local/share/reflect"),
    ],
)
def test_home_is_where_the_environment_says(
    environ: dict[str, str], platform: str, root: str
) -> None:
    assert Home.find(environ, platform).root == Path(root)


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Home.find({"REFLECT_HOME": "here"}).root == tmp_path / "here"


def test_everything_lies_below_the_root() -> None:
    home = Home(Path("/h"))
    places = [home.database, home.packs, home.cache, home.logs, home.backups, home.exports]
    assert all(place.is_relative_to(home.root) for place in [*places, home.consents])
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077, 0o777])
def test_folders_are_private_under_any_umask(tmp_path: Path, mask: int) -> None:
    tmp_path.chmod(0o755)
    before = os.umask(mask)
    try:
        home = Home(tmp_path / "deep" / "home").create()
        write_private_file(home.consents, b"{}")
    finally:
        os.umask(before)
    made = [home.root.parent, home.root, home.packs, home.cache, home.logs, home.backups]
    assert {mode(folder) for folder in made} == {0o700}
    assert mode(home.consents) == 0o600
    assert mode(tmp_path) == 0o755


def test_a_home_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReflectError) as caught:
        Home(tmp_path / "file" / "home").create()
    assert caught.value.code == "home-not-usable"
    assert "REFLECT_HOME" in caught.value.hint


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    write_private_file(file, b"old")
    with pytest.raises(TypeError):
        write_private_file(file, "not bytes")  # type: ignore[arg-type]
    assert file.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["kept"]


def test_today_is_local_and_aware() -> None:
    assert today({}, lambda: NOW) == NOW
    assert today({}, lambda: datetime(2026, 7, 1, 12)).utcoffset() is not None
    assert abs(today({}).timestamp() - datetime.now().timestamp()) < 5


def test_the_day_can_be_fixed_and_the_time_stays() -> None:
    fixed = today({"REFLECT_TODAY": "2024-02-29"}, lambda: NOW)
    assert fixed.isoformat() == "2024-02-29T23:59:58+02:00"


@pytest.mark.parametrize(
    "named", ["2026-13-01", "20260301", "2026-W10-1", "tomorrow", "2026-02-30"]
)
def test_a_malformed_day_is_refused(named: str) -> None:
    with pytest.raises(UsageError) as caught:
        today({"REFLECT_TODAY": named})
    assert caught.value.code == "bad-today"


@pytest.mark.parametrize(
    ("named", "choice"),
    [
        (None, ALL_PLUGINS),
        ("", ALL_PLUGINS),
        ("all", ALL_PLUGINS),
        ("none", NO_PLUGINS),
        ("ward, site ,", PluginChoice(frozenset({"ward", "site"}))),
    ],
)
def test_plugins_are_chosen_by_the_environment(named: str | None, choice: PluginChoice) -> None:
    assert plugin_choice({} if named is None else {"REFLECT_PLUGINS": named}) == choice


def test_a_choice_knows_what_it_wants() -> None:
    some = plugin_choice({"REFLECT_PLUGINS": "ward"})
    assert [c.wants("ward") for c in (ALL_PLUGINS, NO_PLUGINS, some)] == [True, False, True]
    assert not some.wants("site")
    assert [str(c) for c in (ALL_PLUGINS, NO_PLUGINS, some)] == ["all", "none", "ward"]
