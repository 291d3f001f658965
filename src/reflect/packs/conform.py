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
from collections.abc import Callable, Collection, Iterator

from reflect.packs import codes
from reflect.packs.limits import MOST_PARTS
from reflect.packs.report import Report, clip
from reflect.packs.schema import FORMAT, FORMAT_1, TRANSLATION
from reflect.packs.spelling import alike, written
from reflect.packs.table import MOST_ID, PATTERNS, PHRASE, SHAPES, Key, Mapping, Table
from reflect.packs.tree import List, Map, Node, Text

_ID = re.compile(PATTERNS["id"])
_LANGUAGE = re.compile(PATTERNS["language"])
_SCALE = re.compile(PATTERNS["scale"])
_LIMIT = re.compile(PATTERNS["limit"])
_PHRASE = re.compile(PHRASE)


def is_id(text: str) -> bool:
    """Whether `text` can be an id."""
    return _ID.fullmatch(text) is not None


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
        if key.name in node.keys:
            continue  # it is written, and what is wrong with it has been told
        message = f"This {mapping.name} has no `{key.name}`."
        report.error(codes.MISSING_KEY, node.place, message, f"`{key.name}`: {key.help}.")
    return not missing


class Conformer:
    """Holds trees against `table` (the format itself, or what a translation holds).

    `kinds` names what `answer` may be besides.
    """

    def __init__(
        self, report: Report, table: Table = FORMAT_1, kinds: Collection[str] = ()
    ) -> None:
        self._kinds = kinds
        self._report = report
        self._table = table
        self._keys = {
            name: {key.name: key for key in mapping.keys} for name, mapping in table.items()
        }
        self._shapes: dict[str, Callable[[Node, Key], Node | None]] = {
            "text": self._text,
            "lines": self._lines,
            "sentences": self._lines,
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
            "pairs": self._pairs,
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
            message = "`reflect` must be the first key of the file."
            self._report.error(codes.FORMAT_FIRST, place, message, "Move this line to the top.")
        return self.mapping(root, "pack")

    def mapping(self, node: Map, name: str) -> Map:
        """`node` with the keys of the mapping `name` whose values have the right shape."""
        known = self._keys[name]
        values: dict[str, Node] = {}
        for found, value in node.values.items():
            if self._report.settled:
                break
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
        if found == "<<":
            return  # the reader refuses it
        if self._table is TRANSLATION and FORMAT_1[name].key(found):
            message = f"A translation holds ids and texts only, not `{found}`."
            self._report.error(codes.NOT_TRANSLATED, place, message, "Leave it out here.")
            return
        message = f"A {name} has no key `{clip(found)}`."
        same = alike(found, self._keys[name])
        if same and same not in node.values:
            fix = written(node.keys.get(found), same)
            self._report.error(codes.UNKNOWN_KEY, place, message, f"Write: {same}:", fix)
            return
        hint = _usual(found, self._keys[name]) or self._report.meant(found, self._keys[name])
        if not hint:
            hint = "Its keys are " + ", ".join(self._keys[name]) + "."
        self._report.error(codes.UNKNOWN_KEY, place, message, hint)

    def _wrong(self, node: Node, key: Key) -> None:
        message = f"`{key.name}` takes {SHAPES[key.shape]}."
        hint = f"`{key.name}`: {key.help}."
        if isinstance(node, Map) and key.shape in ("text", "lines", "sentences", "word", "id"):
            hint = "A text that holds a colon and a space, or begins with `{`, needs quotes."
        self._report.error(codes.WRONG_SHAPE, node.place, message, hint)

    # --- texts and words -----------------------------------------------------------

    def _text(self, node: Node, key: Key) -> Text | None:
        if not isinstance(node, Text):
            self._wrong(node, key)
            return None
        stripped = node.stripped()
        if stripped.value:
            return stripped
        self._tell_empty(node, key)
        return None

    def _tell_empty(self, node: Node, key: Key) -> None:
        """Tell of a text that is empty; in a translation it waits to be filled in."""
        if self._table is not TRANSLATION:
            hint = f"Write a text behind `{key.name}:`, or take it out."
            self._report.error(codes.EMPTY_TEXT, node.place, f"`{key.name}` is empty.", hint)

    def _lines(self, node: Node, key: Key) -> List | None:
        if isinstance(node, Text):
            text = self._text(node, key)
            if text is None:
                return None
            return List((text,), text.file, text.line, text.column)
        if not isinstance(node, List):
            self._wrong(node, key)
            return None
        if key.shape != "lists" and self._too_many(node, key):
            return None
        if key.shape != "lists" and not node.items:
            self._tell_empty(node, key)
            return None
        texts = [self._text(item, key) for item in node.items if not self._report.settled]
        kept = [text for text in texts if text is not None]
        return None if self._table is TRANSLATION and not kept else _list(node, kept)

    def _too_many(self, node: List, key: Key) -> bool:
        """Whether `node` holds more than anybody would write under `key`."""
        crowded = len(node.items) > MOST_PARTS
        if crowded:
            place = node.items[MOST_PARTS].place
            message = f"`{key.name}` has {len(node.items):,} entries; {MOST_PARTS} are the most."
            self._report.error(codes.TOO_LARGE, place, message)
        return crowded

    def _matching(self, node: Node, key: Key, code: str, fits: bool, hint: str) -> Text | None:
        if not isinstance(node, Text):
            self._wrong(node, key)
            return None
        if fits:
            return node
        shape = "id" if code == codes.BAD_ID else key.shape
        message = f"`{clip(node.value)}` is not {SHAPES[shape]}."
        self._report.error(code, node.place, message, hint)
        return None

    def _id(self, node: Node, key: Key) -> Text | None:
        fits = isinstance(node, Text) and is_id(node.value)
        hint = "Use a-z, 0-9 and hyphens."
        if isinstance(node, Text) and not fits and is_id(made := option_id(node.value, 1)):
            hint = f"Use a-z, 0-9 and hyphens, such as `{made}`."
        return self._matching(node, key, codes.BAD_ID, fits, hint)

    def _ids(self, node: Node, key: Key) -> List | None:
        return self._several(node, key, self._id)

    def _word(self, node: Node, key: Key) -> Text | None:
        choices = (*key.choices, *self._kinds) if key.name == "answer" else key.choices
        if isinstance(node, Text) and (same := alike(node.value, choices)) not in ("", node.value):
            message = f"`{key.name}` is written `{same}` here, not `{clip(node.value)}`."
            hint, fix = f"Write: {key.name}: {same}", written(node, same)
            self._report.error(codes.UNKNOWN_WORD, node.place, message, hint, fix)
            return None
        if isinstance(node, Text) and node.value not in choices:
            meant = _usual(node.value, choices) or self._report.meant(node.value, choices)
            hint = meant or "One of: " + ", ".join(choices) + "."
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
        kept = [one(item, key) for item in found.items if not self._report.settled]
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
        hint = f"Write `reflect: {FORMAT}`; this version reads no other format."
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

        if isinstance(node, List) and self._too_many(node, key):
            return None
        return self._several(node, key, one)

    def _blocks(self, node: Node, key: Key) -> List | None:
        found = self._items(node, key)
        if found is None:
            return None
        kept = [block for item in found.items for block in self._nested(item, key)]
        return None if found.items and not kept and key.name == "questions" else _list(found, kept)

    def _nested(self, node: Node, key: Key) -> Iterator[Node]:
        """A block; of a group in a group its questions, so that what reads them is still checked."""
        group = self._group_of(node)
        if group and isinstance(node, Map) and key.shape == "questions":
            place = node.key_place(group)
            hint = "Put its questions into the outer group, or the inner group behind it."
            self._report.error(codes.BAD_GROUP, place, "Groups cannot stand in groups.", hint)
            inner = node.values.get("one of", node.values.get("questions"))
            for item in inner.items if isinstance(inner, List) else ():
                yield from self._nested(item, key)
            return
        block = self._block(node, key)
        if block is not None:
            yield block

    def _group_of(self, node: Node) -> str:
        """The mapping that `node` is when it is a group, "" for anything else."""
        if not isinstance(node, Map):
            return ""
        group = next((name for name in ("one of", "repeat") if name in node.values), "")
        if self._table is TRANSLATION and not group and "questions" in node.values:
            return "repeat"
        return group

    def _block(self, node: Node, key: Key) -> Node | None:
        """A question, a group, or a bare id."""
        if isinstance(node, Text):
            return self._id(node, key)
        if not isinstance(node, Map):
            self._wrong(node, key)
            return None
        return self.mapping(node, self._group_of(node) or "question")

    def _options(self, node: Node, key: Key) -> Map | None:
        found = self._items(node, key)
        if found is None:
            return None
        values: dict[str, Node] = {}
        keys: dict[str, Text] = {}
        for number, item in enumerate(found.items, 1):
            if self._report.settled:
                break
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
            if isinstance(item, Text) and _PHRASE.match(item.value):
                kept.append(item)
                continue
            message = "`*` stands only at the end of a word that has other letters."
            self._report.error(codes.BAD_WORDS, item.place, message, "Such as `disorgani*`.")
        return _list(lines, kept)

    def _pairs(self, node: Node, key: Key) -> Map | None:
        """A map from names, which are nothing in particular, to texts."""
        if not isinstance(node, Map):
            self._wrong(node, key)
            return None
        kept = {name: self._text(value, key) for name, value in node.values.items()}
        values: dict[str, Node] = {name: text for name, text in kept.items() if text is not None}
        return Map(values, node.keys, node.file, node.line, node.column)

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


_OTHER_WORDS = {
    **dict.fromkeys(("question", "text", "prompt", "wording"), "ask"),
    **dict.fromkeys(("help", "hint"), "how"),
    **dict.fromkeys(("if", "condition"), "when"),
    **dict.fromkeys(("follow-up", "followup", "follow up"), "probe"),
    **dict.fromkeys(("choices", "answers"), "options"),
    **dict.fromkeys(("private", "never"), "no"),
    **dict.fromkeys(("public", "always", "all"), "yes"),
    **dict.fromkeys(("promise", "task", "todo"), "action"),
    "name": "title",
}
"""What people call the words of the format before they know them."""


def _usual(found: str, known: Collection[str]) -> str:
    """A hint naming the one of `known` that people often call `found`, or ""."""
    meant = _OTHER_WORDS.get(found.casefold(), "")
    return f"Did you mean `{meant}`?" if meant in known else ""
