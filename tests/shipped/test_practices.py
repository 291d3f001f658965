"""No practice loses its question, its command, its story or its test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

from reflect.application.authoring import rehearse
from reflect.application.wiring import Application
from reflect.cli.main import root
from reflect.rehearsal.outcome import Played
from tests.shipped.practices import PAGE, ROOT, Practice, page, practices

EVERY = practices()
COUNTS = {"S0": 20, "S1": 26, "S2": 23, "S3": 52, "S4": 19}
"""Practices of each source text."""


def test_no_practice_is_missing() -> None:
    for source, count in COUNTS.items():
        numbers = [int(one.id[3:]) for one in EVERY if one.id.startswith(source)]
        assert numbers == list(range(1, count + 1)), source


def test_every_practice_is_served_and_shown() -> None:
    for one in EVERY:
        assert one.says and (one.questions or one.commands), one.id
        assert one.stories or one.tests, one.id


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_what_serves_it_is_there(one: Practice, app: Application) -> None:
    for name in one.questions:
        pack, _, question = name.partition("/")
        assert question in questions(app, pack), name
    for command in one.commands:
        assert is_command(command), command


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.id)
def test_what_shows_it_is_there(one: Practice) -> None:
    for story in one.stories:
        pack, _, name = story.partition(": ")
        assert name in stories(pack), story
    for test in one.tests:
        file, _, function = test.partition("::")
        assert function in functions(ROOT / file), test


@pytest.mark.slow
@pytest.mark.parametrize(
    "pack", sorted({story.partition(": ")[0] for one in EVERY for story in one.stories})
)
def test_a_story_asks_what_it_is_to_show(app: Application, pack: str) -> None:
    played = rehearse(app, app.catalogue.entry(pack).location).played
    asked = {one.story.name: set(_parts(one)) for one in played}
    for one in EVERY:
        wanted = {name.partition("/")[2].removeprefix("core.") for name in one.questions}
        for story in one.stories:
            of, _, name = story.partition(": ")
            assert of != pack or wanted & asked[name], f"{one.id}: {story}"


def _parts(played: Played) -> Iterator[str]:
    """Ids of what was asked; of core's turns, `kind-of` of `able-to/kind-of` and `move` of `move@at-ease`."""
    for point in played.reached:
        if point.what in ("question", "core"):
            yield from re.split("[@/]", point.name)


def test_the_page_is_what_would_be_written() -> None:
    assert PAGE.read_text("utf-8") == page()


@cache
def questions(app: Application, pack: str) -> frozenset[str]:
    script = app.script(pack)
    own = {question.id for stage in script.stages for question in stage.questions()}
    return frozenset(own | {f"core.{name}" for name in script.core})


@cache
def stories(pack: str) -> frozenset[str]:
    files = (ROOT / "prompt_packs" / pack / "stories").glob("*.yaml")
    read = (yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader) for file in files)
    return frozenset(story["story"] for told in read for story in told)


@cache
def functions(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_a_command_or_option_that_is_gone_is_noticed() -> None:
    assert is_command("goals edit --kind") and is_command("--short")
    assert not any(map(is_command, ("", "goal", "goals agre", "goals --kind", "--shorter")))


def is_command(typed: str) -> bool:
    """Whether the words before the first option name a command, and its options are known.

    What follows a command that has no commands of its own is an argument.
    """
    command: click.Command = root
    context = click.Context(root, resilient_parsing=True)
    words = typed.split()
    while words and isinstance(command, click.Group) and not words[0].startswith("--"):
        found = command.get_command(context, words.pop(0))
        if found is None:
            return False
        command = found
    known = {name for option in command.params for name in option.opts}
    return bool(typed) and all(word in known for word in words if word.startswith("--"))
