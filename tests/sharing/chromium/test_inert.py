"""In a real browser: nothing is fetched, nothing is forbidden, nothing foreign is more than text."""

from __future__ import annotations

import pytest

from reflect.text import for_terminal
from tests.sharing.chromium.browser import Tab
from tests.sharing.chromium.conftest import Written
from tests.sharing.samples import BELIEVABLE, EMPTY, HOSTILE, RAW, hostile

FOREIGN = "document.querySelectorAll('img, iframe, object, embed, base, link, b, math').length"
OURS = "document.querySelectorAll('script, style, meta, a, input, textarea, svg, details').length"


@pytest.mark.parametrize("shared", [BELIEVABLE, EMPTY, hostile(), hostile(0, RAW)])
def test_it_asks_for_nothing_and_complains_of_nothing(
    tab: Tab, written: Written, shared: object
) -> None:
    file = written(shared)
    tab.open(file)
    assert tab.complaints() == []
    assert tab.requests() == [file.as_uri()]


def test_the_policy_would_be_heard_of(tab: Tab, written: Written) -> None:
    file = written(BELIEVABLE)
    html = file.read_text("utf-8").replace("<main>", "<main><img src='x.png' style='color:red'>")
    file.write_text(html, "utf-8")
    tab.open(file)
    assert tab.complaints()


def test_hostile_texts_show_as_text(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    before = tab.run(OURS)
    shown = ""
    for number in (0, 7, 20):
        tab.open(written(hostile(number)))
        assert tab.run(OURS) == before
        assert tab.run(FOREIGN) == 0
        assert tab.complaints() == []
        shown += tab.run("document.body.textContent")
    assert [text for text in HOSTILE if for_terminal(text) not in shown] == []


def test_without_the_script_it_reads_the_same(tab: Tab, written: Written) -> None:
    file = written(BELIEVABLE)
    tab.open(file, script=False)
    assert "To answer, write back the way this page came to you." in tab.run(
        "document.body.innerText"
    )
    shown = tab.run("[...document.querySelectorAll('.said, .aside')].map(one => one.innerText)")
    assert tab.run(
        "[...document.querySelectorAll('textarea, summary, button')]"
        ".every(one => !one.checkVisibility())"
    )
    tab.open(file)
    assert tab.run("[...document.querySelectorAll('.said, .aside')].map(one => one.innerText)") == (
        shown
    )
    assert tab.run("document.querySelector('.by-mail').checkVisibility()") is False


def test_it_keeps_nothing(tab: Tab, written: Written) -> None:
    file = written(BELIEVABLE)
    tab.open(file)
    tab.run("document.querySelector('#whole-note-words').value = 'kept?'")
    assert tab.run("[localStorage.length, sessionStorage.length, document.cookie].join()") == "0,0,"
    tab.open(file)
    assert tab.run("document.querySelector('#whole-note-words').value") == ""


def test_the_form_is_not_printed(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    tab.look(800, media="print")
    assert tab.run(
        "[...document.querySelectorAll('textarea, summary, button, #onward, .skip')]"
        ".every(one => !one.checkVisibility())"
    )
    assert tab.printed().startswith(b"%PDF")
