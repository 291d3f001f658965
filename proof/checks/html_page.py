"""The page that is shared: hostile words in every field are words in it, and it fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tests.sharing.chromium.browser import Browser, Tab
from tests.sharing.samples import BELIEVABLE, MENTORSHIP, SHARE, hostile

from proof.check import Check, Figure, Form
from proof.checks.text import DANGEROUS
from proof.payloads import payloads, readable
from proof.trials import rounds
from reflect.packs.cache import Cache
from reflect.packs.phrases import Phrases, read_phrases
from reflect.plugins.shipped import shipped_folder
from reflect.sharing import element
from reflect.sharing.page import page
from reflect.sharing.shared import Shared
from reflect.text import for_terminal

LEAST = 70
LOADED = 4
"""Pages of a round that a real browser opens."""
_ACTIVE = ("iframe", "object", "embed", "base", "link", "img", "math", "frame", "applet", "video")


def run(form: Form) -> Figure:
    """Write pages in which each payload stands in each field by turns, parse them, and open a few."""
    phrases = read_phrases(
        shipped_folder() / "core" / "sharing", "en", Cache(form.folder / "cache")
    )
    plain = _read(_page(BELIEVABLE, phrases))
    trials = loaded = 0
    failures: list[str] = []
    for seed, folder in rounds(form):
        texts = payloads(seed, form.long)
        pages = [_page(hostile(number, texts), phrases) for number in range(len(texts))]
        for number, data in enumerate(pages):
            trials += 1
            found = wrong(data, plain)
            failures += [f"page {number}: {found}"] if found else []
        step = max(1, len(pages) // LOADED)
        with Browser() as browser:
            for number in range(0, len(pages), step):
                loaded += 1
                found = opened(browser, pages[number], folder / f"{number}.html")
                failures += [f"page {number} in Chromium: {found}"] if found else []
        shown = "".join(_read(data).words for data in pages)
        failures += [f"lost: {text[:40]!a}" for text in texts if not _is_in(text, shown)]
    says = f"{trials} pages, {loaded} opened in Chromium, {len(failures)} with what acts or is asked for"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A page whose texts are written as they come."""
    phrases = read_phrases(
        shipped_folder() / "core" / "sharing", "en", Cache(form.folder / "cache")
    )
    plain = _read(_page(BELIEVABLE, phrases))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(element, "for_html", readable)
        pages = [_page(hostile(number), phrases) for number in range(3)]
    found = [wrong(data, plain) for data in pages]
    with Browser() as browser:
        found.append(opened(browser, pages[0], form.folder / "page.html"))
    bad = tuple(filter(None, found))
    return Figure(len(found), bad if all(found) else (), f"{len(bad)} found out")


def _page(shared: Shared, phrases: Phrases) -> bytes:
    return page(shared, phrases, share=SHARE, mentorship=MENTORSHIP)


def _is_in(text: str, shown: str) -> bool:
    return "".join(for_terminal(text).split()) in "".join(shown.split())


class _Read(HTMLParser):
    """The elements of a page, its scripts, what its attributes would do, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.scripts = 0
        self.doing: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.add(tag)
        self.scripts += tag == "script"
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or (
                name in ("href", "src", "action", "formaction", "data", "srcset", "xlink:href")
                and not address.startswith(("#", "mailto:"))
            ):
                self.doing.append(f"{tag} {name}={address[:40]}")

    def handle_data(self, data: str) -> None:
        """Words."""
        self.words += data


def _read(data: bytes) -> _Read:
    found = _Read()
    found.feed(data.decode("utf-8"))
    found.close()
    return found


def wrong(data: bytes, plain: _Read) -> str:
    """What is in a page that is not in one without hostile words."""
    text = data.decode("utf-8")
    found = _read(data)
    bad = {
        "elements": sorted(found.tags - plain.tags) or sorted(found.tags & set(_ACTIVE)),
        "scripts": found.scripts if found.scripts != plain.scripts else 0,
        "doing": found.doing[:2],
        "hidden": [one[0] for one in DANGEROUS.finditer(text)][:3],
    }
    return ", ".join(f"{name}: {what!a}" for name, what in bad.items() if what)


def opened(browser: Browser, data: bytes, file: Path) -> str:
    """What a browser says, asks for or complains of besides the page itself."""
    file.write_bytes(data)
    tab = Tab(browser)
    try:
        tab.open(file)
        said, asked = tab.complaints(), tab.requests()
    finally:
        tab.close()
    if asked != [file.as_uri()]:
        return f"it asks for {[one for one in asked if one != file.as_uri()][:2]}"
    return f"{len(said)} complaints, {said[0].get('method')}" if said else ""


CHECK = Check(
    "T-HTML",
    ("G14",),
    "a shared page holds no foreign markup and fetches nothing",
    run,
    control,
    needs=("chromium",),
    seconds=9,
)
