"""What was said, on the page: the sessions, in each what worked, what to adjust and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count, groupby

from reflect.script import PHASES
from reflect.sharing.brief import part_of
from reflect.sharing.element import Markup, element
from reflect.sharing.page_form import ANSWER_KINDS, box
from reflect.sharing.page_reading import Reading
from reflect.sharing.shared import SharedAnswer, SharedReply, SharedSession


def said(reading: Reading) -> Iterator[Markup]:
    """The section with the sessions that have an answer, the newest first."""
    numbered = [pair for pair in enumerate(reading.shared.sessions, 1) if pair[1].answers]
    if not numbered:
        return
    yield element(
        "section",
        element("h2", reading.say("said"), id="said-heading"),
        element("p", reading.say("said-about"), class_="small"),
        *(_session(reading, session, number) for number, session in reversed(numbered)),
        id="said",
        aria_labelledby="said-heading",
    )


def place_of(number: int) -> str:
    """The id on the page of the session `number`, counted from 1."""
    return f"session{number}"


def _session(reading: Reading, session: SharedSession, number: int) -> Markup:
    place = place_of(number)
    return element(
        "article",
        element(
            "h3",
            element("time", reading.day(session.day), datetime=session.day),
            element("span", session.stage, class_="stage", lang=reading.language(session.language)),
            id=f"{place}-heading",
        ),
        element("p", reading.say("both"), class_="small") if session.both else None,
        *_parts(reading, session, place),
        id=place,
        class_="session",
        aria_labelledby=f"{place}-heading",
    )


def _parts(reading: Reading, session: SharedSession, place: str) -> Iterator[Markup]:
    ordered = sorted(session.answers, key=_order)
    number = count(1)
    for part, answers in groupby(ordered, partial(part_of, session)):
        yield element(
            "section",
            element("h4", reading.phrases.say(part)),
            *(_answer(reading, session, one, f"{place}-{next(number)}") for one in answers),
            class_=f"part {part}",
        )


def _order(answer: SharedAnswer) -> int:
    return PHASES.index(answer.phase) if answer.phase else -1


def _answer(reading: Reading, session: SharedSession, one: SharedAnswer, place: str) -> Markup:
    lang = reading.language(session.language)
    return element(
        "div",
        element("p", one.question, class_="asked", dir="auto", lang=lang),
        element("blockquote", one.answer, class_="said", dir="auto", lang=lang),
        *_about(reading, one),
        *(_reply(reply, lang) for reply in one.replies),
        *_note(reading, one, lang),
        box(reading, place, one.id, one.question, ANSWER_KINDS),
        class_="answer",
    )


def _about(reading: Reading, one: SharedAnswer) -> Iterator[Markup]:
    if one.summary:
        yield element("p", reading.phrases.say("in-short"), class_="small")
    if one.kept_as:
        yield element("p", reading.say(f"kept-as-{one.kept_as}"), class_="small kept")


def _reply(reply: SharedReply, lang: str | None) -> Markup:
    return element(
        "div",
        element("p", reply.question, class_="asked", dir="auto", lang=lang),
        element("blockquote", reply.answer, class_="said", dir="auto", lang=lang),
        class_="reply",
    )


def _note(reading: Reading, one: SharedAnswer, lang: str | None) -> Iterator[Markup]:
    if one.note:
        heading = element("strong", reading.phrases.say("for-the-mentor"))
        note = element("span", one.note, dir="auto", lang=lang)
        yield element("p", heading, " ", note, class_="aside")
