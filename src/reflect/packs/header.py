"""What a catalogue shows of a pack, read without building it."""

from __future__ import annotations

import msgspec

from reflect.diagnostics import Diagnostic
from reflect.packs.compile import PackText
from reflect.packs.conform import Conformer, require
from reflect.packs.reader import read_tree
from reflect.packs.report import Report
from reflect.packs.schema import HEADER, PACK
from reflect.packs.tree import List, Map, maps_at, word_at, words_at
from reflect.script import MOMENTS, Audience, Moment

_STAGE = frozenset(("id", "title", "signs"))


class StageHeader(msgspec.Struct, frozen=True):
    """A stage by id and title, with the sentences that tell when it is right."""

    id: str
    title: str
    signs: tuple[str, ...] = ()


class Header(msgspec.Struct, frozen=True):
    """A pack as a catalogue lists it; `extends` is the id of the pack it builds on, or empty."""

    id: str
    version: str
    title: str
    language: str
    about: str = ""
    audience: Audience = "mentee"
    moment: Moment = "any"
    signs: tuple[str, ...] = ()
    stages: tuple[StageHeader, ...] = ()
    extends: str = ""


def read_header(text: PackText) -> tuple[Header | None, tuple[Diagnostic, ...]]:
    """The header of a pack, or None when it has none; its questions are not looked at."""
    report = Report()
    root = read_tree(text.file, text.data, report)
    tree = Conformer(report).pack(_front(root) if isinstance(root, Map) else root) if root else None
    if tree is None or not require(tree, PACK, report):
        return None, report.sorted()
    return _header(tree), report.sorted()


def _front(root: Map) -> Map:
    """The keys of a pack and of its stages that a catalogue shows."""
    front = root.only(HEADER)
    stages = root.values.get("stages")
    if not isinstance(stages, List):
        return front
    items = tuple(stage.only(_STAGE) for stage in stages.items if isinstance(stage, Map))
    return front.having("stages", msgspec.structs.replace(stages, items=items))


def _header(tree: Map) -> Header:
    audience = word_at(tree, "for", "mentee")
    return Header(
        id=word_at(tree, "pack"),
        version=word_at(tree, "version"),
        title=word_at(tree, "title"),
        language=word_at(tree, "language"),
        about=word_at(tree, "about"),
        audience="mentor" if audience == "mentor" else "both" if audience == "both" else "mentee",
        moment=next((one for one in MOMENTS if one == word_at(tree, "moment")), "any"),
        signs=words_at(tree, "signs"),
        stages=tuple(
            StageHeader(word_at(stage, "id"), word_at(stage, "title"), words_at(stage, "signs"))
            for stage in maps_at(tree, "stages")
        ),
        extends=word_at(tree, "extends"),
    )
