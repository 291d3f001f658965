"""Where the reader writes back: a box beside an answer or item, six about the whole, and what they make.

Our script shows these and makes the text that `reply_text` reads. Without it none of them is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reflect.events import NoteKind
from reflect.sharing.element import Markup, element
from reflect.sharing.page_reading import Reading
from reflect.sharing.reply_text import FIRST, WHOLE
from reflect.sharing.shared import SharedItem

ANSWER_KINDS: Final[tuple[NoteKind, ...]] = ("note", "thanks", "agenda")
"""What can be said to an answer."""

_LONGEST: Final = "19000"
_WHOLE: Final[tuple[NoteKind, ...]] = ("note", "thanks", "agenda", "action", "goal", "term")


def box(
    reading: Reading, place: str, about: str, subject: str, kinds: tuple[NoteKind, ...]
) -> Markup:
    """A box for one note on what is called `about` in the file; `place` is its id on the page."""
    choices = (
        _choice(reading, place, kind, first=number == 0) for number, kind in enumerate(kinds)
    )
    return element(
        "details",
        element("summary", reading.say(_invitation(kinds)), unseen(f": {subject}")),
        element(
            "fieldset",
            element("legend", f"{reading.say('which')} {subject}", class_="unseen"),
            element("div", *choices, class_="choices"),
            *_words(place, reading.say("your-words")),
        ),
        class_="write",
        data_about=about,
    )


def item_kinds(item: SharedItem, *, readers: bool) -> tuple[NoteKind, ...]:
    """What can be said to `item`; `readers` says that it is the reader's own to do."""
    if item.kind == "question":
        return ("answer", "agenda") if item.open else ("note", "agenda")
    if item.kind == "action" and item.open:
        return ("note", "close") if readers else ("note", "take on", "close")
    if item.kind in ("goal", "agreement") and item.state in ("draft", "proposed"):
        return ("note", "agree", "agenda")
    return ("note", "thanks", "agenda")


def answer_section(reading: Reading, share: str, mentorship: str) -> Markup:
    """The last section: boxes about the whole, and the text that all boxes make."""
    return element(
        "section",
        element("h2", reading.say("answer"), id="answer-heading"),
        element("p", reading.say("answer-by-mail"), class_="by-mail"),
        element(
            "div",
            element("p", reading.say("answer-how")),
            *(_whole(reading, kind) for kind in _WHOLE),
            _ready(reading),
            class_="live-only",
        ),
        id="answer",
        aria_labelledby="answer-heading",
        data_first=FIRST,
        data_share=share,
        data_mentorship=mentorship,
        data_from=" ".join(reading.reader.split()),
        data_praise=reading.say("praise"),
        data_around=reading.say("praise-around"),
        data_exactly=reading.say("exactly"),
    )


def onward(reading: Reading) -> Markup:
    """What leads from anywhere to the text, once something is written."""
    return element("a", reading.say("onward"), id="onward", href="#ready", hidden=True)


def unseen(text: str) -> Markup:
    """A text for who listens to the page."""
    return element("span", text, class_="unseen")


def _invitation(kinds: tuple[NoteKind, ...]) -> str:
    if "answer" in kinds:
        return "reply"
    return "settle" if "close" in kinds or "agree" in kinds else "beside"


def _choice(reading: Reading, place: str, kind: NoteKind, *, first: bool) -> Markup:
    name = kind.replace(" ", "-")
    words = reading.say(f"words-{name}") if reading.knows(f"words-{name}") else None
    choice = element(
        "input",
        type="radio",
        name=f"{place}-kind",
        value=kind,
        data_words=words,
        checked=first,
        autocomplete="off",
    )
    return element("label", choice, element("span", reading.say(f"kind-{name}")))


def _words(place: str, label: str) -> Iterator[Markup]:
    """A labelled text area."""
    yield element("label", label, class_="words", for_=f"{place}-words")
    yield from _area(place)


def _area(place: str, **labelled: str) -> Iterator[Markup]:
    """A text area, and where it is asked "what exactly?"."""
    hint = f"{place}-exactly"
    yield element(
        "textarea",
        id=f"{place}-words",
        rows="2",
        maxlength=_LONGEST,
        autocomplete="off",
        aria_describedby=hint,
        **labelled,
    )
    yield element("p", id=hint, class_="exactly", aria_live="polite")


def _whole(reading: Reading, kind: NoteKind) -> Markup:
    """A box about the whole: the first stands open, the others wait behind what they ask."""
    place = f"whole-{kind}"
    asked = reading.say(place)
    named = {"class_": "write whole", "data_about": WHOLE, "data_kind": kind}
    if kind == _WHOLE[0]:
        return element("div", *_words(place, asked), **named)
    summary = element("summary", asked, id=f"{place}-asked")
    return element("details", summary, *_area(place, aria_labelledby=f"{place}-asked"), **named)


def _ready(reading: Reading) -> Markup:
    """The text to send, and two ways to take it."""
    return element(
        "div",
        element("h3", reading.say("ready"), id="ready-heading"),
        element(
            "p",
            reading.say("nothing-yet"),
            id="count",
            role="status",
            data_one=reading.with_("count-one", number="1"),
            data_many=reading.with_("count-many", number="{number}"),
            data_none=reading.say("nothing-yet"),
        ),
        element(
            "div",
            element(
                "textarea", id="text", rows="8", readonly=True, aria_labelledby="ready-heading"
            ),
            element(
                "p",
                _button("copy", reading.say("copy"), "copied", reading),
                _button("save", reading.say("save"), "saved", reading),
                class_="buttons",
            ),
            element("p", id="taken", role="status", data_marked=reading.say("marked")),
            element("p", reading.say("send"), class_="small"),
            id="written",
            hidden=True,
        ),
        id="ready",
        tabindex="-1",
    )


def _button(name: str, text: str, done: str, reading: Reading) -> Markup:
    return element("button", text, type="button", id=name, data_done=reading.say(done))
