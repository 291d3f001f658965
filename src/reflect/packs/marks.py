"""Marks of what was translated: a short digest of each source text, so that a later change shows.

A translation holds them under `marks`, one for each id. They are written by
`reflect pack translate`; a text without a mark is taken as up to date.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b

from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.tree import List, Map, Node, Text, map_at, maps_at, word_at

PACK_TEXTS = ("title", "about", "source", "signs")
STAGE_TEXTS = ("title", "aim", "signs")
GROUP_TEXTS = ("again",)
QUESTION_TEXTS = ("ask", "how", "example", "labels", "options", "note for mentor")
MUST_TEXTS = ("say",)
PROBE_TEXTS = ("ask",)
CORE_TEXTS = ("ask", "how", "example", "options")


def marks_of(pack: Map) -> dict[str, str]:
    """The mark of everything in the conformed tree `pack` that is translated, by its name in `marks`.

    Questions and groups go by their ids; `pack`, `words`, `stage ID` and `core NAME` are the others.
    """
    return dict(_marks(pack))


def _marks(pack: Map) -> Iterator[tuple[str, str]]:
    yield "pack", _mark(_texts(pack, PACK_TEXTS))
    if map_at(pack, "words").values:
        yield "words", _mark(_plain(map_at(pack, "words")))
    for name, text in map_at(pack, "core").values.items():
        if isinstance(text, Map):
            yield f"core {name}", _mark(_texts(text, CORE_TEXTS))
    for stage in (pack, *maps_at(pack, "stages")):
        if stage is not pack:
            yield f"stage {word_at(stage, 'id')}", _mark(_texts(stage, STAGE_TEXTS))
        for block in blocks_of(stage):
            yield from _of_block(block)


def _of_block(block: Map) -> Iterator[tuple[str, str]]:
    if is_group(block):
        yield word_at(block, "id"), _mark(_texts(block, GROUP_TEXTS))
    for question in members_of(block):
        yield word_at(question, "id"), _mark(_question(question))


def _question(node: Map) -> list[object]:
    """All that is read of a question: its own texts, its checks' and its follow-ups'."""
    musts = [_texts(must, MUST_TEXTS) for must in maps_at(node, "must")]
    probes = [_texts(probe, PROBE_TEXTS) for probe in maps_at(node, "probe")]
    return [_texts(node, QUESTION_TEXTS), musts, probes]


def _texts(node: Map, names: tuple[str, ...]) -> dict[str, object]:
    return {name: _plain(node.values[name]) for name in names if name in node.values}


def _plain(node: Node) -> object:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, List):
        return [_plain(item) for item in node.items]
    return {name: _plain(value) for name, value in node.values.items()}


def _mark(texts: object) -> str:
    """Eight hexadecimal digits that change with the texts."""
    data = json.dumps(texts, ensure_ascii=False, sort_keys=True).encode()
    return blake2b(data, digest_size=4).hexdigest()
