"""Whether this version of reflect is one that a plug-in asks for.

Enough of the rules for versions (releases with a, b, rc and dev, `~=`, `.*`) for a
requirement on one distribution.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

DISTRIBUTION = "reflect-mentorship"

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[[^\]]*\])?\s*\(?([^;)]*)\)?\s*(;.*)?")
_CLAUSE = re.compile(r"\s*(~=|===?|!=|<=|>=|<|>)\s*([0-9][0-9a-z.]*?)(\.\*)?\s*")
_VERSION = re.compile(r"(\d+(?:\.\d+)*)(?:\.?(dev|a|b|rc|post)(\d*))?")
_ORDER = {"dev": 0, "a": 1, "b": 2, "rc": 3, "": 4, "post": 5}

Version = tuple[tuple[int, ...], int, int]


def wanted_of(requires: Iterable[str]) -> str:
    """The versions of reflect that a distribution's `Requires-Dist` lines ask for; "" when any will do.

    Lines under a condition (an extra, a platform) do not count.
    """
    clauses = []
    for line in requires:
        found = _REQUIREMENT.fullmatch(line)
        if found and not found[3] and re.sub(r"[-_.]+", "-", found[1]).lower() == DISTRIBUTION:
            clauses.append(found[2].strip())
    return ",".join(filter(None, clauses))


def satisfied(wanted: str, version: str) -> bool:
    """Whether `version` is one of those `wanted` (">=1.2,<2"); never when `wanted` cannot be read."""
    ours = _read(version)
    found = [_CLAUSE.fullmatch(clause) for clause in wanted.split(",") if clause.strip()]
    return all(one is not None and _holds(one, ours) for one in found)


def _holds(clause: re.Match[str], ours: Version | None) -> bool:
    operator, named, any_ending = clause[1], clause[2], clause[3]
    theirs = _read(named)
    if ours is None or theirs is None:
        return False
    begins = _padded(ours, theirs)[0][: len(theirs[0])] == theirs[0]
    if operator == "~=":
        stem = theirs[0][:-1]
        return bool(stem) and ours >= _padded(theirs, ours) and ours[0][: len(stem)] == stem
    if any_ending:
        return begins if operator == "==" else operator == "!=" and not begins
    one, other = _padded(ours, theirs), _padded(theirs, ours)
    return {
        "==": one == other,
        "===": one == other,
        "!=": one != other,
        "<=": one <= other,
        ">=": one >= other,
        "<": one < other,
        ">": one > other,
    }[operator]


def _read(version: str) -> Version | None:
    found = _VERSION.fullmatch(version)
    if not found:
        return None
    release = tuple(int(part) for part in found[1].split(".")[:9])
    return release, _ORDER[found[2] or ""], int(found[3] or 0)


def _padded(version: Version, other: Version) -> Version:
    """`version` with as many numbers as `other`: 1 is 1.0."""
    release = version[0] + (0,) * (len(other[0]) - len(version[0]))
    return release, version[1], version[2]
