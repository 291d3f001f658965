"""`reflect pack walk`: a pack explored without a person, every option and both sides of every condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.pack_at import location_of, pack_argument
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.packs.compile import Compiled
    from reflect.rehearsal.coverage import Missing
    from reflect.rehearsal.walk import Broken, Walked

_MOST = 1_000_000


@click.command()
@pack_argument
@click.option(
    "--random",
    "count",
    type=click.IntRange(1, _MOST),
    metavar="N",
    help="N random conversations instead; tells how often each thing was come by.",
)
@click.option(
    "--seed", type=int, metavar="S", help="With --random: the same S, the same conversations."
)
@click.option("--language", metavar="CODE", help="One of the pack's translations.")
@json_option
@pass_desk
def command(
    desk: Desk, pack: str, count: int | None, seed: int | None, language: str | None, as_json: bool
) -> int:
    """Explore a pack without a person.

    PACK is an id of `reflect pack list`; FILE and FOLDER need not be installed.
    Made-up conversations take every option and bring about both sides of every
    condition, and each is checked: it ends, nothing is asked twice, no text has a
    gap, going back works. What is heard in a text is made up, too. Ends with 1 when
    the pack has errors, something can never be reached, or a conversation breaks.
    """
    from reflect.application.authoring import compiled_at

    if seed is not None and count is None:
        raise UsageError("usage", "--seed goes with --random", "Such as: --random 500 --seed 7")
    compiled = compiled_at(desk.app, location_of(desk, pack), language)
    if compiled.script is None:
        return _refuse(desk, compiled, as_json=as_json)
    if language is not None and language != compiled.script.language:
        message = f"this pack is not translated into {language[:20]}"
        raise UsageError("no-such-language", message, "Without --language its own texts are used.")
    walked = _walk(compiled, count, seed or 0)
    if as_json:
        desk.json(_document(compiled, walked, count, seed or 0))
    else:
        _show(desk, walked, searched=count is None)
    return 1 if walked.broken or (count is None and walked.missing) else 0


def _walk(compiled: Compiled, count: int | None, seed: int) -> Walked:
    from reflect.cli.progress import progress
    from reflect.packs.places import Places
    from reflect.rehearsal.walk import walk, wander

    assert compiled.script is not None and compiled.tree is not None
    places = Places(compiled.tree)
    with progress("Conversations" if count else "Reached") as bar:
        if count is None:
            return walk(compiled.script, places, bar.show)
        return wander(compiled.script, places, count, seed, bar.show)


def _refuse(desk: Desk, compiled: Compiled, *, as_json: bool) -> int:
    """A pack with errors cannot be walked."""
    from reflect.cli.findings import as_record

    if as_json:
        desk.json({"pack": None, "diagnostics": [as_record(one) for one in compiled.diagnostics]})
    else:
        for finding in compiled.diagnostics:
            desk.show(str(finding))
        desk.talk("The pack has errors; nobody can walk through it.")
    return 1


# --- for people --------------------------------------------------------------------


def _show(desk: Desk, walked: Walked, *, searched: bool) -> None:
    from reflect.cli.reached import show_tallies
    from reflect.rehearsal.tally import tally
    from reflect.sharing.layout import counted

    show_tallies(desk, tally(walked.points, walked.hits))
    if searched:
        for one in walked.missing:
            desk.show(_missing(walked, one))
    else:
        _show_hits(desk, walked)
    for broken in walked.broken:
        _show_broken(desk, broken)
    held = counted(walked.conversations, "conversation")
    desk.talk(f"{held}, of {walked.shortest} to {walked.longest} questions.")
    if searched and walked.missing:
        desk.talk(f"{counted(len(walked.missing), 'thing')} nobody ever comes by.")


def _missing(walked: Walked, one: Missing) -> str:
    unsure = " - not found, though not all could be tried" if one.point in walked.unsure else ""
    return f"{one}{unsure}"


def _show_hits(desk: Desk, walked: Walked) -> None:
    """How often each thing was come by, what was come by most often last."""
    from reflect.cli.table import columns

    found = sorted(walked.points, key=lambda one: walked.hits.get(one.point, 0))
    rows = [(str(walked.hits.get(one.point, 0)), one.subject) for one in found]
    for line in columns(rows, desk.columns):
        desk.show(line)


def _show_broken(desk: Desk, broken: Broken) -> None:
    from reflect.cli.reached import show_conversation, show_line

    show_line(desk, "BROKEN", broken.message)
    show_line(desk, "stage", broken.stage)
    show_conversation(desk, broken.transcript)


# --- for programs ------------------------------------------------------------------


def _document(
    compiled: Compiled, walked: Walked, count: int | None, seed: int
) -> dict[str, object]:
    from reflect.cli.reached import as_conversation, as_missing, as_tallies
    from reflect.rehearsal.tally import tally

    assert compiled.script is not None
    return {
        "pack": compiled.script.pack,
        "random": count,
        "seed": seed if count is not None else None,
        "conversations": walked.conversations,
        "shortest": walked.shortest,
        "longest": walked.longest,
        "by": as_tallies(tally(walked.points, walked.hits)),
        "points": [
            {**as_missing(one), "message": one.subject, "hits": walked.hits.get(one.point, 0)}
            for one in walked.points
        ],
        "missing": [
            {**as_missing(one), "certain": one.point not in walked.unsure} for one in walked.missing
        ],
        "broken": [
            {
                "stage": one.stage,
                "message": one.message,
                "conversation": as_conversation(one.transcript),
            }
            for one in walked.broken
        ],
    }
