"""Texts that try to be something else, and documents that have one in each field."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from msgspec.structs import replace
from tests.sharing.samples import HOSTILE, RAW
from tests.sharing.test_exporters import document, item, turn

from reflect.sharing.document import ItemRecord, OpenAction, Transcript

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    " =1",
)
PAYLOADS = (*HOSTILE, *RAW, *FORMULAS)
_TURN = ("question", "answer", "words", "owner")
_ITEM = ("text", "due_words", "instead", "owner")
_PLAIN = "nothing in particular"


def payloads(seed: int, long: bool) -> tuple[str, ...]:
    """All of them; in the long form also parts of them put together at random."""
    if not long:
        return PAYLOADS
    random = Random(seed)
    return tuple("".join(_part(random) for _ in range(random.randint(1, 4))) for _ in range(400))


def _part(random: Random) -> str:
    text = random.choice(PAYLOADS)
    first = random.randrange(len(text))
    return text[first : first + random.randint(1, 60)]


def documents(payload: str) -> Iterator[tuple[str, Transcript]]:
    """A document with `payload` in one field, for each field, by its name; at last one with it in all."""
    plain = document(_PLAIN)
    for field in _TURN:
        record = replace(turn(_PLAIN), **{field: payload})
        yield f"turn {field}", replace(plain, turns=(record,))
    for field in _ITEM:
        found = replace(item(_PLAIN), **{field: payload})
        yield f"item {field}", replace(plain, items=(found,))
    for field in ("mentee", "mentor"):
        names = replace(plain.mentorship, **{field: payload})
        yield field, replace(plain, mentorship=names)
    yield "stage", replace(plain, session=replace(plain.session, stage_title=payload))
    yield "all", document(payload)


def actions(payload: str) -> Iterator[tuple[str, OpenAction]]:
    """An open action with `payload` in one field, for each field."""
    plain: dict[str, Any] = {
        name: getattr(item(_PLAIN), name) for name in ItemRecord.__struct_fields__
    }
    for field in _ITEM:
        yield field, OpenAction(**{**plain, field: payload}, share="yes")


def readable(payload: str) -> str:
    """Without halves of characters: no file and no line that is read holds any."""
    return payload.encode("utf-8", "replace").decode()
