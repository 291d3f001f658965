"""The JSON Schemas (draft-07) by which an editor completes, explains and underlines.

Made from the tables that the readers check with. An editor gives a type to what
it reads (`version: 1.10` is a number to it, `~` nothing at all), our reader does not; so
wherever a text is wanted, whatever else stands on one line is taken too. What
the checker accepts a schema accepts; the checker finds more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from reflect.packs.schema import FORMAT, FORMAT_1, TRANSLATION
from reflect.packs.sentences import CONDITION_PATTERN, CONDITIONS, PLACEHOLDERS, TEMPLATE_PATTERN
from reflect.packs.story_table import GIVEN, GIVEN_COUNTS, LEXICON_TABLE, STATES, STORY_TABLE
from reflect.packs.table import PATTERNS, PHRASE, SHAPES, Key, Mapping, Shape, Table

Kind = Literal["pack", "story", "translation", "lexicon"]
KINDS: tuple[Kind, ...] = ("pack", "story", "translation", "lexicon")

Schema = dict[str, Any]
NO_KINDS: dict[str, str] = {}

_DRAFT = "http://json-schema.org/draft-07/schema#"
_NOTHING = "^$"
_A_LIST = "This takes a list: a line for each, with a dash before it."
_A_MAP = "This takes lines of its own, each with a name and a colon."
_EXTENDING = " of a pack that extends"


def schema(kind: Kind, kinds: dict[str, str] = NO_KINDS) -> Schema:
    """The JSON Schema of the files of this kind, ready to be written as JSON.

    `kinds` explains what plug-ins let `answer` be.
    """
    made: dict[Kind, Callable[[], Schema]] = {
        "pack": lambda: _pack(kinds),
        "story": _story,
        "translation": lambda: _Maker(TRANSLATION).whole("pack"),
        "lexicon": lambda: _Maker(LEXICON_TABLE).whole("lexicon"),
    }
    return {"$schema": _DRAFT, "title": f"reflect: a {kind}", **made[kind]()}


def schema_text(kind: Kind, kinds: dict[str, str] = NO_KINDS) -> str:
    """The JSON Schema of this kind as it stands in a file."""
    return msgspec.json.format(msgspec.json.encode(schema(kind, kinds)), indent=1).decode()


def modeline(kind: Kind, *, folders: int = 0) -> str:
    """The first line of a file of this kind: it tells an editor where the schema lies.

    `folders`: how many folders deep the file lies in the pack's own.
    """
    return f"# yaml-language-server: $schema={'../' * folders}{schema_file(kind)}\n"


def schema_file(kind: Kind) -> str:
    """Where the schema lies in a pack's folder, so that it moves with it and needs no network."""
    return f".reflect/{kind}.schema.json"


def _pack(kinds: dict[str, str]) -> Schema:
    """In a pack that extends another, the base may have what is required elsewhere."""
    table = _with_kinds(kinds)
    plain, extending = _Maker(table), _Maker(table, _EXTENDING)
    return {
        "type": "object",
        "definitions": {**plain.definitions(), **extending.definitions()},
        "if": {"required": ["extends"]},
        "then": extending.reference("pack"),
        "else": plain.reference("pack"),
    }


def _with_kinds(kinds: dict[str, str]) -> Table:
    """The format with more kinds of answer."""
    question = FORMAT_1["question"]
    keys = tuple(
        replace(key, choices=(*key.choices, *kinds), meanings=(*key.meanings, *kinds.values()))
        if key.name == "answer"
        else key
        for key in question.keys
    )
    return {**FORMAT_1, "question": replace(question, keys=keys)}


def _story() -> Schema:
    maker = _Maker(STORY_TABLE, blank=True)
    one = maker.reference("story")
    return {
        "type": ["object", "array"],
        "definitions": maker.definitions(),
        "if": {"type": "array"},
        "then": {"items": one},
        "else": one,
    }


class _Maker:
    """Makes the definitions of one table.

    `suffix` marks those in which what a base pack may have is not required; with `blank` a
    text may be empty.
    """

    def __init__(self, table: Table, suffix: str = "", *, blank: bool = False) -> None:
        self._table = table
        self._suffix = suffix
        self._blank = blank
        self._shapes: dict[Shape, Callable[[Key], Schema]] = {
            "text": self._text,
            "lines": lambda key: _lines(*_looks_of(key)),
            "sentences": lambda _: _sentences(),
            "id": lambda _: _id(),
            "ids": lambda _: _listed(_id()),
            "word": _word,
            "words": _words,
            "format": lambda _: _format(),
            "language": lambda _: _only_text("language", "Write it as en, de or pt-BR."),
            "scale": lambda _: _only_text("scale", "Write the first and the last step: 1 to 5."),
            "limit": lambda _: _only_text("limit", "Write how often at most: up to 3."),
            "options": _options,
            "lists": lambda _: _named(_lines(f"^{PHRASE}", _STAR)),
            "renames": lambda _: _named(_id()),
            "maps": self._maps,
            "blocks": lambda _: self._blocks(groups=True),
            "questions": lambda _: self._blocks(groups=False),
            "core": self._core,
            "day": lambda _: _only_text("day", "Write the day as 2026-03-02."),
            "count": lambda _: _count(),
            "texts": lambda _: {"type": "array", "items": _plain()},
            "told": lambda _: _told(),
            "pairs": lambda _: {"type": "object", "additionalProperties": _plain()},
            "map": lambda key: self.reference(key.of),
            "entries": lambda _: _entries(),
        }

    def whole(self, name: str) -> Schema:
        """A schema whose root is the mapping `name`."""
        return {"definitions": self.definitions(), **self.mapping(self._table[name])}

    def definitions(self) -> dict[str, Schema]:
        """A definition of each mapping by its name, and of what may stand in a list of questions."""
        made = {name + self._suffix: self.mapping(one) for name, one in self._table.items()}
        if "question" in self._table:
            made["block" + self._suffix] = self._block()
            made["member" + self._suffix] = self._member()
        return made

    def reference(self, name: str) -> Schema:
        """A reference to the definition called `name`."""
        return {"$ref": f"#/definitions/{name}{self._suffix}".replace(" ", "%20")}

    def mapping(self, mapping: Mapping) -> Schema:
        """The schema of one mapping."""
        made: Schema = {
            "type": "object",
            **_explained(mapping.help),
            "properties": {key.name: self._key(key) for key in mapping.keys},
            "required": [key.name for key in mapping.keys if self._requires(mapping, key)],
            "additionalProperties": False,
        }
        if mapping is GIVEN:
            made["patternProperties"] = {f"^({'|'.join(GIVEN_COUNTS)})$": _count()}
        if mapping.name == "line":
            made |= {"minProperties": 1, "maxProperties": 1}
        return made

    def _requires(self, mapping: Mapping, key: Key) -> bool:
        inherited = bool(self._suffix) and mapping.inherits
        return key.required and (key.name == "id" or not inherited)

    def _key(self, key: Key) -> Schema:
        made = self._shapes[key.shape](key)
        if "$ref" in made:
            return made
        if key.name == "expect":
            made["additionalProperties"] = {**_plain(), "examples": list(STATES)}
        return {**_explained(key.help, _more(key)), **made}

    def _text(self, key: Key) -> Schema:
        return _plain() if self._blank else _plain(*_looks_of(key))

    # --- lists of maps ---------------------------------------------------------------

    def _maps(self, key: Key) -> Schema:
        made = {**self.reference(key.of)}
        if self._blank:
            return {"type": "array", "minItems": 1, "items": made}
        return _listed(made, _snippets((self._table[key.of],)))

    def _blocks(self, *, groups: bool) -> Schema:
        names = ("question", "one of", "repeat") if groups else ("question",)
        snippets = _snippets(self._table[name] for name in names)
        return _listed(self.reference("block" if groups else "member"), snippets)

    def _member(self) -> Schema:
        """A question, or the bare id of one."""
        return {
            "if": {"type": "object"},
            "then": self.reference("question"),
            "else": _id(),
        }

    def _block(self) -> Schema:
        """A question, the bare id of one, or a group, told apart by the keys of groups."""
        choose = self.reference("member")
        marks = {"one of": ["one of"], "repeat": ["repeat"]}
        if self._table is TRANSLATION:
            marks["repeat"].append("questions")
        for name, keys in reversed(marks.items()):
            here: Schema = {"type": "object"}
            here |= {"anyOf": [{"required": [key]} for key in keys]}
            choose = {"if": here, "then": self.reference(name), "else": choose}
        return choose

    def _core(self, key: Key) -> Schema:
        one = {
            "if": {"type": "object"},
            "then": self.reference("core text"),
            "else": _lines(TEMPLATE_PATTERN, _BRACES),
        }
        return _named(one)


_A_TEXT = "This takes a text. One that holds a colon and a space needs quotes."
_LABELS = {"question": "a question", "one of": "a group: one of", "repeat": "a group: repeat"}
_BRACES = "A placeholder is written {name} or {name|words}; write {{ where you mean a brace."
_SENTENCE = "Write a sentence such as: answer is vague, trust is at least 3, calm is answered."
_STAR = "`*` stands only at the end of a word that has other letters: disorgani*"


def _plain(pattern: str = "", message: str = "", also: tuple[str, ...] = ()) -> Schema:
    """Whatever stands on one line, or is of one of the types `also`.

    `pattern` is what it looks like when an editor takes it for a text. What is refused stands
    in a condition: an editor would offer `true` and `null` for types that are listed.
    """
    refused = [kind for kind in ("object", "array") if kind not in also]
    then = {"type": ["string", *also], "errorMessage": _A_TEXT}
    made: Schema = {"if": {"type": refused}, "then": then}
    return {**made, **_looks(pattern, message)} if pattern else made


def _looks(pattern: str, message: str) -> Schema:
    return {"pattern": pattern, "patternErrorMessage": message}


def _is(types: list[str], pattern: str, message: str) -> Schema:
    """One of `types`, and when it is a text it looks so; `message` stands for either mistake."""
    return {"type": types, **_looks(pattern, message), "errorMessage": message}


def _looks_of(key: Key) -> tuple[str, str]:
    """What a text of `key` looks like, and what to say of another."""
    return (TEMPLATE_PATTERN, _BRACES) if key.fills else (r"\S", "This text is empty.")


def _lines(pattern: str, message: str) -> Schema:
    """One text, or a list of them."""
    return {**_plain(pattern, message, also=("array",)), "items": _plain(pattern, message)}


def _sentences() -> Schema:
    """One condition, or a list of them; no editor takes one for anything but a text."""
    one = _is(["string"], CONDITION_PATTERN, _SENTENCE)
    one["examples"] = [form.example for form in CONDITIONS]
    return {**one, "type": ["string", "array"], "items": one}


def _options(key: Key) -> Schema:
    """A dash each: a text, or an id with its text."""
    pattern, message = _looks_of(key)
    one = {**_plain(pattern, message, also=("object",)), **_ids_to(_plain(pattern, message))}
    return _listed({**one, "minProperties": 1, "maxProperties": 1})


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _only_text(shape: Shape, message: str) -> Schema:
    """A text of a shape that no editor takes for anything else."""
    return _is(["string"], _whole(PATTERNS[shape]), message)


def _id() -> Schema:
    message = "An id is made of a-z, 0-9 and hyphens."
    then = {"type": "string", "errorMessage": message}
    made: Schema = {"if": {"type": ["object", "array", "null"]}, "then": then}
    return {**made, **_looks(_whole(PATTERNS["id"]), message)}


def _count() -> Schema:
    made = _is(["integer", "string"], _whole(PATTERNS["count"]), "Write the number in figures.")
    return {**made, "minimum": 0, "maximum": 99999}


def _told() -> Schema:
    """A list of texts, or how many there are."""
    several: Schema = {"items": _plain()}
    return {"if": {"type": "array"}, "then": several, "else": _count()}


def _format() -> Schema:
    made = _is(["integer", "string"], _whole(FORMAT), f"Write reflect: {FORMAT}")
    return {**made, "minimum": int(FORMAT), "maximum": int(FORMAT)}


def _word(key: Key) -> Schema:
    return {"type": "string", "enum": list(key.choices), "enumDescriptions": list(key.meanings)}


def _words(key: Key) -> Schema:
    """One of the words, or a list of them; nothing at all is an empty one."""
    several = {"anyOf": [{"type": ["array", "null"]}, {"const": ""}]}
    made = {"if": several, "then": {"items": _word(key)}, "else": _word(key)}
    return {**made, "examples": list(key.choices)}


def _listed(one: Schema, snippets: list[Schema] | None = None) -> Schema:
    """A list of them; nothing at all is an empty one."""
    made: Schema = {**_is(["array", "null", "string"], _NOTHING, _A_LIST), "items": one}
    return {**made, "defaultSnippets": snippets} if snippets else made


def _ids_to(one: Schema) -> Schema:
    return {"propertyNames": {"pattern": _whole(PATTERNS["id"])}, "additionalProperties": one}


def _named(one: Schema) -> Schema:
    """Ids, each with one of them; nothing at all is none."""
    return {"type": ["object", "null", "string"], **_looks(_NOTHING, _A_MAP), **_ids_to(one)}


def _entries() -> Schema:
    words = {"type": "array", "items": _plain(r"\S", "This entry is empty.")}
    return {"type": "object", "additionalProperties": words}


def _snippets(mappings: Iterable[Mapping]) -> list[Schema]:
    """What an editor offers to write for an item that is one of `mappings`."""
    return [
        {
            "label": _LABELS.get(one.name, one.name),
            "description": one.help,
            "type": "array",
            "body": one.starter,
        }
        for one in mappings
    ]


def _explained(help_line: str, more: str = "") -> Schema:
    line = help_line[0].upper() + help_line[1:] + ("" if help_line.endswith(".") else ".")
    return {"description": line, "markdownDescription": line + more}


def _more(key: Key) -> str:
    """What a hover adds to the line of help."""
    parts = [f"\n\nTakes {SHAPES[key.shape]}."]
    if key.default:
        parts.append(f" Left out, it is `{key.default}`.")
    if key.shape == "sentences":
        parts.append("\n" + "".join(f"\n- `{one.form}`: {one.help}" for one in CONDITIONS))
    if key.fills:
        parts.append("\n" + "".join(f"\n- `{one.form}`: {one.help}" for one in PLACEHOLDERS))
    if key.name == "expect":
        parts.append("\n" + "".join(f"\n- `{state}`: {line}" for state, line in STATES.items()))
    return "".join(parts)
