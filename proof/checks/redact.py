"""What leaves does not depend on what stays: two homes that differ in private answers send the same bytes."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import NamedTuple
from unittest.mock import patch

from tests.application.test_gathering_private import files, hides, played
from tests.application.worlds import worlds

from proof.check import Check, Figure, Form
from proof.counting import counted
from proof.trials import wrong
from reflect.dialogue import shares
from reflect.sharing.padding import padded

SESSIONS = 300
_AT_ONCE = 25
_MOST = 100
"""Pairs of homes until the control must have been found out."""
_SITTINGS = (1, 1, 2, 3)


class Came(NamedTuple):
    """What came of a pair of homes: the sessions played, the private words in them, the bytes compared."""

    sessions: int = 0
    words: int = 0
    sent: int = 0
    found: str = ""


def run(form: Form) -> Figure:
    """Play random sessions in pairs of homes and compare what each would send, in every form."""
    end, seed = form.deadline(), form.seed * 1_000_000
    came: list[Came] = []
    with ProcessPoolExecutor(2) as two:
        while _sessions(came) < SESSIONS or (form.long and time.monotonic() < end):
            came += two.map(pair, range(seed, seed + _AT_ONCE))
            some = came[-_AT_ONCE:]
            counted().add(_sessions(some), [one.found for one in some if one.found])
            seed += _AT_ONCE
    failures = tuple(one.found for one in came if one.found)
    words, sent = sum(one.words for one in came), sum(one.sent for one in came)
    says = (
        f"{_sessions(came)} sessions in {len(came)} pairs of homes, {words} private words, "
        f"{sent / 1e6:.1f} MB sent, {len(failures)} pairs differ"
    )
    return Figure(_sessions(came), failures, says, SESSIONS)


def _sessions(came: list[Came]) -> int:
    return sum(one.sessions for one in came)


def pair(seed: int) -> Came:
    """Two homes of one seed; without sessions where more promises were open than are asked about."""
    random = Random(seed)
    size, sittings = random.randint(1, 9), random.choice(_SITTINGS)
    came = Came()

    def trial() -> str:
        nonlocal came
        with worlds(seed) as (one, other):
            if not played([one, other], seed, size, sittings):
                return ""
            chosen = tuple(name for name in one.sessions if random.random() < 0.8)
            mine, theirs = files(one, chosen), files(other, chosen)
            words = one.canaries | other.canaries
            came = Came(sittings, len(words), sum(map(len, mine.values())))
            for form, data in mine.items():
                if data != theirs[form] or len(padded(data)) != len(padded(theirs[form])):
                    return f"{form} differs"
                if any(hides(data, word) for word in words):
                    return f"a private word in {form}"
            return ""

    found = wrong(trial)
    return came._replace(found=f"seed {seed}: {found}" if found else "")


def control(form: Form) -> Figure:
    """A conversation in which what follows a private answer is as open as anything else."""
    with patch.object(shares, "_causes", lambda *given: set()):
        some = (pair(seed) for seed in range(form.seed, form.seed + _MOST))
        found = next((one.found for one in some if one.found), "")
    return Figure(1, (found,) if found else (), "found out" if found else "nothing found")


CHECK = Check(
    "T-REDACT",
    ("G15",),
    "another private answer changes no byte of what is shared",
    run,
    control,
    seconds=9,
    unit="sessions",
)
