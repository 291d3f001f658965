"""Phrases of one language, read from YAML: what reflect itself writes on sheets, pages and screens.

A file is one map of ids to texts; `{name}` in a text is filled in by whoever says it.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from reflect.errors import Misuse, PackError
from reflect.packs.cache import Cache, stamps
from reflect.packs.location import read_plain_file

MAX_PHRASES = 256 * 1024
"""Bytes of one file of phrases."""
FALLBACK = "en"
"""The language that stands in for one that has no file."""


class Phrases(msgspec.Struct, frozen=True):
    """The phrases of one language by id."""

    language: str
    texts: dict[str, str]

    def say(self, phrase: str, /, **names: str) -> str:
        """The text called `phrase` with `names` filled in; Misuse when either does not fit the other.

        What is filled in is never read again as a text with names.
        """
        try:
            return re.sub(r"\{([a-z_]+)\}", lambda match: names[match[1]], self.texts[phrase])
        except KeyError as error:
            raise Misuse(f"the phrase {phrase} does not fit: {error}") from None

    def counted(self, phrase: str, number: int, /, **names: str) -> str:
        """As `say`, with `{number}`: the text called `phrase`-one where it is 1, else `phrase`-many."""
        form = "one" if number == 1 else "many"
        return self.say(f"{phrase}-{form}", number=str(number), **names)

    def day(self, iso: str, today: str = "") -> str:
        """An ISO date as it is said, with the year where it is not that of the ISO date `today`."""
        from datetime import date

        found = date.fromisoformat(iso)
        form = "day" if today[:4] == iso[:4] else "day-of-year"
        return self.say(
            form,
            weekday=self._listed("weekdays", found.weekday()),
            day=str(found.day),
            month=self._listed("months", found.month - 1),
            year=str(found.year),
        )

    def _listed(self, phrase: str, place: int) -> str:
        return self.say(phrase).split(", ")[place]


def read_phrases(folder: Path, language: str, cache: Cache) -> Phrases:
    """The phrases in `folder` for `language`, or without its region, or `FALLBACK`; kept in `cache`.

    Raises `PackError` "phrases-unusable" when the file is not one map of texts.
    """
    names = dict.fromkeys((language, language.partition("-")[0], FALLBACK))
    path = next(path for name in names if (path := folder / f"{name}.yaml").is_file())
    kept = cache.get("phrases", (str(path),), Phrases)
    if kept:
        return kept
    before = stamps((str(path),))
    read = Phrases(path.stem, _texts(path))
    cache.put("phrases", (str(path),), before, read)
    return read


def _texts(path: Path) -> dict[str, str]:
    from reflect.packs.reader import read_tree
    from reflect.packs.report import Report
    from reflect.packs.tree import Map, Text

    report = Report()
    tree = read_tree(path.name, read_plain_file(path, MAX_PHRASES), report, limit=MAX_PHRASES)
    if not isinstance(tree, Map):
        raise PackError(
            "phrases-unusable", f"{path.name} is not one map of texts.", "Install reflect again."
        )
    return {name: node.value for name, node in tree.values.items() if isinstance(node, Text)}
