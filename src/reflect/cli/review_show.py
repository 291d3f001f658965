"""`reflect review show`: the brief, and what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.reviewing import file_option, phrases, tell_of_covered

if TYPE_CHECKING:
    from reflect.review.case import Case, Filed
    from reflect.review.places import Place


@click.command()
@click.argument("who", required=False)
@click.option("--transcript", is_flag=True, help="Everything that was said, numbered.")
@file_option
@json_option
@pass_desk
def command(desk: Desk, who: str | None, transcript: bool, file: int | None, as_json: bool) -> None:
    """Show the latest file: the brief, then what you can answer by its number.

    With --transcript every answer follows, each with a number for `review note`, and what the
    questions say to you.
    """
    from reflect.application.reviewing import current, mark_read
    from reflect.cli.reviewing import filed

    case = current(desk.app, who)
    shown = filed(case, file)
    if as_json:
        desk.json(_record(desk, case, shown))
    else:
        show_brief(desk, case, shown)
        show_numbered(desk, case, shown, transcript=transcript)
        tell_of_covered(desk, case)
    mark_read(desk.app, case, shown.share)


def show_brief(desk: Desk, case: Case, shown: Filed) -> None:
    """The one screen."""
    from reflect.sharing.brief import brief
    from reflect.sharing.sheet import as_text

    desk.show(as_text(brief(shown.shared, phrases(desk, case)), desk.columns))


def show_numbered(desk: Desk, case: Case, shown: Filed, *, transcript: bool) -> None:
    """What can be answered, and with `transcript` what was said."""
    from reflect.review.telling import Telling

    telling = Telling(case, shown, phrases(desk, case), desk.columns)
    lines = [*telling.open_ones(), *(telling.transcript() if transcript else ())]
    whole = telling.on_the_whole()
    rule = ["", "─" * desk.columns]
    for line in (*rule, *lines, *(["", *whole] if whole else ())):
        desk.show(line)
    if not transcript:
        desk.talk("\nWhat was said, with a number for each answer: --transcript")


def _record(desk: Desk, case: Case, shown: Filed) -> dict[str, object]:
    import msgspec

    from reflect.review.places import places
    from reflect.sharing.brief import brief
    from reflect.sharing.sheet import as_data

    return {
        "mentee": case.mentee,
        "name": case.name,
        "file": shown.number,
        "files": [one.number for one in case.files],
        "day": shown.shared.day,
        "brief": as_data(brief(shown.shared, phrases(desk, case))),
        "numbered": [_place(place) for place in places(case, shown)],
        "notes": msgspec.to_builtins(case.notes),
    }


def _place(place: Place) -> dict[str, object]:
    import msgspec

    found = msgspec.to_builtins(place.item or place.answer)
    return {"number": place.number, "what": place.kind, **found}
