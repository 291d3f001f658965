"""What a table of the format is made of: mappings, their keys, and the shapes that values have."""

from __future__ import annotations

from typing import Literal

import msgspec

Shape = Literal[
    "text",  # one text
    "lines",  # one text or a list of texts
    "sentences",  # conditions: one or a list of them
    "id",  # an id
    "ids",  # a list of ids
    "word",  # one of the words in `choices`
    "words",  # one or several of them
    "format",  # the number of the format
    "language",  # en, de, pt-BR
    "scale",  # 1 to 5
    "limit",  # up to 3
    "options",  # a list of `id: label` or of texts
    "lists",  # word lists by name
    "renames",  # old id: new id
    "maps",  # a list of the mapping `of`
    "blocks",  # a list of questions and groups
    "questions",  # a list of questions
    "core",  # core's texts by id
    "day",  # 2026-03-02
    "count",  # 0 and more
    "texts",  # a list of texts
    "told",  # a list of texts, or only how many
    "pairs",  # texts by name
    "map",  # the mapping `of`
    "entries",  # lists of words and phrases by name
]

SHAPES: dict[Shape, str] = {
    "text": "a text",
    "lines": "a text or a list of texts",
    "sentences": "a condition or a list of them",
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
    "day": "a day such as `2026-03-02`",
    "count": "a number in figures",
    "texts": "a list of texts",
    "told": "a list of texts, or a number in figures",
    "pairs": "`name: text`, each on a line of its own",
    "map": "keys of its own, further in",
    "entries": "lists of words and phrases by name",
}
"""What a key takes, in words."""

MOST_ID = 64

PATTERNS: dict[Shape, str] = {
    # `null` would be an id to us, and nothing at all to every other reader of YAML.
    "id": rf"(?!null$)[a-z0-9][a-z0-9-]{{0,{MOST_ID - 1}}}",
    "language": r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    "scale": r"([0-9]{1,3}) to ([0-9]{1,3})",
    "limit": r"up to ([0-9]{1,2})",
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "count": r"[0-9]{1,5}",
}
"""What the whole of such a text looks like, as Python and JavaScript both read it."""

PHRASE = r"(?![\s\S]*\*\S)(?![\s\S]*(^|\s)\*)"
"""How an entry of a word list begins: no `*` but at the end of a word that has other letters."""


class Key(msgspec.Struct, frozen=True):
    """One key of a mapping.

    `of` names the mapping of list items; `texts`: a translation may hold it; `fills`: its texts
    may hold placeholders. `meanings` explains each of `choices`, `default` is what holds when
    the key is left out.
    """

    name: str
    shape: Shape
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""
    texts: bool = False
    fills: bool = False
    meanings: tuple[str, ...] = ()
    default: str = ""


Starter = dict[str, object]
"""A small example of a mapping, in the order of its lines: texts, lists of them, starters."""


class Mapping(msgspec.Struct, frozen=True):
    """A mapping of the format by its name, with its keys in the order in which they are best written.

    `inherits`: in a pack that extends another, the base may have all of it but the id.
    """

    name: str
    help: str
    keys: tuple[Key, ...]
    starter: Starter = {}
    inherits: bool = False

    def key(self, name: str) -> Key | None:
        """The key called `name`, None when there is none."""
        return next((key for key in self.keys if key.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all keys."""
        return tuple(key.name for key in self.keys)


Table = dict[str, Mapping]
"""Mappings by their names."""
