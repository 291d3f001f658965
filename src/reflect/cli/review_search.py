"""`reflect review search`: words in what was shared with you and in your notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.reviewing import for_option

if TYPE_CHECKING:
    from reflect.application.review_searching import Hit

SHOWN = 20
_LINES = 3


@click.command()
@click.argument("words", nargs=-1, required=True)
@for_option
@click.option(
    "--limit", type=click.IntRange(0), default=SHOWN, show_default=True, help="0 for all."
)
@json_option
@pass_desk
def command(desk: Desk, words: tuple[str, ...], who: str | None, limit: int, as_json: bool) -> None:
    """Find WORDS in answers, in what carries on, and in your notes, newest first.

    Capitals and accents do not count, `*` is any ending.
    """
    from reflect.application.review_searching import search

    hits = search(desk.app, " ".join(words), who)
    most = hits[: limit or None]
    if as_json:
        desk.json({"hits": [{"mentee": one.mentee, **one.found._asdict()} for one in most]})
        return
    for hit in most:
        _show(desk, hit)
    if not hits:
        desk.talk("Nothing holds these words.")
    elif len(hits) > len(most):
        desk.talk(f"{len(hits) - len(most)} more. All of them: --limit 0")


def _show(desk: Desk, hit: Hit) -> None:
    from reflect.cli.reviewing import brief

    found = hit.found
    head = f"{hit.mentee}  {found.day}  {brief(found.about, desk.columns)}"
    desk.show(brief(head, desk.columns))
    desk.show(f"    {brief(found.text, (desk.columns - 4) * _LINES)}")
