"""axe-core finds nothing in the page, however it is looked at: WCAG 2.1 A to AAA, and its best practices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sharing.chromium.browser import Tab
from tests.sharing.chromium.conftest import Written
from tests.sharing.samples import BELIEVABLE, EMPTY, hostile

LOOKS = [
    (400, "light", ""),
    (1280, "dark", ""),
    *(
        pytest.param(width, scheme, media, marks=pytest.mark.slow)
        for width, scheme, media in (
            (400, "dark", ""),
            (400, "dark", "print"),
            (1280, "light", ""),
            (1280, "light", "print"),
        )
    ),
]
RULES = json.dumps(
    {
        "runOnly": {
            "type": "tag",
            "values": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "best-practice"],
        }
    }
)
OPEN = "document.querySelectorAll('details').forEach(one => { one.open = true })"
WRITE = """(() => {
  const box = document.querySelector('.write textarea');
  box.value = 'good job';
  for (const kind of ['input', 'change']) box.dispatchEvent(new Event(kind, {bubbles: true}));
})()"""


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip("axe_core_python")
    return Path(package.__file__).with_name("axe.min.js").read_text("utf-8")


def _found(tab: Tab, axe: str) -> list[str]:
    """The rules that are broken, and where."""
    tab.run(f"{axe}; true")
    result = tab.run(f"axe.run({RULES}).then(found => JSON.stringify(found.violations))")
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:120]}"
        for one in json.loads(result)
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("width", "scheme", "media"), LOOKS)
def test_axe_finds_nothing(
    tab: Tab, written: Written, axe: str, width: int, scheme: str, media: str
) -> None:
    tab.look(width, scheme=scheme, media=media)
    tab.open(written(BELIEVABLE))
    tab.run(OPEN)
    tab.run(WRITE)
    assert _found(tab, axe) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "es"])
def test_axe_finds_nothing_in_another_language(
    tab: Tab, written: Written, axe: str, language: str
) -> None:
    tab.open(written(BELIEVABLE, language))
    assert _found(tab, axe) == []


@pytest.mark.parametrize("shared", [EMPTY, hostile()], ids=["empty", "hostile"])
def test_axe_finds_nothing_whatever_was_written(
    tab: Tab, written: Written, axe: str, shared: object
) -> None:
    tab.open(written(shared))
    assert _found(tab, axe) == []


def test_axe_would_find_something(tab: Tab, written: Written, axe: str) -> None:
    tab.open(written(EMPTY))
    tab.run("document.documentElement.removeAttribute('lang')")
    tab.run("document.querySelector('h1').insertAdjacentHTML('afterend', '<h5>x</h5>')")
    assert {one.partition(" ")[0] for one in _found(tab, axe)} == {"html-has-lang", "heading-order"}


@pytest.mark.parametrize("width", [320, 400, 1280])
def test_nothing_is_cut_off_at_the_side(tab: Tab, written: Written, width: int) -> None:
    tab.look(width)
    tab.open(written(hostile()))
    tab.run(OPEN)
    assert tab.run("document.documentElement.scrollWidth") == width
