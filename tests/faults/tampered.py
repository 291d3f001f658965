"""Files that go from one to the other, changed at random by somebody who knows how they are made.

Half are changed in their bytes, sealed or not; half in what they say, and sealed again as
anybody could who has the key.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from reflect.sharing.sealing import seal
from tests.sharing.samples import HOSTILE, RAW

DEEP = 100_000
_DEEP, _HUGE_NUMBER = "@deep@", "@huge@"
_LISTS = ("notes", "sessions", "items", "answers", "takings", "stages", "lines", "replies", "read")


class Tamperer:
    """Makes file number N of a seed from `plain`, the JSON of a good one; `keys` seal it."""

    def __init__(self, plain: bytes, keys: list[str], seed: int) -> None:
        self._plain = plain
        self._sealed = seal(plain, keys)
        self._keys = keys
        self._seed = seed

    def file(self, number: int) -> bytes:
        """One changed file; the same each time."""
        rng = Random(f"{self._seed} {number}")
        if number % 4 == 0:
            return _broken(self._sealed, rng)
        if number % 4 == 1:
            return _broken(self._plain, rng)
        told = self._told(rng)
        return seal(told, self._keys) if number % 4 == 2 else told

    def _told(self, rng: Random) -> bytes:
        found = json.loads(self._plain)
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            rng.choice(_CHANGES)(found, rng)
        text = json.dumps(found)
        text = text.replace(f'"{_DEEP}"', "[" * DEEP + "]" * DEEP)
        return text.replace(
            f'"{_HUGE_NUMBER}"', rng.choice(("1e400", "-1", "9" * 400, "NaN"))
        ).encode()


# --- bytes ---------------------------------------------------------------------------


def _broken(data: bytes, rng: Random) -> bytes:
    """`data` with bits turned, a piece cut out, two pieces swapped, or something put in."""
    how = rng.randrange(5)
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    if how == 0:
        turned = bytearray(data)
        for _ in range(rng.choice((1, 1, 8))):
            turned[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        return bytes(turned)
    if how == 1:
        return data[:start]
    if how == 2:
        return data[:start] + data[min(end, start + rng.choice((1, 16, 4000))) :]
    if how == 3:
        half = (start + end) // 2
        return data[:start] + data[half:end] + data[start:half] + data[end:]
    return (
        data[:start]
        + rng.choice((b"\0", rng.randbytes(40), data[start:end], b'"', b"{"))
        + data[start:]
    )


# --- what it says ----------------------------------------------------------------------

Change = Callable[[dict[str, Any], Random], None]


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    """Every member of every object and list in it: what holds it, and the key or number."""
    pairs = found.items() if isinstance(found, dict) else enumerate(found)
    for key, value in list(pairs):
        yield found, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _some(found: dict[str, Any], rng: Random, kind: type = object) -> tuple[Any, Any] | None:
    known = [(holder, key) for holder, key in _places(found) if isinstance(holder[key], kind)]
    return rng.choice(known) if known else None


def _value(found: dict[str, Any], rng: Random) -> None:
    """Something of another kind, too long, too deep or too large."""
    values: tuple[Any, ...] = (
        *(None, True, 0, -1, 1.5, [], {}, "", [[]], {"a": 1}, 2**70),
        *(_DEEP, _HUGE_NUMBER, "x" * 2_000_000, [0] * 20_001),
    )
    place = _some(found, rng)
    if place:
        place[0][place[1]] = rng.choice(values)


def _words(found: dict[str, Any], rng: Random) -> None:
    """Words that some screen, page or table could obey."""
    place = _some(found, rng, str)
    if place:
        place[0][place[1]] = rng.choice(
            (*HOSTILE, *RAW, "\n" * 5000, "a\u0301\u0316" * 2000, "\u202e")
        )


def _name(found: dict[str, Any], rng: Random) -> None:
    """A name that is none, or somebody else's."""
    names = [(holder, key) for holder, key in _places(found) if _is_name(holder[key])]
    if names:
        holder, key = rng.choice(names)
        own = rng.choice(names)
        strange = (
            "../../../etc/passwd",
            "",
            "A" * 16,
            "a" * 16,
            "a" * 17,
            "a\n" * 8,
            "review:x",
            "'; DROP",
        )
        holder[key] = rng.choice((*strange, own[0][own[1]]))


def _day(found: dict[str, Any], rng: Random) -> None:
    """A day that is none, or one at the end of time."""
    days = [
        (holder, key) for holder, key in _places(found) if key in ("day", "due", "since", "meeting")
    ]
    if days:
        holder, key = rng.choice(days)
        holder[key] = rng.choice(
            ("0001-01-01", "9999-12-31", "2026-02-30", "tomorrow", "2026-1-1", "２０２６-11-22", "")
        )


def _gone(found: dict[str, Any], rng: Random) -> None:
    """Something that is missing."""
    place = _some(found, rng)
    if place and isinstance(place[0], dict | list):
        del place[0][place[1]]


def _more(found: dict[str, Any], rng: Random) -> None:
    """Something nobody knows."""
    holders = [
        found,
        *(holder[key] for holder, key in _places(found) if isinstance(holder[key], dict)),
    ]
    rng.choice(holders)[rng.choice(("secret", "__class__", "schema_version", "share"))] = (
        rng.choice((1, "x", {}))
    )


def _twice(found: dict[str, Any], rng: Random) -> None:
    """The same name twice, with other words the second time."""
    lists = [holder[key] for holder, key in _places(found) if key in _LISTS and holder[key]]
    lists = [one for one in lists if isinstance(one, list)]
    if lists:
        some = rng.choice(lists)
        second = copy.deepcopy(rng.choice(some))
        if isinstance(second, dict) and rng.random() < 0.7:
            _words(second, rng)
        some.insert(rng.randrange(len(some) + 1), second)


def _order(found: dict[str, Any], rng: Random) -> None:
    """Lists in another order."""
    lists = [holder[key] for holder, key in _places(found) if isinstance(holder[key], list)]
    for one in lists:
        rng.shuffle(one)


def _version(found: dict[str, Any], rng: Random) -> None:
    found["schema_version"] = rng.choice((0, -1, 2, 99, "1", None, 10**30))


def _both(found: dict[str, Any], rng: Random) -> None:
    """Shared and a reply at once, neither, or the one as the other."""
    reply = {"mentee": "a", "mentor": "b", "day": "2026-11-22", "notes": []}
    how = rng.randrange(3)
    if how == 0:
        found.setdefault("reply", reply)
        found.setdefault("shared", None)
    elif how == 1:
        found.pop("reply", None)
        found.pop("shared", None)
    else:
        found["shared"], found["reply"] = found.get("reply"), found.get("shared")


def _choice(found: dict[str, Any], rng: Random) -> None:
    """A note of another kind, an item in another state: what is allowed, and what is not."""
    chosen = {
        "kind": (
            "note",
            "answer",
            "close",
            "take on",
            "agree",
            "goal",
            "term",
            "action",
            "win",
            "obey",
        ),
        "state": ("open", "kept", "agreed", "answered", "draft", "work", "done"),
        "owner": ("me", "mentor", "mentee", "both", "none", "god"),
        "revision": (0, 1, 2, 10**6, 10**7),
        "withdrawn": (True, False, "yes"),
        "open": (True, False),
        "number": (0, 1, 2, 10**6),
        "role": ("mentee", "mentor", "admin"),
        "both": (True,),
        "language": ("de", "xx", "../en", "en\n"),
    }
    places = [(holder, key) for holder, key in _places(found) if key in chosen]
    if places:
        holder, key = rng.choice(places)
        holder[key] = rng.choice(chosen[key])


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) == 16 and value.isalnum() and value.islower()


_CHANGES: tuple[Change, ...] = (
    *(_value, _words, _words, _name, _name, _day, _gone, _more),
    *(_twice, _twice, _order, _version, _both, _choice, _choice),
)
