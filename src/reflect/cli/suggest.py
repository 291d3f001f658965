"""`reflect suggest`: which pack fits what is on somebody's mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk

if TYPE_CHECKING:
    from reflect.packs.catalogue import Entry
    from reflect.packs.suggest import Suggestion


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="WHAT…")
@click.option("--language", metavar="CODE", help="The language you say it in.")
@json_option
@pass_desk
def command(desk: Desk, what: tuple[str, ...], language: str | None, as_json: bool) -> None:
    """Find questions for what is on your mind, in your own words.

    For example: reflect suggest my mentor keeps cancelling

    Nothing is stored, and nothing leaves this machine.
    """
    from reflect.application.languages import usual_language
    from reflect.application.suggesting import suggestions
    from reflect.text import clean_input

    app = desk.app
    relation = app.relation() if app.kept else None
    role = relation.role if relation else "mentee"
    spoken = language or (relation.language if relation else usual_language(app))
    found = suggestions(app, clean_input(" ".join(what)), role, spoken)
    entries = {entry.name: entry for entry in app.catalogue.entries()}
    if as_json:
        desk.json({"suggestions": [_record(one, entries[one.pack]) for one in found]})
        return
    for number, one in enumerate(found):
        _show(desk, one, entries[one.pack], first=number == 0)
    if not found:
        desk.talk(
            "Nothing fits that well. All packs, by the moment they are for: reflect pack list"
        )


def _record(found: Suggestion, entry: Entry) -> dict[str, object]:
    return {
        "id": found.pack,
        "title": entry.title,
        "stage": found.stage,
        "because": found.because,
        "heard": found.heard,
        "command": _typed(found),
    }


def _typed(found: Suggestion) -> str:
    stage = f" --stage {found.stage}" if found.stage else ""
    return f"reflect --pack {found.pack}{stage}"


def _show(desk: Desk, found: Suggestion, entry: Entry, *, first: bool) -> None:
    from reflect.sharing.layout import wrapped

    if not first:
        desk.show("")
    why = f"“{found.because}”" if found.because else f"it listens for: {found.heard}"
    desk.show(entry.title)
    for line in wrapped(why, desk.columns, first="  ", rest="    "):
        desk.show(line)
    desk.show(f"  {_typed(found)}")
