"""A pack to begin with that is made from another: a copy under an id of its own, or one that extends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from reflect.packs.compile import PackFiles, PackText
from reflect.packs.json_schema import Kind, modeline
from reflect.packs.limits import OTHER_BYTES
from reflect.packs.quoting import scalar
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.starting import Files, Start, Words, editor_files
from reflect.packs.tree import List, Map, Text, word_at
from reflect.script import PHASES, OneOf, Placeholder, Question, Script, Single, Stage, Template

_MODELINE = "# yaml-language-server:"


# --- a copy ------------------------------------------------------------------------


def copied_pack(start: Start, files: PackFiles, stories: Iterable[PackText]) -> Files:
    """The files of a copy, comments and all, in which the pack's id is that of `start`.

    Its title becomes that of `start`; translations keep theirs. `stories` are the files of its stories.
    """
    pack = files.pack.data.decode()
    root = _root(pack)
    old = word_at(root, "pack")
    made = {"pack.yaml": _opened(_titled(_with_id(pack, start.id), start.title), "pack", 0)}
    for language, text in files.translations.items():
        own = _with_id(text.data.decode(), start.id)
        made[f"translations/{language}.yaml"] = _opened(own, "translation", 1)
    for story in stories:
        told = story.data.decode()
        if "stages" not in root.values:
            told = _restaged(told, old, start.id)
        name = story.file.replace("\\", "/").rpartition("/")[2]
        made[f"stories/{name}"] = _opened(told, "story", 1)
    return {**made, "README.md": Words(start).filled("README.md"), **editor_files(start)}


def _root(text: str) -> Map:
    found = read_tree("", text.encode(), Report(), limit=OTHER_BYTES)
    return found if isinstance(found, Map) else Map({}, {})


def _with_id(text: str, new: str) -> str:
    """`text`, a pack or a translation, with the id `new`."""
    found = _root(text).values.get("pack")
    return _put(text, [found], new) if isinstance(found, Text) else text


def _restaged(text: str, old: str, new: str) -> str:
    """`text`, stories of a pack without stages, which plays in the stage that is called like the pack."""
    root = read_tree("", text.encode(), Report(), limit=OTHER_BYTES)
    stories = root.items if isinstance(root, List) else (root,)
    stages = [story.values.get("stage") for story in stories if isinstance(story, Map)]
    return _put(text, [one for one in stages if isinstance(one, Text) and one.value == old], new)


def _put(text: str, places: list[Text], new: str) -> str:
    """`text` with `new` where `places` stand."""
    lines = text.split("\n")
    for place in places:
        line, start = lines[place.line - 1], place.column - 1
        lines[place.line - 1] = line[:start] + line[start:].replace(place.value, new, 1)
    return "\n".join(lines)


def _titled(text: str, title: str) -> str:
    """`text`, a pack, with this title, written on one line."""
    root = _root(text)
    if "title" not in root.keys or word_at(root, "title").strip() == title:
        return text
    lines = text.split("\n")
    first = last = root.keys["title"].line
    while last < len(lines) and lines[last].startswith(" "):
        last += 1
    return "\n".join([*lines[: first - 1], f"title: {scalar(title)}", *lines[last:]])


def _opened(text: str, kind: Kind, folders: int) -> str:
    """`text` with the line for editors at its beginning."""
    first, _, rest = text.partition("\n")
    return modeline(kind, folders=folders) + (rest if first.startswith(_MODELINE) else text)


# --- a pack that extends -------------------------------------------------------------


class Example(msgspec.Struct, frozen=True):
    """A question of the base and where it stands, and one that could be left out.

    `stage` is empty when the base has no stages.
    """

    question: str
    phase: str
    retired: str
    stage: str = ""


def extending_pack(start: Start, base: Script) -> Files:
    """The files of a pack that builds on `base` and changes nothing yet; what it could change is told."""
    words, example = Words(start), example_in(base)
    said = words.said("words.yaml")
    change = [f"- id: {example.question}", f"  ask: {scalar(said['override'])}"]
    add = [
        f"- {example.question}",
        f"- id: {start.id[:48]}-asks",
        f"  ask: {scalar(said['added'])}",
        f"  how: {scalar(said['how'])}",
        f"  example: {scalar(said['example'])}",
    ]
    pack = words.filled(
        "extension.yaml",
        base=base.pack,
        override=_noted(_placed(change, example)),
        added=_noted(_placed(add, example)),
        retired=example.retired,
    )
    story = words.filled("extension-story.yaml", stage=example.stage or start.id)
    return {
        "pack.yaml": modeline("pack") + words.note + pack,
        "stories/first.yaml": modeline("story", folders=1) + story,
        "README.md": words.filled("README.md"),
        **editor_files(start),
    }


def _noted(lines: Iterable[str]) -> str:
    """`lines` as notes that are not read."""
    return "\n".join(f"# {line}" for line in lines)


def _placed(lines: list[str], example: Example) -> list[str]:
    """`lines` under the phase, and under the stage if there is one."""
    inner = [f"{example.phase}:", *(f"  {line}" for line in lines)]
    if not example.stage:
        return inner
    return ["stages:", f"  - id: {example.stage}", *(f"    {line}" for line in inner)]


def example_in(base: Script) -> Example:
    """The first question of `base`, and the last one that can go without being missed."""
    stage = base.stages[0]
    phase = next(phase for phase in PHASES if stage.blocks(phase))
    first = next(iter(stage.questions())).id
    read = set(_read(base))
    free = [name for one in base.stages for name in _loose(one) if name not in read]
    bare = len(base.stages) == 1 and stage.id == base.pack
    return Example(first, phase, free[-1] if free else first, "" if bare else stage.id)


def _loose(stage: Stage) -> Iterator[str]:
    """The questions of a stage that leave nothing half behind; its first stays."""
    blocks = [block for phase in PHASES for block in stage.blocks(phase)]
    for block in blocks[1:]:
        if isinstance(block, Single):
            yield block.question.id
        elif isinstance(block, OneOf) and len(block.members) > 2:
            yield from (member.id for member in block.members)


def _read(base: Script) -> Iterator[str]:
    """Every answer that a condition or a text of `base` reads."""
    for stage in base.stages:
        for question in stage.questions():
            yield from (name.removeprefix("last.") for name in _read_by(question))


def _read_by(question: Question) -> Iterator[str]:
    yield from question.reads
    for probe in question.probes:
        yield from probe.when.subjects() - {question.id}
    for text in _texts(question):
        yield from (piece.name for piece in text if isinstance(piece, Placeholder))


def _texts(question: Question) -> Iterator[Template]:
    yield from (*question.ask, question.how, question.example, question.note)
    for probe in question.probes:
        yield from probe.ask
