"""A pack to begin with: the files of a new folder, from starters in the author's language.

The starters lie in `starters/LANGUAGE/`; another language gets the English ones and
a line that says so. A `$name` in a starter is filled in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

import msgspec

from reflect.packs.conform import is_id, option_id
from reflect.packs.json_schema import Kind, modeline, schema_file, schema_text
from reflect.packs.quoting import scalar

Files = dict[str, str]
"""What a new folder holds: texts by their path in it."""

OWN_WORDS = "en"
_STARTERS = Path(__file__).parent / "starters"
_LONGEST = 24
MOST_STAGES = 8
"""Stages that a new pack can begin with; more can be written later."""
_KINDS: tuple[Kind, ...] = ("pack", "story", "translation")


class StartingStage(msgspec.Struct, frozen=True):
    """A stage of a new pack."""

    id: str
    title: str


class Start(msgspec.Struct, frozen=True):
    """What a new pack is to be called; `folder` is how its folder is typed in a command.

    Without `stages` the pack has one, which is called like the pack. `kinds` explains what
    plug-ins let `answer` be.
    """

    id: str
    title: str
    folder: str
    language: str = OWN_WORDS
    about: str = ""
    stages: tuple[StartingStage, ...] = ()
    kinds: dict[str, str] = {}


def stages_called(titles: Iterable[str]) -> tuple[StartingStage, ...]:
    """A stage for each of `titles`, with an id made of its title."""
    made: dict[str, StartingStage] = {}
    for number, title in enumerate(titles, 1):
        name = option_id(title, number)[:_LONGEST].strip("-")
        if not is_id(name) or name in made or name.startswith("option-"):
            name = f"stage-{number}"
        made[name] = StartingStage(name, title)
    return tuple(made.values())


def new_pack(start: Start) -> Files:
    """The files of a pack that can be asked, checked and tested as it is."""
    words = Words(start)
    first = start.stages[0] if start.stages else None
    part = f"{first.id}-" if first else ""
    stage = first.id if first else start.id
    story = words.filled("story.yaml", part=part, stage=stage)
    return {
        "pack.yaml": modeline("pack") + words.note + words.filled("pack.yaml") + _phases(words),
        "stories/first.yaml": modeline("story", folders=1) + story,
        "README.md": words.filled("README.md"),
        **editor_files(start),
    }


def editor_files(start: Start) -> Files:
    """The schemas that the first lines of a pack's files name."""
    return {schema_file(kind): schema_text(kind, start.kinds) + "\n" for kind in _KINDS}


class Words:
    """The starters in the language of `start`, with what it says filled in."""

    def __init__(self, start: Start) -> None:
        own = _STARTERS / start.language.partition("-")[0]
        self.start = start
        self.foreign = not own.is_dir()
        self._folder = _STARTERS / OWN_WORDS if self.foreign else own
        self._values = {
            "id": start.id,
            "folder": start.folder,
            "language": start.language,
        }

    @property
    def note(self) -> str:
        """A line that says that the words are not in the language of the pack, if they are not."""
        return self.filled("foreign.txt") if self.foreign else ""

    def said(self, name: str) -> dict[str, str]:
        """The sentences of the starter called `name`, by what they are for."""
        lines = (self._folder / name).read_text("utf-8").splitlines()
        return dict(line.split(": ", 1) for line in lines)

    def later(self) -> Iterator[list[str]]:
        """A question for each later stage: what is asked, how to answer, an example."""
        text = self.filled("later.txt")
        count = len(self.start.stages) - 1
        return (block.splitlines() for block in text.split("\n\n")[:count])

    def filled(self, name: str, **values: str) -> str:
        """The starter called `name`; a line whose value is missing is left out."""
        text = (self._folder / name).read_text("utf-8")
        if not self.start.about:
            text = text.replace("about: $about\n", "")
        plain = name.endswith(".md")
        title, about = self.start.title, self.start.about
        own = {"title": title if plain else scalar(title), "about": scalar(about)}
        return Template(text).substitute(self._values, **own, **values)


def _phases(words: Words) -> str:
    if not words.start.stages:
        return words.filled("stage.yaml", part="")
    return words.filled("stages.yaml") + "stages:\n" + "\n".join(_stages(words))


def _stages(words: Words) -> Iterator[str]:
    """The first stage with all phases, the later ones with a question each."""
    first, *later = words.start.stages
    yield _stage(first, words.filled("stage.yaml", part=f"{first.id}-"))
    for stage, (ask, how, example) in zip(later, words.later(), strict=True):
        lines = ("worked:", f"  - id: {stage.id}-worked")
        texts = (f"    ask: {ask}", f"    how: {how}", f"    example: {scalar(example)}")
        yield _stage(stage, "\n".join((*lines, *texts)))


def _stage(stage: StartingStage, phases: str) -> str:
    inner = "".join(f"    {line}\n" if line else "\n" for line in phases.splitlines())
    return f"  - id: {stage.id}\n    title: {scalar(stage.title)}\n\n{inner}"
