"""Where the parts of a script stand in the files it was made from, its base packs' and translation's among them."""

from __future__ import annotations

from reflect.diagnostics import Place
from reflect.packs.facts import blocks_of, is_group, members_of
from reflect.packs.tree import EMPTY, List, Map, Node, Text, maps_at, word_at


class Places:
    """The places of one resolved tree (`Compiled.tree`): by the id of a question or group, and its key.

    What is not there (written nowhere, or of an unknown id) is placed at what it would stand in.
    """

    def __init__(self, tree: Map) -> None:
        self._tree = tree
        self._stages = {word_at(stage, "id"): stage for stage in maps_at(tree, "stages")}
        self._nodes: dict[str, Map] = {}
        for stage in self._stages.values():
            for block in blocks_of(stage):
                self._nodes[word_at(block, "id")] = block
                for member in members_of(block) if is_group(block) else ():
                    self._nodes[word_at(member, "id")] = member

    def stage(self, name: str, key: str = "", number: int = 0) -> Place:
        """The stage `name`; the value of its `key`; in a list its item `number` (from 0)."""
        return _at(self._stages.get(name, self._tree), key, number).place

    def question(self, name: str, key: str = "", number: int = 0) -> Place:
        """The question or group `name`; the value of its `key`; in a list its item `number` (from 0)."""
        return _at(self._nodes.get(name, self._tree), key, number).place

    def wording(self, name: str, number: int) -> Place:
        """Wording `number` (from 0) of the question `name`."""
        return self.question(name, "ask", number)

    def must(self, name: str, number: int, key: str = "check") -> Place:
        """The `key` of check `number` (from 0) of the question `name`."""
        return _at(self._item(name, "must", number), key).place

    def probe(self, name: str, number: int, key: str = "when", item: int = 0) -> Place:
        """The `key` of probe `number` (from 0) of the question `name`; in a list its `item` (from 0)."""
        return _at(self._item(name, "probe", number), key, item).place

    def text(
        self, name: str, key: str, number: int = 0, within: tuple[str, int] | None = None
    ) -> Text:
        """The text under `key` of the question or group `name`; in a list its item `number` (from 0).

        `within` names the list, and the number in it, of the check or probe that has the `key`. What
        is no text is an empty one in its place.
        """
        node = self._item(name, *within) if within else self._nodes.get(name, self._tree)
        found = _at(node, key, number)
        return found if isinstance(found, Text) else Text("", found.file, found.line, found.column)

    def _item(self, name: str, key: str, number: int) -> Map:
        node = self._nodes.get(name, EMPTY)
        items = maps_at(node, key)
        return items[number] if number < len(items) else self._nodes.get(name, self._tree)


def _at(node: Map, key: str, number: int = 0) -> Node:
    """The value under `key` of `node`, or its item `number`; the node itself without a `key`."""
    found: Node = node.values.get(key, node) if key else node
    if isinstance(found, List) and number < len(found.items):
        return found.items[number]
    return found
