"""`reflect about`: what mentoring is, what each of the two does, and what this program is for."""

from __future__ import annotations

import click

from reflect.cli.desk import Desk, pass_desk

PARTS = (
    (
        "Mentoring, in short",
        "Two people meet now and then: one wants to get somewhere, the other has been there, or nearby.",
        "It moves: they find each other, learn to trust, and work. One day they stay in touch, or part well.",
    ),
    (
        "The mentee",
        "sets the direction: what to work towards, what to ask, what to try;",
        "comes prepared, does what was promised or says why not, and takes home what was heard;",
        "decides alone what anybody else gets to read.",
    ),
    (
        "The mentor",
        "listens first, asks, and tells what they have seen, their own failures among it;",
        "says what they saw somebody do, never what somebody is, and opens a door where they can;",
        "leads nobody's life but their own, and marks nobody.",
    ),
    (
        "Both",
        "keep what is said between them, and keep their appointments or move them in time;",
        "talk about it when something is hard, and ask each other how it is going.",
    ),
    (
        "What reflect does",
        "It asks you a few questions between two meetings: what worked, what to adjust, what you do next.",
        "It remembers what you promised, and makes a page for your next meeting.",
        "What you write stays on this computer until you share it. There are no marks, points or streaks.",
    ),
)
"""Headings, each with what stands below it."""

COMMANDS = (
    ("To begin", "reflect"),
    ("To look first", "reflect demo"),
    ("What is on your mind", 'reflect suggest "my mentor is always busy"'),
    ("For the mentor", "reflect review --help"),
)


@click.command()
@pass_desk
def command(desk: Desk) -> None:
    """Say what mentoring is, what each of the two does, and what this program is for."""
    from reflect.cli.table import columns
    from reflect.sharing.layout import wrapped

    for heading, *sentences in PARTS:
        desk.show(heading)
        for sentence in sentences:
            for line in wrapped(sentence, desk.columns, first="  ", rest="    "):
                desk.show(line)
        desk.show("")
    for line in columns(COMMANDS, desk.columns):
        desk.show(line)
