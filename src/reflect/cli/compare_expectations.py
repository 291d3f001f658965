"""`reflect compare-expectations`: what the two of you expect of each other, side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import mentorship_option
from reflect.cli.replacing import force_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reflect.application.comparing import Compared
    from reflect.application.comparing_points import Point
    from reflect.application.wiring import Application

_WIDEST = 100


@click.command()
@click.argument("who", nargs=-1, metavar="[WHO]")
@click.option("--pack", metavar="ID", default="", help="Of several packs for both, this one.")
@click.option("--agenda", is_flag=True, help="Put every difference on the agenda.")
@click.option("--agreements", is_flag=True, help="Keep as agreed what both of you said.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Markdown, in a file.")
@force_option
@mentorship_option
@json_option
@pass_desk
def command(
    desk: Desk,
    who: tuple[str, ...],
    pack: str,
    agenda: bool,
    agreements: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Put what you expect of each other side by side, and talk about the differences.

    Each of you answers alone (reflect --pack expectations), shares it, and opens the file
    that the other has shared. WHO is the person opposite, if you have several. In a terminal
    every difference is offered for the agenda, and what both of you said as an agreement.
    """
    from reflect.application.comparing import compared

    found = compared(desk.app, " ".join(who), pack)
    if output is not None:
        _write(desk, found, output, force=force)
    elif not as_json:
        _show(desk, found)
    if found.newer:
        desk.talk("You have answered it anew since. To compare that one, share it first.")
    _take(desk, found, agenda=agenda, agreements=agreements, ask=not as_json and output is None)
    if as_json and output is None:
        desk.json(_document(desk.app, found))


def _show(desk: Desk, found: Compared) -> None:
    from reflect.sharing.side_by_side_form import as_text

    width = desk.columns_up_to(_WIDEST)
    today = desk.app.now().date().isoformat()
    desk.show(as_text(found.comparison, found.phrases, width, today))


def _write(desk: Desk, found: Compared, output: Path, *, force: bool) -> None:
    from reflect.cli.replacing import check_leave
    from reflect.sharing.files import put_file
    from reflect.sharing.side_by_side_form import as_markdown

    check_leave(desk, output, force=force)
    today = desk.app.now().date().isoformat()
    put_file(output, as_markdown(found.comparison, found.phrases, today).encode())
    desk.talk(f"Written to {output}.")


def _document(app: Application, found: Compared) -> dict[str, object]:
    import msgspec

    from reflect.application.comparing_points import points, terms

    told: dict[str, object] = msgspec.to_builtins(found.comparison)
    kept = {
        name: [{"asked": one.row.asked, "text": one.text, "kept": one.kept} for one in some]
        for name, some in (("agenda", points(app, found)), ("agreements", terms(app, found)))
    }
    return {**told, **kept}


# --- what follows ----------------------------------------------------------------------


def _take(desk: Desk, found: Compared, *, agenda: bool, agreements: bool, ask: bool) -> None:
    """Keep what was asked for; a terminal is asked once about the rest."""
    from reflect.application.comparing_points import (
        keep_term,
        points,
        put_on_agenda,
        remember_offer,
        terms,
        was_offered,
    )

    app = desk.app
    open_points = [one for one in points(app, found) if not one.kept]
    open_terms = [one for one in terms(app, found) if not one.kept]
    asks = ask and sys.stdin.isatty() and not was_offered(app, found)
    put = _kept(desk, found, open_points, put_on_agenda, "sides-ask-agenda", agenda, asks)
    held = _kept(desk, found, open_terms, keep_term, "sides-ask-term", agreements, asks)
    _tell(desk, found, put, held)
    if asks and (open_points or open_terms):
        remember_offer(app, found)
    elif ask and not asks:
        _tell_of_rest(desk, len(open_points) - put, len(open_terms) - held)


def _kept(
    desk: Desk,
    found: Compared,
    offered: Sequence[Point],
    keep: Callable[[Application, Compared, Point], None],
    question: str,
    every: bool,
    asks: bool,
) -> int:
    """How many of `offered` were kept: all of them, or those that the person at the terminal wants."""
    number = 0
    for point in offered:
        if every or (asks and _agrees(desk, found, question, point)):
            keep(desk.app, found, point)
            number += 1
    return number


def _agrees(desk: Desk, found: Compared, question: str, point: Point) -> bool:
    """Whether the next line is a yes, in the language of the mentorship; the end of input is a no."""
    from reflect.events import Expectation
    from reflect.text import for_terminal

    say = found.phrases.say
    names = {"topic": point.row.topic} if question == "sides-ask-agenda" else {"text": point.text}
    sys.stderr.write(for_terminal(f"{say(question, **names)} {say('sides-hint')} "))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line.endswith("\n"):
        sys.stderr.write("\n")
    app = desk.app
    heard = app.ear(found.relation.language).hear(line, Expectation(kind="yesno"), app.now())
    return heard.value is True


def _tell(desk: Desk, found: Compared, put: int, held: int) -> None:
    from reflect.sharing.layout import counted

    if put and found.relation.role == "mentee":
        desk.talk(f"On the agenda: {counted(put, 'point')}. See: reflect questions")
    elif put:
        desk.talk(f"Noted for the agenda: {counted(put, 'point')}. They go with your next reply.")
    if held:
        desk.talk(f"Kept as agreed: {counted(held, 'term')}. See: reflect agreements")


def _tell_of_rest(desk: Desk, differ: int, alike: int) -> None:
    if differ:
        desk.talk("To put the differences on the agenda: reflect compare-expectations --agenda")
    if alike:
        desk.talk("To keep what both of you said: reflect compare-expectations --agreements")
