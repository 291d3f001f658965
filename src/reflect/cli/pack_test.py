"""`reflect pack test`: the stories of a pack are played, and what they leave out is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.pack_at import location_of, pack_argument
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.authoring import Rehearsal
    from reflect.packs.location import Location
    from reflect.rehearsal.coverage import Coverage, Missing
    from reflect.rehearsal.outcome import Failure, Played
    from reflect.rehearsal.story import Story
    from reflect.rehearsal.tally import Tally

_NO_STORIES = """\
This pack has no stories yet. A story is a conversation that
shows that the pack still does what you meant. To make one,
answer as a mentee would, and then keep what was said:

    reflect pack try {pack}
    /save story NAME"""


@click.command()
@pack_argument
@click.option("--story", metavar="TEXT", help="Only stories with TEXT in their name.")
@click.option("--language", metavar="CODE", help="Only stories told in this language.")
@click.option(
    "--coverage",
    "least",
    type=click.IntRange(0, 100),
    metavar="PERCENT",
    help="End with 1 when the stories reach less.",
)
@click.option("--strict", is_flag=True, help="The stories must reach everything.")
@click.option("--wordings", is_flag=True, help="List unused wordings, too.")
@click.option("--core", is_flag=True, help="Tell of what reflect itself asks, too.")
@click.option("--read", is_flag=True, help="Write the conversations as Markdown, to read aloud.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write a JUnit XML file.")
@json_option
@pass_desk
def command(
    desk: Desk,
    pack: str,
    story: str | None,
    language: str | None,
    least: int | None,
    strict: bool,
    wordings: bool,
    core: bool,
    read: bool,
    junit: Path | None,
    as_json: bool,
) -> int:
    """Play the stories of a pack.

    PACK is an id of `reflect pack list`; FILE and FOLDER need not be installed.
    Tells of each story, and then what no story reached. Ends with 1 when a story
    fails or cannot be read, the pack has errors, or too little was reached.
    """
    if strict and least is not None:
        hint = "--strict is --coverage 100"
        raise UsageError("usage", "--strict and --coverage exclude each other", hint)
    wish = _Wish(story, language, 100 if strict else least)
    played = _play(desk, location_of(desk, pack), wish, aloud=not (as_json or read))
    found = _Reached.of(played)
    if junit is not None and played.script is not None:
        _write(junit, played)
    if as_json:
        desk.json(_document(played, found, wish.least))
    elif read:
        _read(desk, played)
    else:
        _show(desk, pack, played)
        if found is not None and played.played and wish.counts:
            _show_reached(desk, found, wish, wordings=wordings, core=core)
    return 0 if _is_well(played) and (found is None or found.enough(wish.least)) else 1


class _Wish(NamedTuple):
    """Which stories are played, and how many points of a hundred they must reach."""

    story: str | None
    language: str | None
    least: int | None

    @property
    def counts(self) -> bool:
        """Whether what was not reached is told: of a few stories only when it is asked for."""
        return (self.story is None and self.language is None) or self.least is not None

    def wants(self, story: Story, language: str) -> bool:
        """Whether `story`, told in `language`, is to be played."""
        named = self.story is None or self.story.casefold() in story.name.casefold()
        return named and self.language in (None, language)


class _Reached(NamedTuple):
    """What the stories reached."""

    coverage: Coverage
    tallies: tuple[Tally, ...]
    own: tuple[Tally, ...]
    own_missing: tuple[Missing, ...]

    @classmethod
    def of(cls, played: Rehearsal) -> _Reached | None:
        """None when the pack could not be played."""
        from reflect.packs.places import Places
        from reflect.rehearsal.coverage import coverage, every_point, reached_by
        from reflect.rehearsal.own import own_points
        from reflect.rehearsal.tally import tally

        if played.script is None or played.tree is None:
            return None
        places, reached = Places(played.tree), reached_by(played.played)
        own = own_points(played.script)
        every = every_point(played.script, places)
        left = tuple(one for one in own if one.point not in reached)
        found = coverage(played.script, places, reached)
        return cls(found, tally(every, reached), tally(own, reached), left)

    @property
    def percent(self) -> int:
        """How many points of a hundred."""
        from reflect.rehearsal.tally import percent

        return percent(self.coverage.reached, self.coverage.points)

    def enough(self, least: int | None) -> bool:
        """Whether that is what was asked for."""
        return least is None or self.percent >= least


def _play(desk: Desk, location: Location, wish: _Wish, *, aloud: bool) -> Rehearsal:
    """Play the stories; `aloud` shows each as soon as it was played. Raises `UsageError` "no-such-story"."""
    from reflect.application.authoring import rehearse
    from reflect.cli.progress import progress

    done: list[Played] = []
    with progress("Stories") as bar:

        def told(one: Played, of: int) -> None:
            done.append(one)
            bar.clear()
            if aloud:
                _show_story(desk, one)
            bar.show(len(done), of)

        played = rehearse(desk.app, location, wanted=wish.wants, told=told)
    chosen = wish.story is not None or wish.language is not None
    if chosen and played.script is not None and not (done or played.findings):
        hint = "Without --story and --language all are played."
        raise UsageError("no-such-story", "no story is called or told like that", hint)
    return played


def _is_well(played: Rehearsal) -> bool:
    from reflect.diagnostics import has_errors

    return all(one.passed for one in played.played) and not has_errors(played.findings)


def _write(file: Path, played: Rehearsal) -> None:
    from reflect.rehearsal.junit import junit
    from reflect.sharing.files import put_file

    assert played.script is not None
    put_file(file, junit(played.script.pack, played.played).encode())


def _read(desk: Desk, played: Rehearsal) -> None:
    from reflect.terminal.reading import as_markdown

    for number, one in enumerate(played.played):
        assert played.script is not None
        desk.data(("\n" if number else "") + as_markdown(one, played.script, desk.app))


# --- for people --------------------------------------------------------------------


def _show_story(desk: Desk, one: Played) -> None:
    from reflect.sharing.layout import wrapped

    mark = "passed  " if one.passed else "FAILED  "
    for line in wrapped(one.story.name, desk.columns, first=mark, rest=" " * len(mark)):
        desk.show(line)
    if one.failure is not None:
        _show_failure(desk, one.failure)


def _show_failure(desk: Desk, failure: Failure) -> None:
    """Where, what was expected and what came instead, and how the conversation went up to there."""
    from reflect.cli.reached import show_conversation, show_line

    show_line(desk, "at", str(failure.place))
    show_line(desk, "expected", failure.expected)
    for number, said in enumerate(failure.said or ("nothing",)):
        show_line(desk, "" if number else "instead", said)
    if failure.transcript:
        desk.show("  so far")
        show_conversation(desk, failure.transcript)
    desk.show("")


def _show(desk: Desk, pack: str, played: Rehearsal) -> None:
    from reflect.sharing.layout import counted

    for finding in played.findings:
        desk.show(str(finding))
    if played.script is None:
        desk.talk("The pack has errors; no story was played.")
    elif played.played or played.findings:
        failures = sum(not one.passed for one in played.played)
        desk.talk(
            f"{counted(len(played.played), 'story', 'stories')}, {failures or 'none'} failed."
        )
    else:
        desk.talk(_NO_STORIES.format(pack=pack))


def _show_reached(desk: Desk, found: _Reached, wish: _Wish, *, wordings: bool, core: bool) -> None:
    from reflect.cli.reached import show_tallies

    show_tallies(desk, (*found.tallies, *(found.own if core else ())))
    missing: tuple[Missing, ...] = found.coverage.missing
    if wordings:
        missing += found.coverage.unused
    if core:
        missing += found.own_missing
    for one in missing:
        desk.show(str(one))
    if not found.enough(wish.least):
        desk.talk(f"The stories reach {found.percent} of a hundred; {wish.least} are asked for.")


# --- for programs ------------------------------------------------------------------


def _document(played: Rehearsal, found: _Reached | None, least: int | None) -> dict[str, object]:
    from reflect.cli.findings import as_record

    return {
        "pack": played.script.pack if played.script else None,
        "passed": _is_well(played) and (found is None or found.enough(least)),
        "stories": [_story(one) for one in played.played],
        "diagnostics": [as_record(finding) for finding in played.findings],
        "coverage": _coverage(found) if found is not None else None,
    }


def _story(one: Played) -> dict[str, object]:
    place = one.story.place
    return {
        "name": one.story.name,
        "file": place.file,
        "line": place.line,
        "language": one.story.language or None,
        "passed": one.passed,
        "seconds": round(one.seconds, 4),
        "failure": _failure(one.failure) if one.failure is not None else None,
    }


def _failure(failure: Failure) -> dict[str, object]:
    from reflect.cli.reached import as_conversation

    return {
        "file": failure.place.file,
        "line": failure.place.line,
        "column": failure.place.column,
        "expected": failure.expected,
        "instead": list(failure.said),
        "conversation": as_conversation(failure.transcript),
    }


def _coverage(found: _Reached) -> dict[str, object]:
    from reflect.cli.reached import as_missing, as_tallies

    return {
        "core": {
            "by": as_tallies(found.own),
            "missing": [as_missing(one) for one in found.own_missing],
        },
        "points": found.coverage.points,
        "reached": found.coverage.reached,
        "percent": found.percent,
        "by": as_tallies(found.tallies),
        "missing": [as_missing(one) for one in found.coverage.missing],
        "unused": [as_missing(one) for one in found.coverage.unused],
    }
