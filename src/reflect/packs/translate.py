"""Lays a translation over a pack: the same tree with ids and texts only.

Questions, groups and stages are found by their ids wherever they stand; probes
by id, else by order; options keep their ids. A text that the translation does
not have stays in the pack's own language, with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from reflect.packs import codes
from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.marks import marks_of
from reflect.packs.report import Report
from reflect.packs.schema import MARKS
from reflect.packs.tree import List, Map, Node, Text, items_at, map_at, maps_at, word_at
from reflect.script import PHASES

_PACK_TEXTS = ("title", "about", "source", "signs")
_STAGE_TEXTS = ("title", "aim", "signs")
_QUESTION_TEXTS = ("ask", "how", "example", "labels", "note for mentor")
_PROBE_TEXTS = ("ask", "fires", "quiet")
_OPTIONAL = frozenset(("source",))


class Translation:
    """The texts of one translation by id; each can be used once, and what nobody used can be reported."""

    def __init__(self, tree: Map, report: Report) -> None:
        self._tree = tree
        self._report = report
        self._stages = {word_at(stage, "id"): stage for stage in maps_at(tree, "stages")}
        self._nodes = {word_at(node, "id"): node for node in _nodes(tree)}
        self._open = dict.fromkeys(self._nodes)

    def over(self, pack: Map) -> Map:
        """`pack` (with or without stages) with the translation's texts."""
        changed = self._texts(pack, self._tree, _PACK_TEXTS, self._tree, "pack")
        changed = self._words(changed)
        if "stages" in pack.values:
            changed = _mapped(changed, "stages", self._stage)
        return self._phases(changed)

    def only_named(self, pack: Map) -> Map:
        """`pack` with the texts of those ids that were not used yet; nothing is missed."""
        left = frozenset(self._open)
        if not left:
            return pack
        quiet = Translation(Map({}, {}, self._tree.file, 1, 1), Report())
        quiet._nodes = {name: self._nodes[name] for name in left}
        quiet._open = dict.fromkeys(left)
        changed = _mapped(pack, "stages", quiet._phases)
        self._open = quiet._open
        return changed

    def report_unused(self, names: frozenset[str]) -> None:
        """Warn of the ids that no pack has; `names` are those it could have meant."""
        for name in self._open:
            message = f"The pack has no `{name}`." if name else "Something here has no id."
            hint = self._report.meant(name, names)
            place = self._nodes[name].key_place("id")
            self._report.warn(codes.UNKNOWN_TRANSLATION, place, message, hint)

    # --- stages and blocks ---------------------------------------------------------

    def _stage(self, stage: Map) -> Map:
        own = self._stages.pop(word_at(stage, "id"), None)
        if own is not None:
            stage = self._texts(stage, own, _STAGE_TEXTS, own, "stage")
        else:
            self._missing(self._tree, f"stage `{word_at(stage, 'id')}`", ["title"])
        return self._phases(stage)

    def _phases(self, node: Map) -> Map:
        for phase in PHASES:
            node = _mapped(node, phase, self._block)
        return node

    def _block(self, block: Map) -> Map:
        if not is_group(block):
            return self._question(block)
        own = self._take(block)
        if own is not None:
            block = self._texts(block, own, ("again",), own, "group")
        key = "one of" if "one of" in block.values else "questions"
        return _mapped(block, key, self._question)

    def _question(self, node: Map) -> Map:
        own = self._take(node)
        if own is None:
            if "ask" in node.values and self._tree.values:
                self._missing(self._tree, f"`{word_at(node, 'id')}`", ["ask"])
            return node
        node = self._texts(node, own, _QUESTION_TEXTS, own, "question")
        node = self._labels(node, own)
        node = self._musts(node, own)
        return self._probes(node, own)

    def _take(self, node: Map) -> Map | None:
        name = word_at(node, "id")
        self._open.pop(name, None)
        return self._nodes.get(name)

    # --- parts of a question ---------------------------------------------------------

    def _labels(self, node: Map, own: Map) -> Map:
        """The labels of options, by id."""
        options, written = map_at(node, "options"), map_at(own, "options")
        for name, key in written.keys.items():
            if name not in options.values and name in written.values:
                message = f"`{word_at(node, 'id')}` has no option `{name}`; option ids stay."
                hint = self._report.meant(name, options.values)
                self._report.warn(codes.UNKNOWN_TRANSLATION, key.place, message, hint)
        missing = [name for name in options.values if name not in written.values]
        if missing:
            self._missing(own, f"`{word_at(node, 'id')}`", [f"option {name}" for name in missing])
        labels = {name: text for name, text in written.values.items() if name in options.values}
        if not labels:
            return node
        return node.having("options", options.over(labels, {}))

    def _musts(self, node: Map, own: Map) -> Map:
        return self._each(node, own, "must", ("say",))

    def _probes(self, node: Map, own: Map) -> Map:
        return self._each(node, own, "probe", _PROBE_TEXTS)

    def _each(self, node: Map, own: Map, key: str, names: tuple[str, ...]) -> Map:
        """The items of the list `key`, each with the texts of its own: by id, else by order."""
        items, written = maps_at(node, key), maps_at(own, key)
        if not items:
            return node
        by_id = {word_at(item, "id"): item for item in written if "id" in item.values}
        changed: list[Node] = []
        for number, item in enumerate(items):
            found = by_id.get(word_at(item, "id"))
            if found is None and number < len(written) and "id" not in written[number].values:
                found = written[number]
            what = f"{key} {number + 1} of `{word_at(node, 'id')}`"
            if found is None:
                self._missing(own, what, [name for name in names if name in item.values])
            changed.append(item if found is None else self._texts(item, found, names, found, what))
        found_list = node.values[key]
        return node.having(
            key, List(tuple(changed), found_list.file, found_list.line, found_list.column)
        )

    def _words(self, pack: Map) -> Map:
        """Word lists are given anew, each as a whole."""
        lists, written = map_at(pack, "words"), map_at(self._tree, "words")
        missing = [name for name in lists.values if name not in written.values]
        if missing:
            self._missing(self._tree, "words", missing)
        for name in written.values:
            if name not in lists.values:
                message = f"The pack has no word list `{name}`."
                hint = self._report.meant(name, lists.values)
                self._report.warn(codes.UNKNOWN_TRANSLATION, written.key_place(name), message, hint)
        if not lists.values:
            return pack
        return pack.having("words", lists.over(written.values, written.keys))

    # --- texts -----------------------------------------------------------------------

    def _texts(self, node: Map, own: Map, names: tuple[str, ...], place: Map, what: str) -> Map:
        """`node` with those texts of `names` that `own` has; the others are reported."""
        there = [name for name in names if name in node.values]
        missing = [name for name in there if name not in own.values and name not in _OPTIONAL]
        if missing and self._tree.values:
            label = f"{what} `{word_at(node, 'id')}`" if "id" in node.values else what
            self._missing(place, label, missing)
        values = {name: own.values[name] for name in there if name in own.values}
        return node.over(values, {})

    def _missing(self, place: Map, what: str, names: list[str]) -> None:
        message = f"Not translated in {what}: " + ", ".join(names) + "."
        hint = "The pack's own text is used."
        self._report.warn(codes.MISSING_TRANSLATION, place.place, message, hint)


def _nodes(tree: Map) -> Iterator[Map]:
    """Every question and group of a translation."""
    for stage in (tree, *maps_at(tree, "stages")):
        for block in blocks_of(stage):
            yield block
            if is_group(block):
                yield from members_of(block)


def _mapped(node: Map, key: str, change: object) -> Map:
    """`node` with `change` made to each map of the list `key`."""
    found = node.values.get(key)
    if not isinstance(found, List) or not callable(change):
        return node
    items = tuple(change(item) if isinstance(item, Map) else item for item in items_at(node, key))
    return node.having(key, msgspec.structs.replace(found, items=items))


def check_header(tree: Map, pack: Map, language: str, report: Report) -> None:
    """Report a translation that says it belongs elsewhere, and warn of one made from another version."""
    for key, wanted in (("pack", word_at(pack, "pack")), ("language", language)):
        found = tree.values.get(key)
        if isinstance(found, Text) and found.value != wanted:
            message = (
                f"This should be the translation of `{word_at(pack, 'pack')}` into `{language}`."
            )
            report.error(codes.OTHER_PACK, found.place, message, f"Write `{key}: {wanted}`.")
    _check_marks(tree, pack, report)


def _check_marks(tree: Map, pack: Map, report: Report) -> None:
    """Warn of every text that the pack has changed since it was translated."""
    written = map_at(tree, MARKS.name)
    if not written.values:
        return
    nodes = {word_at(node, "id"): node for node in _nodes(tree)}
    for name, mark in marks_of(pack).items():
        found = written.values.get(name)
        if isinstance(found, Text) and found.value != mark:
            place = nodes[name].place if name in nodes else written.key_place(name)
            message = f"The text of `{name}` has changed since it was translated."
            hint = f"Look at it again, then: {_command(tree)} --done"
            report.warn(codes.STALE_TRANSLATION, place, message, hint)


def _command(tree: Map) -> str:
    """What to type about the translation `tree`."""
    folder = Path(tree.file).parent.parent
    return f"reflect pack translate {word_at(tree, 'language')} {folder}"
