"""The sentences of a condition as they were written, beside the tests that were made of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from reflect.script import Condition

_WORD = re.compile(r'"[^"]*"|“[^“”]*”|[^\s"“]+|["“]')


class Clause(NamedTuple):
    """One group of tests: the number (from 0) of the text it stands in, and a sentence for each test.

    `starts` are the offsets in that text where the sentences begin.
    """

    line: int
    sentences: tuple[str, ...]
    starts: tuple[int, ...]


def clauses_of(condition: Condition) -> tuple[Clause, ...]:
    """For each group of `condition` where it comes from; in doubt the whole of it."""
    found: list[Clause] = []
    for line, text in enumerate(condition.text.split("; ")):
        joined, parts, starts = _parts(text)
        if joined == "or":
            found.append(Clause(line, parts, starts))
        else:
            found.extend(
                Clause(line, (part,), (start,)) for part, start in zip(parts, starts, strict=True)
            )
    sizes = [len(clause.sentences) for clause in found]
    if sizes != [len(group) for group in condition.groups]:
        sizes = [len(group) for group in condition.groups]
        return tuple(Clause(0, (condition.text,) * size, (0,) * size) for size in sizes)
    return tuple(found)


def _parts(text: str) -> tuple[str, tuple[str, ...], tuple[int, ...]]:
    """The joiner of `text`, "" when there is none; what stands between, and where each begins."""
    parts: list[list[str]] = [[]]
    starts = [0]
    joiner = ""
    for found in _WORD.finditer(text):
        word = found.group()
        if word in ("and", "or"):
            joiner = word
            parts.append([])
            starts.append(found.end())
        elif not parts[-1]:
            parts[-1].append(word)
            starts[-1] = found.start()
        else:
            parts[-1].append(word)
    return joiner, tuple(" ".join(part) for part in parts), tuple(starts)
