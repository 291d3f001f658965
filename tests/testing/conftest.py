"""Packs on disk, and pytest that is run on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.testing.pytests import Pytest

PACK = """\
# What we ask on the ward.

reflect: 1  # the format
pack: ward-debrief
version: 1.0.0
title: After the shift
language: en

worked:
  - id: calm
    ask: When did you feel calm on the ward this week?
    keep: win
adjust:
  - id: snag
    ask: What slowed you down?
    share: no
next:
  - id: step
    ask: What will you do before you meet {mentor}?
    keep: action
"""
GERMAN = """\
reflect: 1
pack: ward-debrief
title: Nach der Schicht
language: de
worked:
  - id: calm
    ask: Wann warst du diese Woche ruhig?
adjust:
  - id: snag
    ask: Was hat dich aufgehalten?
next:
  - id: step
    ask: Was machst du, bevor du {mentor} triffst?
"""
STORIES = """\
- story: it goes well
  stage: ward-debrief
  talk:
    - bot: calm on the ward
    - me: At night
    - bot: …
- story: es geht gut
  stage: ward-debrief
  language: de
  talk:
    - bot: diese Woche ruhig
    - me: Nachts
    - bot: …
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The folder of a pack in two languages, with two stories."""
    return write_pack(tmp_path / "work" / "ward")


def write_pack(folder: Path) -> Path:
    (folder / "stories").mkdir(parents=True)
    (folder / "translations").mkdir()
    (folder / "pack.yaml").write_text(PACK)
    (folder / "translations" / "de.yaml").write_text(GERMAN)
    (folder / "stories" / "shifts.yaml").write_text(STORIES)
    return folder


@pytest.fixture
def run_pytest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pytest:
    """Runs pytest where reflect is installed."""
    return Pytest(tmp_path, monkeypatch)
