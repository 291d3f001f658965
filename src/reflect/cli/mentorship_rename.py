"""`reflect mentorship rename`: what a mentorship is called among others."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk
from reflect.cli.options import mentorship_option

LONGEST = 80
NONE = "none"


@click.command()
@click.argument("name")
@mentorship_option
@pass_desk
def command(desk: Desk, name: str) -> None:
    """Call the mentorship NAME, for yourself; `none` names it after the other person again.

    Who the two are called is `reflect settings name` and `reflect settings mentor`.
    """
    from reflect.application.mentorships import relations
    from reflect.application.noting import note, stamp
    from reflect.application.reading import nothing_kept
    from reflect.errors import UsageError
    from reflect.events import MentorshipChanged
    from reflect.text import clean_input

    relation = desk.app.relation()
    if relation is None:
        raise nothing_kept()
    label = " ".join(clean_input(name).split())
    if not 0 < len(label) <= LONGEST or label.isdecimal():
        hint = "A word or two that are no number."
        raise UsageError("bad-name", f"a name has 1 to {LONGEST} characters", hint)
    label = "" if label.casefold() == NONE else label
    taken = [one for one in relations(desk.app) if one.id != relation.id]
    if label and label.casefold() in (one.name.casefold() for one in taken):
        raise UsageError("name-taken", "another mentorship is called that", "Choose another name.")
    note(desk.app, relation.id, MentorshipChanged(stamp(desk.app), label=label))
    desk.talk(f"It is called {label or relation.other} now.")
