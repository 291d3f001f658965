"""What a mentor writes into the page comes out as a reply that the other side reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reflect.sharing.reply_text import read_reply
from reflect.text import clean_input
from tests.sharing.chromium.browser import Tab
from tests.sharing.chromium.conftest import Written
from tests.sharing.samples import BELIEVABLE, HOSTILE, ITEMS, MENTORSHIP, NOVEMBER, RAW, named

KINDS = ("input", "change")


def _fill(tab: Tab, about: str, text: str, kind: str = "") -> None:
    """Write `text` into the box beside `about`, as a note of `kind`."""
    where = f"[data-about='{about}']"
    if kind and about == "whole":
        where += f"[data-kind='{kind}']"
    tab.run(
        f"""(() => {{
          const box = document.querySelector({json.dumps(where)});
          const choice = box.querySelector({json.dumps(f"input[value='{kind}']")});
          if (choice) choice.checked = true;
          const area = box.querySelector('textarea');
          area.value = {json.dumps(text)};
          for (const kind of ['input', 'change'])
            area.dispatchEvent(new Event(kind, {{bubbles: true}}));
        }})()"""
    )


def _composed(tab: Tab) -> str:
    text = tab.run("document.getElementById('text').value")
    assert isinstance(text, str)
    return text


def _read(text: str) -> list[tuple[str, str, str]]:
    bundle = read_reply(text, "2026-11-22")
    assert bundle.mentorship == MENTORSHIP
    assert bundle.reply is not None
    assert bundle.reply.mentor == "Daniel"
    return [(note.about, note.kind, note.text) for note in bundle.reply.notes]


def test_every_kind_of_note_arrives(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    assert not tab.run("document.getElementById('ready').innerText.includes('Copy')")
    wrote = [
        (named("foot"), "take on", ""),
        (named("intro"), "close", "Wrote to her on Friday."),
        (named("question"), "answer", "I ask for ten seconds, by name.\n\nThen I take eight."),
        (named("exam"), "agree", ""),
        (named("agreement-two"), "note", "Yes, and no reason needed."),
        (NOVEMBER.answers[1].id, "note", "You said it in the room."),
        (NOVEMBER.answers[3].id, "agenda", ""),
        ("whole", "note", "What stays with me is the card."),
        ("whole", "thanks", "For the eleven seconds."),
        ("whole", "agenda", "the exam"),
        ("whole", "action", "Read the card out to Mina"),
        ("whole", "goal", "Teach the card to somebody else"),
        ("whole", "term", "We ring when it is urgent"),
    ]
    for about, kind, text in wrote:
        _fill(tab, about, text, kind)
    instead = {
        "take on": "I take this on.",
        "agree": "I agree.",
        "agenda": "Let us talk about this.",
    }
    expected = {
        ("" if about == "whole" else about, kind, text or instead[kind])
        for about, kind, text in wrote
    }
    assert set(_read(_composed(tab))) == expected
    assert tab.run("document.getElementById('count').innerText") == "13 things are written."
    assert tab.complaints() == []


def test_the_keyboard_is_enough(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    tab.press("Tab")
    assert tab.run("document.activeElement.className") == "skip"
    assert tab.run("document.activeElement.getBoundingClientRect().top") >= 0
    tab.press("Enter")
    assert tab.run("location.hash") == "#brief"
    tab.run("document.querySelector('#said summary').focus()")
    assert tab.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.press("Enter", "Tab", "ArrowRight", "Tab")
    tab.write("For standing there.")
    assert _read(_composed(tab)) == [(NOVEMBER.answers[0].id, "thanks", "For standing there.")]


@pytest.mark.parametrize("number", range(0, len(HOSTILE + RAW), 20))
def test_whatever_is_written_is_one_note_each(tab: Tab, written: Written, number: int) -> None:
    tab.open(written(BELIEVABLE))
    texts = (HOSTILE + RAW)[number : number + 20]
    places = [item.id for item in ITEMS] + [answer.id for answer in NOVEMBER.answers]
    pairs = [(about, text) for about, text in zip(places, texts, strict=False)]
    for about, text in pairs:
        _fill(tab, about, text.replace("\ud800", "\ufffd"), "note")
    found = {about: text for about, _, text in _read(_composed(tab))}
    assert len(found) == len(pairs)
    for about, text in pairs:
        if not any(line.lstrip().startswith((">", "|")) for line in text.splitlines()):
            assert _plain(found[about]) == _plain(text)


def _plain(text: str) -> list[str]:
    return clean_input(text).split()


@pytest.mark.parametrize(
    "line",
    ["@ end", " @ end", "\u200b@ end", "> @ end", ">\u2060 @ end", "\u2028@ end", "more\u2028@ end", "\u3164@ end",
     "\u00a0@ end", "|@ end", "\u00ad> @ whole note", "\ufeff@ end", "\u034f@ end"],
)  # fmt: skip
def test_no_line_is_taken_for_one_of_the_forms_own(tab: Tab, written: Written, line: str) -> None:
    tab.open(written(BELIEVABLE))
    _fill(tab, named("foot"), f"before\n{line}\nafter", "note")
    _fill(tab, "whole", "the last", "note")
    (_, _, text), (_, _, last) = _read(_composed(tab))
    assert text.split()[0] == "before"
    assert text.split()[-1] == "after"
    assert last == "the last"


def test_praise_alone_is_asked_about_once(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    place = NOVEMBER.answers[1].id
    asked = f"document.querySelector(\"[data-about='{place}'] .exactly\").innerText"
    tab.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    _fill(tab, place, "You spoke up in front of Dr Lang.", "note")
    assert tab.run(asked) == ""
    _fill(tab, place, "Good job, well done!", "note")
    assert tab.run(asked).startswith("What exactly?")
    _fill(tab, place, "Good job, well done! You read out the card.", "note")
    assert tab.run(asked) == ""
    _fill(tab, place, "Great work", "note")
    assert tab.run(asked) == ""
    assert _read(_composed(tab)) == [(place, "note", "Great work")]


@pytest.mark.parametrize(
    ("language", "praise"), [("de", "Super gemacht, sehr gut!"), ("es", "¡Muy bien, buen trabajo!")]
)
def test_praise_is_known_in_the_language(
    tab: Tab, written: Written, language: str, praise: str
) -> None:
    tab.open(written(BELIEVABLE, language))
    tab.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    _fill(tab, "whole", praise, "note")
    assert tab.run("document.getElementById('whole-note-exactly').innerText")


def test_it_can_be_copied(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    _fill(tab, "whole", "Thank you.", "thanks")
    tab.run(
        "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }"
    )
    tab.run("document.getElementById('copy').click()")
    assert tab.run("window.copied") == _composed(tab)
    assert tab.run("document.getElementById('taken').innerText").startswith("Copied.")
    tab.run("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    tab.run("document.execCommand = () => false")
    tab.run("document.getElementById('copy').click()")
    tab.run("new Promise(done => setTimeout(done, 20))")
    assert tab.run("document.getElementById('taken').innerText").startswith("It is marked now.")


def test_it_can_be_saved_from_a_file(tab: Tab, written: Written, tmp_path: Path) -> None:
    tab.open(written(BELIEVABLE))
    _fill(tab, "whole", "Was für ein Jahr \u2013 \u05e9\u05dc\u05d5\u05dd", "note")
    folder = tmp_path / "down"
    tab.saves_to(folder)
    tab.run("document.getElementById('save').click()")
    tab.saved()
    text = (folder / "reflect-reply.txt").read_text("utf-8")
    assert text == _composed(tab)
    assert _read(text) == [("", "note", "Was für ein Jahr \u2013 \u05e9\u05dc\u05d5\u05dd")]
    assert tab.complaints() == []


def test_it_asks_before_words_are_lost(tab: Tab, written: Written) -> None:
    tab.open(written(BELIEVABLE))
    leave = "dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert tab.run(leave) is True
    _fill(tab, "whole", "the card", "note")
    assert tab.run(leave) is False
    tab.run("navigator.clipboard.writeText = () => Promise.resolve()")
    tab.run("document.getElementById('copy').click()")
    tab.run("new Promise(done => setTimeout(done, 20))")
    assert tab.run(leave) is True
