"""One Chromium for all tests of a process, and pages to show in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.packs.cache import Cache
from reflect.packs.phrases import read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.sharing.page import page
from reflect.sharing.shared import Shared
from tests.sharing.chromium.browser import CHROMIUM, Browser, Tab
from tests.sharing.samples import MENTORSHIP, SHARE

Written = Callable[..., Path]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs a Chromium")
    with Browser() as one:
        yield one


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    one = Tab(browser)
    one.look(1280)
    yield one
    one.close()


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A file with the page of a model."""

    def write(shared: Shared, language: str = "en") -> Path:
        folder = shipped_folder() / "core" / "sharing"
        phrases = read_phrases(folder, language, Cache(tmp_path / "cache"))
        file = tmp_path / "page.html"
        file.write_bytes(page(shared, phrases, share=SHARE, mentorship=MENTORSHIP))
        return file

    return write
