"""A reader who follows the pages for pack authors, in order, sees what the pages show."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.reader import REPLAYED, Reader, blocks

pytestmark = pytest.mark.terminal

DOCS = Path(__file__).parents[2] / "docs"
TUTORIAL = DOCS / "packs.md"
WORDS_READ = 180
SIGNS_TYPED = 240
"""In a minute, of somebody who takes care; copying is faster."""
GOES_ON = (DOCS / "stories.md", DOCS / "sharing-packs.md")
"""Pages that begin where the tutorial ends."""


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tutorial") / "mine"
    folder.mkdir()
    Reader(folder).read(TUTORIAL)
    return folder


@pytest.fixture
def reader(tutorial: Path, tmp_path: Path) -> Reader:
    """A reader who has followed the tutorial."""
    folder = tmp_path / "mine"
    shutil.copytree(tutorial, folder)
    return Reader(folder)


def test_the_tutorial_can_be_followed(reader: Reader) -> None:
    asked = subprocess.run(
        ["reflect", "--pack", "late-shift"],
        input="Ruth\nDaniel\n1\n1\nrough\nit was fine\n",
        env=reader.environ,
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    assert "How was your last late shift?" in asked and "What did you do that helped?" in asked


def test_six_questions_take_twenty_minutes() -> None:
    page = TUTORIAL.read_text("utf-8")
    written = "".join(block.text for block in blocks(page) if block.kind == "yaml")
    assert len(re.findall(r"^    ask:", written, re.MULTILINE)) == 6
    read = len(page.split()) - len(written.split())
    minutes = read / WORDS_READ + len(written) / SIGNS_TYPED
    assert minutes < 20


def test_the_schemas_that_first_lines_name_are_there(reader: Reader) -> None:
    files = list((reader.folder / "late-shift").rglob("*.yaml"))
    named = [
        re.match(r"# yaml-language-server: \$schema=(\S+)", file.read_text()) for file in files
    ]
    assert sum(map(bool, named)) == 2
    for file, schema in zip(files, named, strict=True):
        assert schema is None or (file.parent / schema[1]).is_file()


@pytest.mark.parametrize("page", GOES_ON, ids=lambda page: page.name)
def test_the_pages_after_it_go_on_from_there(page: Path, reader: Reader) -> None:
    reader.read(page)


@pytest.mark.parametrize("page", (TUTORIAL, *GOES_ON), ids=lambda page: page.name)
def test_each_says_that_it_is_replayed(page: Path) -> None:
    assert page.read_text("utf-8").startswith(REPLAYED)
