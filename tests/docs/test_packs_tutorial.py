"""A reader who follows the pages for pack authors, in order, sees what the pages show."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.reader import REPLAYED, Reader, blocks
from tests.plugins.world import make_well_listed

pytestmark = pytest.mark.terminal

DOCS = Path(__file__).parents[2] / "docs"
TUTORIAL = DOCS / "packs.md"
WORDS_READ = 180
SIGNS_TYPED = 240
"""In a minute, of somebody who takes care; copying is faster."""
GOES_ON = (DOCS / "stories.md", DOCS / "sharing-packs.md")
"""Pages that begin where the tutorial ends."""


def test_the_pages_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tutorial first, and then each page that goes on from there, in a copy of what it has made."""
    reader = Reader(_folder(tmp_path / "tutorial"), monkeypatch)
    make_well_listed(reader.folder / "home")
    reader.read(TUTORIAL)
    assert_schemas_are_there(reader.folder / "late-shift")
    for page in GOES_ON:
        folder = _folder(tmp_path / page.stem)
        shutil.copytree(reader.folder, folder, dirs_exist_ok=True)
        Reader(folder, monkeypatch).read(page)
    assert_the_pack_is_asked(reader)


def _folder(place: Path) -> Path:
    """Where a reader sits: its name is seen on the pages."""
    folder = place / "mine"
    folder.mkdir(parents=True)
    return folder


def assert_the_pack_is_asked(reader: Reader) -> None:
    asked = subprocess.run(
        ["reflect", "--pack", "late-shift"],
        input="Ruth\nDaniel\n1\n1\nrough\nit was fine\n",
        env=reader.environ,
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    assert "How was your last late shift?" in asked and "What did you do that helped?" in asked


def assert_schemas_are_there(pack: Path) -> None:
    """Those that the first lines of its files name."""
    files = list(pack.rglob("*.yaml"))
    named = [
        re.match(r"# yaml-language-server: \$schema=(\S+)", file.read_text()) for file in files
    ]
    assert sum(map(bool, named)) == 2
    for file, schema in zip(files, named, strict=True):
        assert schema is None or (file.parent / schema[1]).is_file()


def test_six_questions_take_twenty_minutes() -> None:
    page = TUTORIAL.read_text("utf-8")
    written = "".join(block.text for block in blocks(page) if block.kind == "yaml")
    assert len(re.findall(r"^    ask:", written, re.MULTILINE)) == 6
    read = len(page.split()) - len(written.split())
    minutes = read / WORDS_READ + len(written) / SIGNS_TYPED
    assert minutes < 20


@pytest.mark.parametrize("page", (TUTORIAL, *GOES_ON), ids=lambda page: page.name)
def test_each_says_that_it_is_replayed(page: Path) -> None:
    assert page.read_text("utf-8").startswith(REPLAYED)
