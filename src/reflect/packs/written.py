"""A tree written as YAML again, with where each key comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reflect.diagnostics import Place
from reflect.packs.quoting import scalar
from reflect.packs.schema import FORMAT_1, PACK
from reflect.packs.table import Mapping
from reflect.packs.tree import List, Map, Node, Text

_STEP = "  "

Origin = Callable[[Place], str]
"""What to say of where a key stands; "" for nothing."""


def written(tree: Map, origin: Origin | None = None) -> str:
    """The YAML of a pack's conformed tree; behind each key, as a comment, what `origin` says of its place."""
    return "\n".join(_Writer(origin or _nowhere).mapping(tree, PACK, 0)) + "\n"


def _nowhere(_place: Place) -> str:
    return ""


class _Writer:
    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def mapping(self, node: Map, kind: Mapping | None, depth: int) -> Iterator[str]:
        """Every key of `node`, which is a `kind` of the format."""
        for name, value in node.values.items():
            key = kind.key(name) if kind else None
            said = self._origin(node.key_place(name))
            comment = f"  # {said}" if said else ""
            shape = key.shape if key else ""
            yield from self._entry(name, value, shape, key.of if key else "", depth, comment)

    def _entry(
        self, name: str, value: Node, shape: str, of: str, depth: int, comment: str
    ) -> Iterator[str]:
        indent = _STEP * depth
        single = shape in ("lines", "words") and isinstance(value, List) and len(value.items) == 1
        if single and isinstance(value, List):
            value = value.items[0]
        if isinstance(value, Text):
            yield f"{indent}{name}: {scalar(value.value)}{comment}"
            return
        yield f"{indent}{name}:{comment}"
        if isinstance(value, List):
            yield from self._items(value, of, depth + 1)
        elif shape == "options":
            yield from self._options(value, depth + 1)
        else:
            inner = FORMAT_1["core text"] if shape == "core" else None
            for key, child in value.values.items():
                yield from self._child(key, child, inner, value.key_place(key), depth + 1)

    def _child(
        self, key: str, child: Node, kind: Mapping | None, place: Place, depth: int
    ) -> Iterator[str]:
        said = self._origin(place)
        comment = f"  # {said}" if said else ""
        if isinstance(child, Map) and kind is not None:
            yield f"{_STEP * depth}{key}:{comment}"
            yield from self.mapping(child, kind, depth + 1)
        else:
            yield from self._entry(key, child, "", "", depth, comment)

    def _options(self, node: Map, depth: int) -> Iterator[str]:
        for name, label in node.values.items():
            assert isinstance(label, Text)
            yield f"{_STEP * depth}- {name}: {scalar(label.value)}"

    def _items(self, node: List, of: str, depth: int) -> Iterator[str]:
        for item in node.items:
            if isinstance(item, Map):
                first, *rest = self.mapping(item, _kind_of(item, of), depth + 1)
                yield f"{_STEP * depth}- {first.lstrip()}"
                yield from rest
            elif isinstance(item, Text):
                yield f"{_STEP * depth}- {scalar(item.value)}"


def _kind_of(item: Map, of: str) -> Mapping:
    """Which mapping of the format an item of a list is: the list's, else a group or a question."""
    if of:
        return FORMAT_1[of]
    group = next((name for name in ("one of", "repeat") if name in item.values), "question")
    return FORMAT_1[group]
