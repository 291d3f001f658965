"""Leave for a plug-in's code is given to name, version and files, and kept in a private file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from reflect.plugins.consent import Consents, read_consents, write_consents
from reflect.plugins.installed import Installed

WARD = Installed("ward", "1.0", load=object, record="a")
DATA = Installed("data", "1.0")


def test_another_version_or_other_files_are_asked_about_anew() -> None:
    consents = Consents().enabling(WARD)
    assert consents.verdict(WARD) == "on"
    assert consents.verdict(WARD._replace(version="1.1")) == "waiting"
    assert consents.verdict(WARD._replace(record="b")) == "waiting"
    assert consents.verdict(WARD._replace(name="other")) == "waiting"
    assert consents.enabling(WARD._replace(version="1.1")).verdict(WARD) == "waiting"


def test_packs_take_part_without_being_allowed() -> None:
    assert Consents().verdict(DATA) == "on"


@pytest.mark.parametrize("plugin", [WARD, DATA])
def test_what_was_turned_off_stays_off_until_it_is_turned_on(plugin: Installed) -> None:
    off = Consents().enabling(plugin).disabling(plugin.name)
    assert off.verdict(plugin) == "disabled" and plugin.name not in off.allowed
    assert off.verdict(plugin._replace(version="2")) == "disabled"
    assert off.enabling(plugin).verdict(plugin) == "on"


def test_consents_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "plugins.json"
    write_consents(file, Consents().enabling(WARD).disabling("x"))
    assert read_consents(file).verdict(WARD) == "on"
    assert json.loads(file.read_text()) == {
        "allowed": {"ward": {"version": "1.0", "record": "a"}},
        "disabled": ["x"],
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"allowed": {"ward": "1"}}', b"\xff", b"[" * 100_000],
)
def test_damaged_consents_allow_nothing(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "plugins.json"
    file.write_bytes(damage)
    assert read_consents(file) == Consents()
    assert read_consents(tmp_path / "missing") == Consents()
