"""A reply made in the page's form, in a browser, arrives in the mentee's home and opens the next session."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sharing.chromium.browser import Tab
from tests.sharing.chromium.test_replying import _composed, _fill
from tests.sharing.two_homes_typed import OPEN, Home, mentees, opening, two_homes


@pytest.fixture
def amina(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Somebody whose mentor has no program: what they share is a page."""
    home, _ = two_homes(tmp_path, monkeypatch)
    home.sits(OPEN)
    home.does("share", "--format", "html", "--output", "page.html", "--yes")
    return home


def name_beside(tab: Tab, words: str, kind: str) -> str:
    """The name of the answer or item that a box in the page stands beside, as the page has it."""
    found = tab.run(
        f"""[...document.querySelectorAll('[data-about]')]
        .filter(one => one.querySelector("input[value='{kind}']"))
        .filter(one => one.parentElement.innerText.includes({words!r}))
        .map(one => one.dataset.about)[0]"""
    )
    assert isinstance(found, str), words
    return found


def test_a_reply_from_the_page_opens_the_next_session(tab: Tab, amina: Home) -> None:
    tab.open(amina.desk / "page.html")
    tab.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    about = name_beside(tab, "on a card first", "note")
    _fill(tab, about, "The card is what made it short, and you wrote it.", "note")
    _fill(tab, "whole", "Read the card out to Mina", "action")
    _fill(tab, "whole", "the exam in spring", "agenda")
    text = _composed(tab)
    mailed = "".join(f"> {line}\r\n" for line in text.splitlines())
    received = amina.does("receive", "-", stdin=f"Hello Amina,\n\n{mailed}\nyes\nDaniel\n")
    assert "On “I wrote the three worst patients on a card first" in received.out
    assert "The card is what made it short, and you wrote it." in received.out
    assert "One proposal waits" in received.err, "what stands behind a reply answers nothing"
    before = mentees(amina)
    assert "Nothing new" in amina.does("receive", "-", stdin=text).err and mentees(amina) == before
    (waits,) = amina.says("notes", "--waiting")["notes"]
    amina.does("notes", "accept", str(waits["number"]))
    actions = [one["text"] for one in amina.says("actions")["actions"]]
    assert "Read the card out to Mina" in actions
    opened = opening(amina.sits({}))
    assert "The card is what made it short, and you wrote it." in opened
    assert "the exam in spring" in opened
