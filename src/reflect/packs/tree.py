"""The tree that a YAML file is read into: texts, lists and maps, each knowing where it stands.

Every scalar is a text. Nothing here knows what a pack is.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import msgspec

from reflect.diagnostics import Place
from reflect.errors import Misuse


class Spot(NamedTuple):
    """The character number `offset` of a text, and those behind it, stand from this line and column on.

    Line and column count from 1; with line 0 these characters are not in the file.
    """

    offset: int
    line: int = 0
    column: int = 0


class Text(msgspec.Struct, frozen=True, gc=False):
    """A scalar: its characters, and the place where it begins (line and column from 1).

    `width` is how many columns it takes in its line as it is written, 0 over several lines
    or when it is written nowhere. `spots`, in the order of their offsets, say where each of its
    characters stands; there are none when that is not certain.
    """

    value: str
    file: str = ""
    line: int = 0
    column: int = 0
    width: int = 0
    spots: tuple[Spot, ...] = ()

    @property
    def place(self) -> Place:
        """Where the text begins, with its quote if it has one."""
        return Place(self.file, self.line, self.column)

    def at(self, offset: int) -> Place:
        """Where the character number `offset` of the text stands; where the text begins in doubt."""
        number = bisect_right(self.spots, offset, key=_offset_of) - 1
        spot = self.spots[number] if number >= 0 else Spot(0)
        if not spot.line or not 0 <= offset < len(self.value):
            return self.place
        return Place(self.file, spot.line, spot.column + offset - spot.offset)

    def stripped(self) -> Text:
        """This text without blanks at its ends, in the same place."""
        value = self.value.strip()
        if len(value) == len(self.value):
            return self
        lead = len(self.value) - len(self.value.lstrip())
        spots = tuple(_earlier(spot, lead) for spot in self.spots)
        return Text(value, self.file, self.line, self.column, spots=spots)


def _offset_of(spot: Spot) -> int:
    return spot.offset


def _earlier(spot: Spot, by: int) -> Spot:
    """`spot` in a text that begins `by` characters later."""
    return spot._replace(offset=spot.offset - by)


class List(msgspec.Struct, frozen=True):
    """A sequence of nodes."""

    items: tuple[Node, ...]
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> Place:
        """Where the list begins."""
        return Place(self.file, self.line, self.column)


class Map(msgspec.Struct, frozen=True):
    """Keys with values, in the order of the file; `keys` holds each key's own text and so its place."""

    values: dict[str, Node]
    keys: dict[str, Text]
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> Place:
        """Where the map begins."""
        return Place(self.file, self.line, self.column)

    def key_place(self, name: str) -> Place:
        """The place of the key `name`; the map's own when it is not there."""
        key = self.keys.get(name)
        return key.place if key else self.place

    def over(self, values: dict[str, Node], keys: dict[str, Text]) -> Map:
        """This map with `values` in place of its own of the same names, and in addition to the others."""
        return msgspec.structs.replace(
            self, values={**self.values, **values}, keys={**self.keys, **keys}
        )

    def having(self, name: str, value: Node) -> Map:
        """This map with `value` under `name`; a key that is there keeps its place."""
        key = self.keys.get(name) or Text(name, value.file, value.line, value.column)
        return self.over({name: value}, {name: key})

    def only(self, names: frozenset[str]) -> Map:
        """This map without the keys that are not in `names`."""
        return msgspec.structs.replace(
            self,
            values={name: value for name, value in self.values.items() if name in names},
            keys={name: key for name, key in self.keys.items() if name in names},
        )


Node = Text | List | Map

EMPTY = Map({}, {})


def text_at(node: Map, name: str) -> Text | None:
    """The text under `name`, None when it is absent; Misuse for another shape (conform first)."""
    found = node.values.get(name)
    if found is None or isinstance(found, Text):
        return found
    raise Misuse(f"{name} is no text")


def word_at(node: Map, name: str, default: str = "") -> str:
    """The characters under `name`, `default` when it is absent."""
    found = text_at(node, name)
    return default if found is None else found.value


def items_at(node: Map, name: str) -> tuple[Node, ...]:
    """The items of the list under `name`, none when it is absent."""
    found = node.values.get(name)
    return found.items if isinstance(found, List) else ()


def texts_at(node: Map, name: str) -> tuple[Text, ...]:
    """The texts of the list under `name`."""
    return tuple(item for item in items_at(node, name) if isinstance(item, Text))


def words_at(node: Map, name: str) -> tuple[str, ...]:
    """The characters of each text of the list under `name`."""
    return tuple(text.value for text in texts_at(node, name))


def maps_at(node: Map, name: str) -> tuple[Map, ...]:
    """The maps of the list under `name`."""
    return tuple(item for item in items_at(node, name) if isinstance(item, Map))


def map_at(node: Map, name: str) -> Map:
    """The map under `name`, an empty one when it is absent."""
    found = node.values.get(name)
    return found if isinstance(found, Map) else EMPTY
