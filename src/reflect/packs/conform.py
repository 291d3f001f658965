"""Holds a tree against the table of the format, and hands on a tree without surprises.

In what comes back every key is known and every value has the shape its key
asks for: a text is a `Text`, what may be one or several is a `List`, options are
a `Map` from id to label, a core text is a `Map`. Whatever was wrong has been
reported and left out. Missing keys are not looked for here: in a pack that
extends another the base may have them (`require`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from reflect.packs import codes
from reflect.packs.report import Report, clip
from reflect.packs.schema import FORMAT, FORMAT_1, MOST_ID, TRANSLATION, Key, Mapping, Table
from reflect.packs.tree import List, Map, Node, Text

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SCALE = re.compile(r"([0-9]{1,3}) to ([0-9]{1,3})")
_LIMIT = re.compile(r"up to ([0-9]{1,2})")

_SHAPES = {
    "text": "a text",
    "lines": "a text or a list of texts",
    "id": "an id",
    "ids": "a list of ids",
    "word": "a word",
    "words": "a word or a list of words",
    "format": "the number of the format",
    "language": "a language",
    "scale": "a range such as `1 to 5`",
    "limit": "a limit such as `up to 3`",
    "options": "a list of options",
    "lists": "word lists by name",
    "renames": "old ids with their new ones",
    "maps": "a list with a dash before each",
    "blocks": "a list of questions",
    "questions": "a list of questions",
    "core": "core's texts by id",
}


def is_id(text: str) -> bool:
    """Whether `text` can be an id."""
    return len(text) <= MOST_ID and _ID.fullmatch(text) is not None


def scale_of(text: str) -> tuple[int, int] | None:
    """The ends of a scale written `1 to 5`."""
    found = _SCALE.fullmatch(text)
    return (int(found.group(1)), int(found.group(2))) if found else None


def limit_of(text: str) -> int | None:
    """The number in `up to 3`."""
    found = _LIMIT.fullmatch(text)
    return int(found.group(1)) if found else None


def option_id(label: str, number: int) -> str:
    """The id of an option that is written as a text only: its letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", label[:MOST_ID]).encode("ascii", "ignore").decode()
    made = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    return made or f"option-{number}"


def require(node: Map, mapping: Mapping, report: Report) -> bool:
    """Report the keys of `mapping` that `node` lacks; whether it has them all."""
    missing = [key for key in mapping.keys if key.required and key.name not in node.values]
    for key in missing:
        message = f"This {mapping.name} has no `{key.name}`."
        report.error(codes.MISSING_KEY, node.place, message, f"`{key.name}`: {key.help}.")
    return not missing


class Conformer:
    """Holds trees against `table` (the format itself, or what a translation holds)."""

    def __init__(self, report: Report, table: Table = FORMAT_1) -> None:
        self._report = report
        self._table = table
        self._keys = {
            name: {key.name: key for key in mapping.keys} for name, mapping in table.items()
        }
        self._shapes: dict[str, Callable[[Node, Key], Node | None]] = {
            "text": self._text,
            "lines": self._lines,
            "id": self._id,
            "ids": self._ids,
            "word": self._word,
            "words": self._words,
            "format": self._format,
            "language": self._language,
            "scale": self._scale,
            "limit": self._limit,
            "options": self._options,
            "lists": self._lists,
            "renames": self._renames,
            "maps": self._maps,
            "blocks": self._blocks,
            "questions": self._blocks,
            "core": self._core,
        }

    def pack(self, root: Node) -> Map | None:
        """The tree of a pack (or of its translation), None when it is none at all."""
        if not isinstance(root, Map):
            message = "A pack begins with keys such as `reflect: 1`."
            self._report.error(codes.WRONG_SHAPE, root.place, message)
            return None
        first = next(iter(root.values), "")
        if self._table is FORMAT_1 and "reflect" in root.values and first != "reflect":
            place = root.key_place("reflect")
            self._report.error(codes.FORMAT_FIRST, place, "`reflect` must be the first key.")
        return self.mapping(root, "pack")

    def mapping(self, node: Map, name: str) -> Map:
        """`node` with the keys of the mapping `name` whose values have the right shape."""
        known = self._keys[name]
        values: dict[str, Node] = {}
        for found, value in node.values.items():
            key = known.get(found)
            if key is None:
                self._unknown(node, found, name)
                continue
            kept = self._shapes[key.shape](value, key)
            if kept is not None:
                values[found] = kept
        return Map(values, node.keys, node.file, node.line, node.column)

    # --- keys --------------------------------------------------------------------

    def _unknown(self, node: Map, found: str, name: str) -> None:
        place = node.key_place(found)
        if self._table is TRANSLATION and FORMAT_1[name].key(found):
            message = f"A translation holds ids and texts only, not `{found}`."
            self._report.error(codes.NOT_TRANSLATED, place, message, "Leave it out here.")
            return
        hint = self._report.meant(found, self._keys[name])
        if not hint:
            hint = "Its keys are " + ", ".join(self._keys[name]) + "."
        message = f"A {name} has no key `{clip(found)}`."
        self._report.error(codes.UNKNOWN_KEY, place, message, hint)

    def _wrong(self, node: Node, key: Key) -> None:
        message = f"`{key.name}` takes {_SHAPES[key.shape]}."
        hint = f"`{key.name}`: {key.help}."
        if isinstance(node, Map) and key.shape in ("text", "lines", "word", "id"):
            hint = "A text that holds a colon and a space, or begins with `{`, needs quotes."
        self._report.error(codes.WRONG_SHAPE, node.place, message, hint)

    # --- texts and words -----------------------------------------------------------

    def _text(self, node: Node, key: Key) -> Text | None:
        if not isinstance(node, Text):
            self._wrong(node, key)
            return None
        stripped = node.value.strip()
        if not stripped:
            self._report.error(codes.EMPTY_TEXT, node.place, f"`{key.name}` is empty.")
            return None
        if len(stripped) == len(node.value):
            return node
        return Text(stripped, node.file, node.line, node.column)

    def _lines(self, node: Node, key: Key) -> List | None:
        if isinstance(node, Text):
            text = self._text(node, key)
            if text is None:
                return None
            return List((text,), text.file, text.line, text.column)
        if not isinstance(node, List):
            self._wrong(node, key)
            return None
        texts = [self._text(item, key) for item in node.items]
        return _list(node, [text for text in texts if text is not None])

    def _matching(self, node: Node, key: Key, code: str, fits: bool, hint: str) -> Text | None:
        if not isinstance(node, Text):
            self._wrong(node, key)
            return None
        if fits:
            return node
        message = f"`{clip(node.value)}` is not {_SHAPES[key.shape]}."
        self._report.error(code, node.place, message, hint)
        return None

    def _id(self, node: Node, key: Key) -> Text | None:
        fits = isinstance(node, Text) and is_id(node.value)
        return self._matching(node, key, codes.BAD_ID, fits, "Use a-z, 0-9 and hyphens.")

    def _ids(self, node: Node, key: Key) -> List | None:
        return self._several(node, key, self._id)

    def _word(self, node: Node, key: Key) -> Text | None:
        if isinstance(node, Text) and node.value not in key.choices:
            hint = (
                self._report.meant(node.value, key.choices)
                or "One of: " + ", ".join(key.choices) + "."
            )
            message = f"`{key.name}` cannot be `{clip(node.value)}`."
            self._report.error(codes.UNKNOWN_WORD, node.place, message, hint)
            return None
        return self._matching(node, key, codes.UNKNOWN_WORD, True, "")

    def _words(self, node: Node, key: Key) -> List | None:
        if isinstance(node, Text) and node.value:
            node = List((node,), node.file, node.line, node.column)
        return self._several(node, key, self._word)

    def _several(
        self, node: Node, key: Key, one: Callable[[Node, Key], Node | None]
    ) -> List | None:
        found = self._items(node, key)
        if found is None:
            return None
        kept = [one(item, key) for item in found.items]
        return _list(found, [item for item in kept if item is not None])

    def _items(self, node: Node, key: Key) -> List | None:
        """`node` as a list; nothing at all is an empty one."""
        if isinstance(node, Text) and not node.value:
            return List((), node.file, node.line, node.column)
        if isinstance(node, List):
            return node
        self._wrong(node, key)
        return None

    def _format(self, node: Node, key: Key) -> Text | None:
        fits = isinstance(node, Text) and node.value == FORMAT
        hint = f"This version reads format {FORMAT}."
        return self._matching(node, key, codes.UNKNOWN_FORMAT, fits, hint)

    def _language(self, node: Node, key: Key) -> Text | None:
        fits = isinstance(node, Text) and _LANGUAGE.fullmatch(node.value) is not None
        return self._matching(node, key, codes.UNKNOWN_WORD, fits, "Such as en, de or pt-BR.")

    def _scale(self, node: Node, key: Key) -> Text | None:
        ends = scale_of(node.value) if isinstance(node, Text) else None
        fits = ends is not None and 1 <= ends[1] - ends[0] <= 10
        return self._matching(
            node, key, codes.BAD_SCALE, fits, "Such as `1 to 5`, at most 11 steps."
        )

    def _limit(self, node: Node, key: Key) -> Text | None:
        fits = isinstance(node, Text) and limit_of(node.value) is not None
        return self._matching(node, key, codes.BAD_GROUP, fits, "Such as `up to 3`.")

    # --- maps and lists ----------------------------------------------------------

    def _maps(self, node: Node, key: Key) -> List | None:
        def one(item: Node, key: Key) -> Map | None:
            if isinstance(item, Map):
                return self.mapping(item, key.of)
            self._wrong(item, key)
            return None

        return self._several(node, key, one)

    def _blocks(self, node: Node, key: Key) -> List | None:
        return self._several(node, key, self._block)

    def _block(self, node: Node, key: Key) -> Node | None:
        """A question, a group where one may stand, or a bare id."""
        if isinstance(node, Text):
            return self._id(node, key)
        if not isinstance(node, Map):
            self._wrong(node, key)
            return None
        group = next((name for name in ("one of", "repeat") if name in node.values), "")
        if self._table is TRANSLATION and not group and "questions" in node.values:
            group = "repeat"
        if group and key.shape == "questions":
            place = node.key_place(group)
            self._report.error(codes.BAD_GROUP, place, "Groups cannot stand in groups.")
            return None
        return self.mapping(node, group or "question")

    def _options(self, node: Node, key: Key) -> Map | None:
        found = self._items(node, key)
        if found is None:
            return None
        values: dict[str, Node] = {}
        keys: dict[str, Text] = {}
        for number, item in enumerate(found.items, 1):
            self._option(item, key, number, values, keys)
        return Map(values, keys, found.file, found.line, found.column)

    def _option(
        self, item: Node, key: Key, number: int, values: dict[str, Node], keys: dict[str, Text]
    ) -> None:
        if isinstance(item, Map) and len(item.values) == 1:
            ((name, value),) = item.values.items()
            identifier = self._id(item.keys[name], key)
            label = self._text(value, key)
        else:
            label = self._text(item, key)
            identifier = label and Text(
                option_id(label.value, number), label.file, label.line, label.column
            )
        if identifier is None or label is None:
            return
        if identifier.value in values:
            message = f"There is an option `{identifier.value}` already."
            self._report.error(codes.DUPLICATE_ID, identifier.place, message)
            return
        values[identifier.value] = label
        keys[identifier.value] = identifier

    def _map(self, node: Node, key: Key, one: Callable[[Node, Key], Node | None]) -> Map | None:
        """A map whose keys are ids and whose values `one` takes."""
        if isinstance(node, Text) and not node.value:
            return Map({}, {}, node.file, node.line, node.column)
        if not isinstance(node, Map):
            self._wrong(node, key)
            return None
        values: dict[str, Node] = {}
        for name, value in node.values.items():
            kept = one(value, key) if self._id(node.keys[name], key) is not None else None
            if kept is not None:
                values[name] = kept
        return Map(values, node.keys, node.file, node.line, node.column)

    def _lists(self, node: Node, key: Key) -> Map | None:
        return self._map(node, key, self._list)

    def _list(self, node: Node, key: Key) -> List | None:
        lines = self._lines(node, key)
        if lines is None:
            return None
        kept = []
        for item in lines.items:
            if isinstance(item, Text) and _is_phrase(item.value):
                kept.append(item)
                continue
            message = "`*` stands only at the end of a word that has other letters."
            self._report.error(codes.BAD_WORDS, item.place, message, "Such as `disorgani*`.")
        return _list(lines, kept)

    def _renames(self, node: Node, key: Key) -> Map | None:
        return self._map(node, key, self._id)

    def _core(self, node: Node, key: Key) -> Map | None:
        return self._map(node, key, self._core_text)

    def _core_text(self, node: Node, key: Key) -> Map | None:
        if isinstance(node, Map):
            return self.mapping(node, "core text")
        ask = self._lines(node, key)
        if ask is None:
            return None
        where = Text("ask", node.file, node.line, node.column)
        return Map({"ask": ask}, {"ask": where}, node.file, node.line, node.column)


def _list(node: List, items: list[Text] | list[Node]) -> List:
    return List(tuple(items), node.file, node.line, node.column)


def _is_phrase(text: str) -> bool:
    return all("*" not in word[:-1] and word != "*" for word in text.split())
