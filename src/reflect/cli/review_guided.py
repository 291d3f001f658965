"""`reflect review` at a terminal: what waits, one thing at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk
from reflect.cli.reviewing import ask, exact, phrases

if TYPE_CHECKING:
    from reflect.packs.phrases import Phrases
    from reflect.review.case import Case
    from reflect.review.steps import Step

LONGEST = 300
"""Cells of what is asked about at most; all of it stands in `review show --transcript`."""


def guide(ctx: click.Context) -> None:
    """Go through everybody of whom something waits, those with something new first."""
    from reflect.application.reviewing import case, listed

    desk = ctx.find_object(Desk)
    assert desk is not None
    lines = listed(desk.app)
    waiting = [line for line in lines if line.unread or line.asked or line.unsent]
    for line in sorted(waiting, key=lambda one: not one.unread):
        _one(desk, case(desk.app, line.name))
    if waiting:
        return
    from reflect.cli.review_list import command as listing

    ctx.invoke(listing)
    if lines:
        desk.talk("Nothing new waits for you.")


def _one(desk: Desk, case: Case) -> None:
    from reflect.application.reviewing import case as read
    from reflect.application.reviewing import mark_read
    from reflect.cli.review_reply import offered
    from reflect.cli.review_show import show_brief, show_numbered
    from reflect.review.steps import steps

    say = phrases(desk, case)
    desk.talk(_head(case, say))
    desk.talk("")
    show_brief(desk, case, case.newest)
    desk.talk("")
    if ask(desk, say.say("guide-read")):
        show_numbered(desk, case, case.newest, transcript=True)
        desk.talk("")
    mark_read(desk.app, case)
    desk.talk(say.say("guide-enter"))
    for step in steps(case):
        desk.talk("")
        _step(desk, case, step, say)
    offered(desk, read(desk.app, case.name))


def _head(case: Case, say: Phrases) -> str:
    if not case.unread:
        return say.say("guide-waiting", mentee=case.mentee)
    day = say.day(case.newest.shared.day)
    return say.say("guide-unread", mentee=case.mentee, day=day)


def _step(desk: Desk, case: Case, step: Step, say: Phrases) -> None:
    from reflect.application.reviewing_notes import checked, write_note, yes_or_no

    typed = ask(desk, _question(desk, case, step, say))
    if not typed:
        return
    place = step.place
    if step.ask in ("close", "agree"):
        settled = yes_or_no(desk.app, case, typed)
        if settled:
            write_note(desk.app, case, step.ask, "", place=place)
        if settled is not None:
            return
        desk.talk(say.say("guide-as-note"))
    text = checked(typed)
    if step.ask == "answer":
        write_note(desk.app, case, "answer", text, place=place)
    else:
        write_note(desk.app, case, "note", exact(desk, case, text), place=place)


def _question(desk: Desk, case: Case, step: Step, say: Phrases) -> str:
    from reflect.cli.reviewing import brief
    from reflect.sharing.layout import wrapped

    said = say.say(f"guide-{step.ask}", mentee=case.mentee)
    if step.place is None:
        return said
    shown = brief(step.place.text, LONGEST)
    lines = wrapped(shown, desk.columns, first="  ", rest="  ")
    if step.place.answer is not None and step.place.answer.note:
        told = f"{say.say('for-the-mentor')} {brief(step.place.answer.note, LONGEST)}"
        lines += wrapped(told, desk.columns, first="  ", rest="  ")
    return "\n".join((said, *lines))
