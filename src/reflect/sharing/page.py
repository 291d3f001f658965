"""What is shared as one HTML page that needs nothing else: the brief, what carries on, what was said, a form.

The page is under a strict content security policy: it loads nothing, sends nothing, and runs one script,
ours, allowed by its hash. Without the script everything but the form is there.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from reflect.packs.phrases import Phrases
from reflect.sharing.brief import brief
from reflect.sharing.element import Markup, element, joined
from reflect.sharing.page_charts import Band, Way, pair, swatch, timeline
from reflect.sharing.page_form import answer_section, onward
from reflect.sharing.page_items import others, promised
from reflect.sharing.page_reading import Reading
from reflect.sharing.page_said import place_of, said
from reflect.sharing.shared import Shared
from reflect.sharing.sheet import Part, Sheet

_PARTS: Final = ("win", "changed", "due", "questions", "concern", "goal")


def page(shared: Shared, phrases: Phrases, *, share: str, mentorship: str) -> bytes:
    """`shared` as an HTML document in UTF-8, in the words of `phrases`; the same bytes for the same values.

    `share` and `mentorship` are the names in the bundle of the same file: the reply carries them.
    """
    reading = Reading(shared, phrases)
    sheet = brief(shared, phrases)
    sections = (
        *_road(reading),
        *promised(reading),
        *said(reading),
        *others(reading),
    )
    document = element(
        "html",
        _head(sheet.title),
        element(
            "body",
            element("a", reading.say("skip"), class_="skip", href="#brief"),
            _header(reading, sheet),
            element(
                "main",
                _brief(reading, sheet),
                *sections,
                answer_section(reading, share, mentorship),
            ),
            _footer(reading),
            onward(reading),
            element("script", Markup(_file("page.js"))),
        ),
        lang=phrases.language,
    )
    return b"<!doctype html>\n" + document.html.encode() + b"\n"


# --- head ----------------------------------------------------------------------------


def _head(title: str) -> Markup:
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy()),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", Markup(_file("page.css"))),
    )


@cache
def _policy() -> str:
    """Nothing from anywhere but our style and our script, each by its hash."""
    return (
        f"default-src 'none'; style-src {_hashed('page.css')}; script-src {_hashed('page.js')};"
        " base-uri 'none'; form-action 'none'"
    )


def _hashed(name: str) -> str:
    """The hash of a file as a policy names it (Content Security Policy Level 3, section 2.3.1)."""
    return f"'sha256-{b64encode(sha256(_file(name).encode()).digest()).decode()}'"


@cache
def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")


# --- the first screen ----------------------------------------------------------------


def _header(reading: Reading, sheet: Sheet) -> Markup:
    return element(
        "header",
        pair(),
        element("h1", sheet.title, dir="auto"),
        element("p", sheet.about, class_="when"),
        element("p", reading.say("hello"), class_="hello"),
    )


def _brief(reading: Reading, sheet: Sheet) -> Markup:
    parts = zip(_PARTS, sheet.parts, strict=True)
    return element(
        "section",
        element("h2", reading.say("brief"), id="brief-heading", class_="unseen"),
        *(_part(name, part) for name, part in parts),
        id="brief",
        tabindex="-1",
        aria_labelledby="brief-heading",
    )


def _part(name: str, part: Part) -> Markup:
    if not part.lines:
        inside = element("p", part.instead, class_="none")
    elif len(part.lines) == 1:
        inside = element("p", part.lines[0], dir="auto")
    else:
        inside = element("ul", *(element("li", line, dir="auto") for line in part.lines))
    return element("div", element("h3", part.heading), inside, class_=f"brief-part {name}")


# --- the way so far ------------------------------------------------------------------


def _road(reading: Reading) -> Iterator[Markup]:
    if not (reading.shared.stages or reading.shared.sessions):
        return
    yield element(
        "section",
        element("h2", reading.say("road"), id="road-heading"),
        _line(reading),
        element("ol", *_milestones(reading), class_="road", role="list"),
        id="road",
        aria_labelledby="road-heading",
    )


def _line(reading: Reading) -> Markup | None:
    """The drawing of the way, where there is more than one day on it."""
    way = _way(reading.shared)
    if way.first == way.last:
        return None
    first, last = reading.day(way.first), reading.day(way.last)
    about = reading.with_("road-about", first=first, last=last)
    return timeline(way, reading.say("road"), about)


def _way(shared: Shared) -> Way:
    begins = [stage.day for stage in shared.stages]
    days = tuple(session.day for session in shared.sessions)
    meeting = shared.meeting
    known = [*begins, *days, shared.day, *([meeting] if meeting else [])]
    ends = [*begins[1:], shared.day]
    bands = tuple(Band(*pair) for pair in zip(begins, ends, strict=True)) if begins else ()
    return Way(min(known), max(known), bands, days, meeting)


def _milestones(reading: Reading) -> Iterator[Markup]:
    """All that is on the line, in the order of its days."""
    shared = reading.shared
    found = [(one.day, 0, _stage(reading, number)) for number, one in enumerate(shared.stages)]
    found += [
        (one.day, 1, _session(reading, number)) for number, one in enumerate(shared.sessions, 1)
    ]
    if shared.meeting:
        mark = element("span", class_="mark later")
        found.append((shared.meeting, 2, joined(mark, reading.say("meeting"))))
    for day, _, told in sorted(found, key=lambda one: one[:2]):
        when = element("time", reading.day(day), datetime=day)
        yield element("li", told, " ", when)


def _stage(reading: Reading, number: int) -> Markup:
    name = reading.phrases.say(f"stage-{reading.shared.stages[number].state}")
    return joined(swatch(number), element("span", name))


def _session(reading: Reading, number: int) -> Markup:
    session = reading.shared.sessions[number - 1]
    told = reading.with_("session", stage=session.stage)
    link = f"#{place_of(number)}" if session.answers else None
    mark = element("span", str(number), class_="mark", aria_hidden="true")
    return joined(mark, element("a", told, href=link) if link else element("span", told))


# --- the end -------------------------------------------------------------------------


def _footer(reading: Reading) -> Markup:
    shared = reading.shared
    return element(
        "footer",
        element("p", reading.phrases.say("some-private")) if shared.some_private else None,
        element("h2", reading.say("confidence")) if shared.agreed else None,
        element("p", shared.agreed, class_="agreed", dir="auto") if shared.agreed else None,
        element("p", reading.say("made"), class_="small"),
    )
