"""Word lists for listening, read from YAML: `language`, and `lists` of words and phrases by name.

Several files may speak of one language; their lists are joined, a plug-in's
entries after the shipped ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.errors import PackError
from reflect.packs.cache import Cache, stamps
from reflect.packs.location import read_plain_file
from reflect.script import Lexicon

if TYPE_CHECKING:
    from reflect.packs.report import Report
    from reflect.packs.tree import Node

MAX_LEXICON = 1024 * 1024
"""Bytes of one lexicon file."""
_SAID = re.compile(rb"^language: ([A-Za-z-]+)$", re.MULTILINE)
"""A line with the language of a file, found without reading the rest as YAML."""


class Lexicons(msgspec.Struct, frozen=True):
    """The lexicon of each language, and what was wrong with the files."""

    by_language: dict[str, Lexicon]
    diagnostics: tuple[Diagnostic, ...] = ()

    def language(self, language: str) -> Lexicon:
        """The lexicon of `language`, or of the language without its region; else one without lists."""
        found = self.by_language.get(language) or self.by_language.get(language.partition("-")[0])
        return found or Lexicon(language, {})


def read_lexicons(files: Iterable[str], cache: Cache, language: str = "") -> Lexicons:
    """The lexicons in `files`, from `cache` as long as none has changed. Never raises for what they hold.

    With a `language` only those that `Lexicons.language` may give for it; what is wrong with files
    that say of themselves that they are in another is not told then.
    """
    paths = tuple(files)
    name, question = f"lexicons-{language}", (language, *paths)
    kept = cache.get(name, question, Lexicons)
    if kept:
        return kept
    before = stamps(paths)
    wanted = frozenset((language, language.partition("-")[0]) if language else ())
    read = _joined([_read(file, wanted) for file in paths])
    cache.put(name, question, before, read)
    return read


class _Read(NamedTuple):
    """One file: its lexicon, None when it cannot be used, and its diagnostics."""

    lexicon: Lexicon | None
    diagnostics: tuple[Diagnostic, ...]


def _joined(read: list[_Read]) -> Lexicons:
    """One lexicon for each language, and every diagnostic."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for lexicon in (one.lexicon for one in read if one.lexicon):
        lists = found.setdefault(lexicon.language, {})
        for name, words in lexicon.lists.items():
            lists[name] = tuple(dict.fromkeys((*lists.get(name, ()), *words)))
    return Lexicons(
        {language: Lexicon(language, lists) for language, lists in found.items()},
        tuple(diagnostic for one in read for diagnostic in one.diagnostics),
    )


def _read(file: str, wanted: frozenset[str]) -> _Read:
    """Read one lexicon file if it may be in a `wanted` language; one with errors is left out as a whole."""
    from reflect.packs.reader import read_tree
    from reflect.packs.report import Report

    try:
        data = read_plain_file(Path(file), MAX_LEXICON)
    except PackError as error:
        unread = Diagnostic(error.code, Severity.ERROR, Place(file), error.message, error.hint)
        return _Read(None, (unread,))
    said = _SAID.findall(data)
    if wanted and len(said) == 1 and said[0].decode() not in wanted:
        return _Read(None, ())
    report = Report()
    tree = read_tree(file, data, report, limit=MAX_LEXICON)
    lexicon = _build(tree, report) if tree else None
    return _Read(None if report.failed else lexicon, report.sorted())


def _build(tree: Node, report: Report) -> Lexicon | None:
    """The lexicon that `tree` describes, None when its language or its lists are missing."""
    from reflect.packs import codes
    from reflect.packs.story_table import LEXICON
    from reflect.packs.tree import Map, Text

    if not isinstance(tree, Map):
        report.error(codes.WRONG_SHAPE, tree.place, "A lexicon is a map.", _SHAPE)
        return None
    for name in tree.values.keys() - set(LEXICON.names):
        report.error(codes.UNKNOWN_KEY, tree.key_place(name), "This key is not known here.", _SHAPE)
    language, lists = tree.values.get("language"), tree.values.get("lists")
    if not isinstance(language, Text) or not isinstance(lists, Map):
        report.error(codes.MISSING_KEY, tree.place, "`language` or `lists` is missing.", _SHAPE)
        return None
    words = {name: _words(node, report) for name, node in lists.values.items()}
    return Lexicon(language.value, words)


def _words(node: Node, report: Report) -> tuple[str, ...]:
    """The entries of one list."""
    from reflect.packs import codes
    from reflect.packs.tree import List, Text

    items = node.items if isinstance(node, List) else (node,)
    for item in items:
        if not isinstance(node, List) or not isinstance(item, Text) or not item.value.strip():
            report.error(codes.WRONG_SHAPE, item.place, "A list holds words and phrases.", _SHAPE)
    return tuple(item.value for item in items if isinstance(item, Text))


_SHAPE = "write `language:`, then `lists:` with a list of words and phrases under each name"
