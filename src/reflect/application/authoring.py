"""What a pack's author works with: the pack at a place as it is now, and everything that can be said about it.

The place need not be one where packs are installed, and nothing is kept: every call
reads the files anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.diagnostics import Diagnostic, has_errors
from reflect.errors import PackError

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.packs.compile import Compiled, PackFiles
    from reflect.packs.location import Location
    from reflect.packs.tree import Map
    from reflect.rehearsal.outcome import Played
    from reflect.rehearsal.story import Story
    from reflect.script import Script


def read_pack(location: Location) -> PackFiles:
    """The files of the pack at `location`; PackError "pack-not-readable"."""
    from reflect.packs.location import read_files

    return read_files(location)


def compiled_at(app: Application, location: Location, language: str | None = None) -> Compiled:
    """The pack at `location` in `language` (by default its own), with its resolved tree.

    Raises PackError "pack-not-readable".
    """
    return compiled(app, read_pack(location), language)


def compiled(app: Application, files: PackFiles, language: str | None = None) -> Compiled:
    """A pack that need not lie anywhere, as `compiled_at`."""
    from reflect.packs.compile import compile_pack

    return compile_pack(
        files,
        language=language,
        core=app.catalogue.core,
        library=app.catalogue.library,
        vocabulary=app.discovery.vocabulary,
    )


def check_pack(app: Application, location: Location) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the pack at `location`, in each of its languages, by place.

    The format's errors, what makes a pack worse than it could be, examples that do not do what
    they say, and stories that cannot be read.
    """
    from reflect.packs.location import languages

    try:
        runs = [
            finding
            for language in (None, *languages(location))
            for finding in _check(app, location, language)
        ]
        runs.extend(_stories(location))
    except PackError as error:
        return (as_finding(error, location.file),)
    found = dict.fromkeys(one for one in runs if _concerns(one, location))
    return tuple(sorted(found, key=lambda finding: (finding.place, finding.code)))


def _concerns(finding: Diagnostic, location: Location) -> bool:
    """Whether the author of the pack at `location` can do anything: a base pack's warnings are its own author's."""
    own = location.translations is None or finding.place.file.startswith(f"{location.path}/")
    return own or has_errors((finding,))


class Rehearsal(NamedTuple):
    """The stories of a pack, played: `script` and `tree` are the pack in its own language.

    `script` is None, and nothing was played, when the pack has errors; `findings` are these, or
    what is wrong with the files of the stories.
    """

    script: Script | None
    tree: Map | None
    played: tuple[Played, ...]
    findings: tuple[Diagnostic, ...]


def rehearse(
    app: Application,
    location: Location,
    *,
    wanted: Callable[[Story, str], bool] = lambda story, language: True,
    told: Callable[[Played, int], None] = lambda played, of: None,
) -> Rehearsal:
    """Play every story of the pack at `location` that is `wanted`, each in its language.

    `wanted` is asked with each story and the language it is told in; `told` hears of each as soon
    as it was played, and of how many there are. Raises PackError "pack-not-readable".
    """
    from reflect.rehearsal.files import story_files
    from reflect.rehearsal.story import read_stories

    own = compiled_at(app, location)
    if own.script is None:
        return Rehearsal(None, own.tree, (), own.diagnostics)
    read = [read_stories(file.file, file.data) for file in story_files(location)]
    findings = tuple(finding for _, found in read for finding in found)
    stories = [
        story
        for found, _ in read
        for story in found
        if wanted(story, story.language or own.script.language)
    ]
    scripts, wrong = _scripts(app, location, own.script, stories)
    played = []
    for one in _played(app, scripts, own.script.language, stories):
        played.append(one)
        told(one, len(stories))
    return Rehearsal(own.script, own.tree, tuple(played), (*wrong, *findings))


def _scripts(
    app: Application, location: Location, own: Script, stories: list[Story]
) -> tuple[dict[str, Script], tuple[Diagnostic, ...]]:
    """The script of each language that stories are told in, and what is wrong where there is none."""
    scripts = {own.language: own}
    wrong: list[Diagnostic] = []
    for language in sorted({story.language for story in stories} - {"", own.language}):
        found = compiled_at(app, location, language)
        scripts[language] = found.script or own
        wrong += found.diagnostics if found.script is None else ()
    return scripts, tuple(dict.fromkeys(wrong))


def _played(
    app: Application, scripts: dict[str, Script], own: str, stories: list[Story]
) -> Iterator[Played]:
    from reflect.application.hearing import make_ear
    from reflect.rehearsal.play import play

    ears = {language: make_ear(app, language) for language in scripts}
    for story in stories:
        language = story.language or own
        yield play(scripts[language], story, ears[language])


def as_finding(error: PackError, file: str) -> Diagnostic:
    """What stopped the look at `file`, as a finding about it."""
    from reflect.diagnostics import Place, Severity
    from reflect.packs.location import Unreadable

    place = Place(error.file if isinstance(error, Unreadable) else file)
    return Diagnostic(error.code, Severity.ERROR, place, error.message, error.hint)


def _check(app: Application, location: Location, language: str | None) -> Iterator[Diagnostic]:
    """The findings in one language."""
    from reflect.application.hearing import make_ear
    from reflect.packs.places import Places
    from reflect.packs.quality.check import quality
    from reflect.packs.rules import rule_findings
    from reflect.rehearsal.examples import check_examples

    found = compiled_at(app, location, language)
    yield from found.diagnostics
    script, tree = found.script, found.tree
    if tree is not None:
        yield from _taken(app, location, tree)
    if script is None or tree is None:
        return
    yield from quality(script, tree, app.lexicon(script.language))
    yield from check_examples(script, make_ear(app, script.language), Places(tree))
    yield from rule_findings(app.lint_rules, script, Places(tree))


def _taken(app: Application, location: Location, tree: Map) -> Iterator[Diagnostic]:
    """That the id of the pack `tree` belongs to an installed one that did not come from the mentee."""
    from reflect.packs.catalogue import id_taken
    from reflect.packs.location import YOURS
    from reflect.packs.tree import text_at

    name = text_at(tree, "pack")
    owners = [one for one in app.catalogue.entries() if name and one.id == name.value]
    owner = next((one for one in owners if not one.hidden and one.source != YOURS), None)
    if name and owner and not _same_file(owner.location.file, location.file):
        yield id_taken(name.place, name.value, owner)


def _same_file(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()


def _stories(location: Location) -> Iterator[Diagnostic]:
    """What is wrong with the files of the pack's stories."""
    from reflect.rehearsal.files import story_files
    from reflect.rehearsal.story import read_stories

    for file in story_files(location):
        yield from read_stories(file.file, file.data)[1]
