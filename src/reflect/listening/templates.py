"""The notation of templates, and templates made ready for matching.

An entry is words, `{slot}`s, `[what may be missing]` and `(one|or another)`:
`[within] the next {n} (days|weeks)` stands for four templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from reflect.listening.words import fold, plain, tokenise

Pieces = tuple[str, ...]

MOST_TEMPLATES = 4_000
"""How many templates one entry may stand for; of more, the rest is left out."""

_PIECE = re.compile(r"[\[\]()|]|\{\w+\}|[^\s\[\]()|{}]+")
_CLOSING = {"[": "]", "(": ")"}


def expand(entry: str) -> list[Pieces]:
    """The templates that `entry` stands for, as words and slots; an open bracket ends with the entry."""
    pieces = [piece for piece in _PIECE.findall(entry) if piece]
    return _alternatives(pieces, 0, "")[0][:MOST_TEMPLATES]


def _alternatives(pieces: list[str], at: int, closing: str) -> tuple[list[Pieces], int]:
    """What stands from piece `at` up to `closing`, and the number of the piece after it."""
    done: list[Pieces] = []
    current: list[Pieces] = [()]
    while at < len(pieces) and pieces[at] != closing:
        piece = pieces[at]
        at += 1
        if piece == "|":
            done, current = [*done, *current], [()]
        elif piece in _CLOSING:
            inner, at = _alternatives(pieces, at, _CLOSING[piece])
            inner = [(), *inner] if piece == "[" else inner
            current = _joined(current, inner)
        else:
            current = _joined(current, [_words(piece)])
    return [*done, *current], at + 1


def _joined(before: list[Pieces], after: list[Pieces]) -> list[Pieces]:
    return [first + second for first in before for second in after][:MOST_TEMPLATES]


@lru_cache(2_000)
def _words(piece: str) -> Pieces:
    if piece.startswith("{"):
        return (piece,)
    return tuple(plain(token.word) for token in tokenise(fold(piece)))


class Node:
    """One place in a tree of templates: what may come next, and the names of the lists that end here."""

    __slots__ = ("ends", "slots", "words")

    def __init__(self) -> None:
        self.words: dict[str, Node] = {}
        self.slots: dict[str, Node] = {}
        self.ends: tuple[str, ...] = ()


def tree(
    entries: Iterable[tuple[str, str]], needed: Mapping[str, tuple[str, ...]] | None = None
) -> Node:
    """The templates of `entries`, pairs of a list's name and an entry of it, as one tree.

    `needed` are the slots without which a template of a list says nothing; one that lacks them is left out.
    """
    root = Node()
    for name, entry in entries:
        needs = {f"{{{slot}}}" for slot in (needed or {}).get(name, ())}
        for pieces in expand(entry):
            if pieces and needs.issubset(pieces):
                _grow(root, pieces, name)
    return root


def _grow(node: Node, pieces: Pieces, name: str) -> None:
    for piece in pieces:
        is_slot = piece[0] == "{"
        branches, key = (node.slots, piece[1:-1]) if is_slot else (node.words, piece)
        if key not in branches:
            branches[key] = Node()
        node = branches[key]
    node.ends = (*node.ends, name) if name not in node.ends else node.ends
