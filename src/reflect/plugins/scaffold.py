"""Writes an example plug-in: a distribution that can be installed as it is, with a test."""

from __future__ import annotations

import re
from pathlib import Path

from reflect.errors import ReflectError, UsageError

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

_PROJECT = """\
[build-system]
requires = ["setuptools>=69"]
build-backend = "setuptools.build_meta"

[project]
name = "reflect-{name}"
version = "0.1.0"
description = "A plug-in for reflect."
requires-python = ">=3.11"
dependencies = ["reflect-mentorship"]

[project.entry-points."{group}"]
{name} = "{module}"

[tool.setuptools]
{setuptools}

[tool.pytest.ini_options]
pythonpath = ["."]
testpaths = ["tests"]
"""

_CODE_SETUP = 'py-modules = ["{module}"]'
_DATA_SETUP = """\
packages = ["{module}"]

[tool.setuptools.package-data]
{module} = ["*/*.yaml", "*/*/*.yaml"]"""

_MODULE = '''\
"""A plug-in for reflect: one cue, one kind of answer, one format."""

from reflect.plugins.api import AnswerKind, Collection, Cue, Exporter, Heard, Utterance, hookimpl


def thankful(said: Utterance) -> Heard:
    """Heard where somebody says thanks; in packs: `when: answer is thankful`."""
    found = [(word.start, word.end) for word in said.tokens if word.word.startswith("thank")]
    return tuple(found) or None


def room(text: str) -> str | None:
    """A room such as B12; in packs: `answer: room`."""
    if text[:1].isalpha() and text[1:].isdigit():
        return None
    return "Please give the room as a letter and a number, such as B12."


def table(sessions: Collection) -> bytes:
    """One line for each answer; on the command line: `reflect export --format table`."""
    lines = [
        f"{session.session.day}\\t{turn.question}\\t{turn.answer}"
        for session in sessions.transcripts
        for turn in session.turns
    ]
    return ("\\n".join(lines) + "\\n").encode()


@hookimpl
def reflect_cues():
    return [Cue("thankful", "says thanks", thankful)]


@hookimpl
def reflect_answer_kinds():
    return [AnswerKind("room", "a room: a letter and a number", room)]


@hookimpl
def reflect_exporters():
    return [Exporter("table", ".tsv", "one line for each answer", table)]
'''

_CODE_TEST = '''\
"""The plug-in keeps its promises; run with: pytest"""

import {module} as plugin


def test_a_room_is_a_letter_and_a_number():
    (kind,) = plugin.reflect_answer_kinds()
    assert kind.check("B12") is None
    assert "such as B12" in kind.check("somewhere")


def test_every_cue_says_what_it_hears():
    for cue in plugin.reflect_cues():
        assert cue.name and cue.definition


def test_a_format_without_sessions_is_empty():
    from reflect.plugins.api import Collection

    (exporter,) = plugin.reflect_exporters()
    assert exporter.write(Collection(schema_version=1, transcripts=())).strip() == b""
'''

_PACK = """\
reflect: 1
pack: {name}
version: 0.1.0
title: {title}
language: en
about: Three questions to begin with.

worked:
  - id: {name}-worked
    ask: What went better than last time?
    how: One moment is enough.
    example: I asked before I started.
    keep: win
adjust:
  - id: {name}-adjust
    ask: What would you do differently?
    how: One thing that is yours to change.
    example: I would write it down first.
    keep: lesson
next:
  - id: {name}-next
    ask: What will you do until you meet again?
    how: Something you can start with.
    example: Ask Sam for the rota, by Friday.
    keep: action
"""

_DATA_TEST = '''\
"""The pack can be used; run with: pytest"""

from pathlib import Path

from reflect.packs.compile import compile_pack
from reflect.packs.location import Location, read_files
from reflect.plugins.shipped import shipped_core
from reflect.script import Vocabulary

PACK = Path(__file__).parents[1] / "{module}" / "{name}"


def test_the_pack_has_no_errors():
    compiled = compile_pack(
        read_files(Location("yours", str(PACK))),
        language=None,
        core=read_files(shipped_core()),
        library=lambda pack: None,
        vocabulary=Vocabulary({{}}),
    )
    assert compiled.script is not None, "\\n".join(map(str, compiled.diagnostics))
'''


def write_example(where: Path, name: str, *, data: bool = False) -> tuple[Path, ...]:
    """Write the example plug-in `name` into a new folder of that name in `where`; gives its files.

    With `data` it holds a pack and no code. Raises `UsageError` "bad-name" and
    `ReflectError` "folder-exists", "not-written".
    """
    if not _NAME.fullmatch(name) or len(name) > 40:
        message = "the name of a plug-in is made of small letters, digits and single dashes"
        raise UsageError("bad-name", message, "Such as: ward-debrief")
    folder = where / name
    try:
        folder.mkdir()
    except FileExistsError:
        message = f"{folder} is there already and was left as it is"
        raise ReflectError("folder-exists", message, "Choose another name.") from None
    except OSError:
        message = f"cannot make the folder {folder}"
        raise ReflectError("not-written", message, "Go to a folder of your own.") from None
    files = _data_files(name) if data else _code_files(name)
    for file, text in files.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    return tuple(folder / file for file in files)


def _module(name: str) -> str:
    return f"reflect_{name.replace('-', '_')}"


def _code_files(name: str) -> dict[str, str]:
    module = _module(name)
    setup = _CODE_SETUP.format(module=module)
    project = _PROJECT.format(name=name, group="reflect", module=module, setuptools=setup)
    return {
        "pyproject.toml": project,
        f"{module}.py": _MODULE,
        f"tests/test_{module}.py": _CODE_TEST.format(module=module),
    }


def _data_files(name: str) -> dict[str, str]:
    module = _module(name)
    setup = _DATA_SETUP.format(module=module)
    project = _PROJECT.format(name=name, group="reflect.packs", module=module, setuptools=setup)
    title = name.replace("-", " ").capitalize()
    return {
        "pyproject.toml": project,
        f"{module}/__init__.py": "",
        f"{module}/{name}/pack.yaml": _PACK.format(name=name, title=title),
        f"tests/test_{module}.py": _DATA_TEST.format(module=module, name=name),
    }
