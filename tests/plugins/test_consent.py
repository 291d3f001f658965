"""Consent to a plug-in's code is given by name and version and kept in a private file."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from reflect.plugins.consent import Consents, read_consents, write_consents


def test_another_version_is_asked_about_anew() -> None:
    consents = Consents().allowing("ward", "1.0").allowing("site", "2")
    assert consents.permits("ward", "1.0")
    assert not consents.permits("ward", "1.1")
    assert not consents.allowing("ward", "1.1").permits("ward", "1.0")
    assert not consents.without("ward").permits("ward", "1.0")
    assert consents.without("ward").permits("site", "2")


def test_consents_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "plugins.json"
    write_consents(file, Consents().allowing("ward", "1.0"))
    assert read_consents(file).permits("ward", "1.0")
    assert json.loads(file.read_text()) == {"allowed": {"ward": "1.0"}}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"allowed": {"ward": 1}}', b"\xff", b"[" * 100_000]
)
def test_damaged_consents_allow_nothing(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "plugins.json"
    file.write_bytes(damage)
    assert read_consents(file) == Consents()
    assert read_consents(tmp_path / "missing") == Consents()
