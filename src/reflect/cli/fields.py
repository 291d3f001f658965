"""Options that say more of an item than its words do, and the changes that they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from reflect.cli.carrying_on import UNDO, relation, split, spoken_day, words_of
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.changing import Change
    from reflect.cli.desk import Desk
    from reflect.script import Keep

OWNERS = ("me", "mentor", "both", "other")
GOAL_KINDS = ("career", "skill", "personal", "professional")
STEP_KINDS = ("training", "reading", "meeting", "practice", "other")
CONTACT_KINDS = ("mentor", "colleague", "industry", "other")
ABOUT = ("strength", "improvement")
NONE = "none"

Given = Mapping[str, str | None]
"""Fields by name with what an option says; None for an option that was not given."""

owner_option = click.option("--owner", type=click.Choice(OWNERS), help="Whose it is to do.")
goal_option = click.option(
    "--goal", metavar="N", help="The goal it serves, by its number; none takes it away."
)
kind_option = click.option(
    "--kind", "kind_of", type=click.Choice(GOAL_KINDS), help="What it is for."
)
step_kind_option = click.option(
    "--kind", "kind_of", type=click.Choice(STEP_KINDS), help="What kind of step it is."
)
contact_kind_option = click.option(
    "--kind", "kind_of", type=click.Choice(CONTACT_KINDS), help="Who they are to you."
)
contact_option = click.option(
    "--contact", metavar="N", help="The person it came from, by number; none takes it away."
)
about_option = click.option("--about", type=click.Choice(ABOUT), help="What it is about.")
skill_option = click.option("--skill", metavar="NAME", help="The skill it is a part of.")
milestone_option = click.option(
    "--milestone", metavar="TEXT", help="The milestone that it was given at."
)
happened_option = click.option("--happened", metavar="DAY", help="When it was that they saw.")
given_option = click.option("--given", metavar="DAY", help="When they told you [today].")
seen_option = click.option("--last", "seen", metavar="DAY", help="When you last had a word.")
giver_option = click.option("--from", "giver", metavar="NAME", help="Who gave it.")
will_option = click.option("--will", metavar="TEXT", help="What you will do with it.")


def changes(desk: Desk, given: Given) -> list[Change]:
    """What the options say, as fields with their values, all of it checked."""
    return [(field, _value(desk, field, said)) for field, said in given.items() if said is not None]


_TEXTS = ("giver", "will", "skill", "milestone")
_DAYS = ("happened", "given", "seen")


def _value(desk: Desk, field: str, said: str) -> str:
    from reflect.application.changing import line
    from reflect.application.meetings import heard_day

    if field == "goal":
        return _other(desk, "goal", said)
    if field == "contact":
        return _other(desk, "contact", said)
    if field in _DAYS:
        return heard_day(desk.app, relation(desk).language, said)
    return line(said, "what you say of it", "Put it in quotes.") if field in _TEXTS else said


def edit(
    desk: Desk,
    kind: Keep,
    words: Sequence[str],
    given: Given,
    *,
    what: str,
    reason: str = "",
    because: str | None = None,
) -> Carried:
    """Change one item, and give it: `words` are its number and, if it is to read otherwise, its text."""
    from reflect.application.carried import numbered
    from reflect.application.changing import change, line

    numbers, _ = split(words[:1])
    found = changes(desk, given)
    if words[1:] or not found:
        found.append(("text", line(" ".join(words[1:]), what)))
    known = relation(desk)
    why = line(reason, "a reason") if reason else ""
    items = numbered(desk.app.store, known.id, kind, numbers)
    change(desk.app, known, items, found, why, because or "")
    (item,) = numbered(desk.app.store, known.id, kind, numbers)
    desk.show(f"Now: {words_of(item)}")
    for line_ in told(desk, item, given):
        desk.show(f"     {line_}")
    desk.talk(UNDO)
    return item


def told(desk: Desk, item: Carried, given: Given) -> list[str]:
    """What the options made of `item`, in a few words each."""
    other = relation(desk).other
    whose = {"me": "yours to do", "mentor": f"for {other} to do", "both": f"for you and {other}"}
    said = {
        "owner": whose.get(item.owner, "for somebody else to do"),
        "goal": f"serves goal {given.get('goal')}" if item.goal else "serves no goal",
        "kind_of": item.kind_of,
        "giver": f"from {item.giver}",
        "will": f"what I will do: {item.will}",
        "about": "a strength" if item.about == "strength" else "to improve",
        "skill": f"skill: {item.skill}",
        "milestone": f"milestone: {item.milestone}",
        "contact": f"from contact {given.get('contact')}" if item.contact else "from nobody",
        "happened": f"happened on {_day(desk, item.happened)}",
        "given": f"told on {_day(desk, item.given)}",
        "seen": f"last word on {_day(desk, item.seen)}",
    }
    return [said[field] for field, value in given.items() if value is not None]


def _day(desk: Desk, iso: str) -> str:
    return spoken_day(desk, iso) if iso else ""


def _other(desk: Desk, kind: Keep, number: str) -> str:
    """The id of the item of `kind` with that number; "" for none."""
    from reflect.application.carried import numbered

    if number == NONE:
        return ""
    if not number.isdecimal():
        hint = f"Its number, or none: --{kind} 2"
        raise UsageError("no-number", f"which {kind} is meant?", hint)
    return numbered(desk.app.store, relation(desk).id, kind, [int(number[:9])])[0].id
