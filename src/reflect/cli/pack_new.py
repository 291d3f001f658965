"""`reflect pack new`: a folder with a pack to begin with."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from reflect.cli.asking import answer_to
from reflect.cli.desk import Desk, pass_desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.packs.header import Header
    from reflect.packs.location import Location
    from reflect.packs.starting import Start


class _Given(NamedTuple):
    """The options, None where nothing was said."""

    id: str | None
    title: str | None
    stages: tuple[str, ...]
    language: str | None
    about: str | None


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--id", "identifier", help="The pack's id, such as night-shift.")
@click.option("--title", help="What people see.")
@click.option("--stage", "stages", multiple=True, help="The title of a stage; repeat it for more.")
@click.option("--language", help="The language of its texts: en, de, es …")
@click.option("--about", help="One line about it.")
@click.option("--from", "source", metavar="PACK", help="Begin with a copy of this pack.")
@click.option("--extend", is_flag=True, help="With --from: build on it instead of copying it.")
@pass_desk
def command(
    desk: Desk,
    folder: Path | None,
    identifier: str | None,
    title: str | None,
    stages: tuple[str, ...],
    language: str | None,
    about: str | None,
    source: str | None,
    extend: bool,
) -> None:
    """Begin a pack of your own in a new FOLDER.

    What no option says is asked, in the order id, title, stages, language, about; without
    a terminal a line of input answers each. Nothing that is there is written over.
    """
    from reflect.application.starting import files_for
    from reflect.packs.new_folder import check_new, write_new

    given = _Given(identifier, title, stages, language, about)
    _check_options(given, source, extend)
    if folder is not None:
        check_new(folder)
    location, header = (None, None) if source is None else _base(desk, source, extend)
    start, folder = _start(desk, folder, given, header)
    write_new(folder, files_for(start, desk.app, location, extend=extend))
    desk.show(str(folder))
    desk.talk(f"Your pack is ready. See it asked: reflect pack try {start.folder}")


def _check_options(given: _Given, source: str | None, extend: bool) -> None:
    if extend and source is None:
        raise UsageError("usage", "--extend needs a pack to build on", "Add: --from PACK")
    if source is not None and (given.stages or given.language or given.about):
        message = "--stage, --language and --about do not go with --from"
        raise UsageError("usage", message, "They are taken from the other pack.")


def _base(desk: Desk, source: str, extend: bool) -> tuple[Location, Header]:
    """The pack to begin with, and what it says of itself."""
    from reflect.application.starting import header_at
    from reflect.cli.pack_at import location_of

    location = location_of(desk, source)
    installed = [one.location for one in desk.app.catalogue.entries() if not one.hidden]
    if extend and location not in installed:
        hint = "Add it to your packs first, or leave out --extend to copy it."
        raise UsageError("not-installed", f"{source} is none of the packs installed here", hint)
    return location, header_at(location)


def _start(
    desk: Desk, folder: Path | None, given: _Given, base: Header | None
) -> tuple[Start, Path]:
    """What the pack is called, and its folder."""
    from reflect.application import starting
    from reflect.packs.new_folder import check_new
    from reflect.packs.starting import Start, stages_called

    wrong_id = starting.wrong_id(desk.app)
    likely = starting.id_for(folder)
    likely = "" if likely and wrong_id(likely) else likely
    identifier = answer_to(
        desk,
        "Its short name (a-z, 0-9, hyphens)",
        wrong_id,
        option="--id",
        given=given.id,
        default=likely or None,
    )
    if folder is None:
        folder = Path(identifier)
        check_new(folder)
    title = answer_to(
        desk,
        "Its title",
        starting.wrong_line,
        option="--title",
        given=given.title,
        default=starting.title_for(identifier),
    )
    typed = _typed(folder, identifier)
    if base is not None:
        return Start(identifier, title, typed, base.language), folder
    stages = _stages(desk, given)
    language = answer_to(
        desk,
        "Its language",
        starting.wrong_language,
        option="--language",
        given=given.language,
        default="en",
    )
    about = answer_to(
        desk,
        "One line about it (Enter: none)",
        starting.wrong_about,
        option="--about",
        given=given.about,
        default="",
    )
    return Start(identifier, title, typed, language, about, stages_called(stages)), folder


def _stages(desk: Desk, given: _Given) -> list[str]:
    from reflect.application import starting

    if given.stages:
        problem = starting.wrong_stages(given.stages)
        if problem:
            raise UsageError("refused", f"--stage: {problem}", "See: reflect pack new --help")
        return list(given.stages)
    question = "Its stages, with commas between them (Enter: just one)"
    typed = answer_to(
        desk,
        question,
        lambda text: starting.wrong_stages(starting.titles_in(text)),
        option="--stage",
        default="",
    )
    return starting.titles_in(typed)


def _typed(folder: Path, identifier: str) -> str:
    """How `folder` is typed in a command."""
    if not str(folder).isprintable():
        return f"./{identifier}"
    return shlex.quote(str(folder) if folder.is_absolute() else f"./{folder.as_posix()}")
