"""What leaves does not depend on what stays: another private answer changes no byte."""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reflect.application.sharing_out import Form, Sharing, Wish, content
from reflect.sharing.padding import padded
from tests.application.worlds import World, script_of, worlds
from tests.properties.profile import ordinarily

FORMS: tuple[Form, ...] = ("bundle", "html", "markdown")


def files(world: World, sessions: tuple[str, ...]) -> dict[Form, bytes]:
    """What would be sent of `sessions`, in every form."""
    sharing = Sharing(world.app, world.relation, Wish(to="Grace", form="bundle", sessions=sessions))
    bundle, phrases = sharing.draft().bundle, sharing.phrases
    return {form: content(bundle, form, phrases) for form in FORMS}


def played(found: list[World], seed: int, size: int, sittings: int) -> bool:
    """Play the same sessions in every world; False where promises competed for a place."""
    rng = Random(seed)
    script = script_of(seed, size, plain=sittings > 1)
    enough = True
    for _ in range(sittings):
        length = rng.choice(("short", "long"))
        # Every world sits down, whatever came of it in the one before.
        sat = [world.sit(script, length) for world in found]
        enough = enough and all(sat)
    return enough


def assert_nothing_differs(seed: int, size: int, sittings: int) -> None:
    with worlds(seed) as found:
        if not played(found, seed, size, sittings):
            return
        one, other = found
        rng = Random(seed + 1)
        chosen = tuple(name for name in one.sessions if rng.random() < 0.8)
        for (form, data), same in zip(
            files(one, chosen).items(), files(other, chosen).values(), strict=True
        ):
            assert data == same, form
            assert len(padded(data)) == len(padded(same))
            for canary in one.canaries:
                assert not hides(data, canary), form


def hides(data: bytes, canary: str) -> bool:
    """Whether `canary` stands in `data` in any writing of it."""
    text = data.decode()
    encoded = re.findall(rb"[A-Za-z0-9+/=_-]{24,}", data)
    forms = [text.casefold(), unicodedata.normalize("NFD", text).casefold()]
    forms += [found for one in encoded for found in _unwrapped(one)]
    parts = (canary, canary[2:], base64.b64encode(canary.encode()).decode().rstrip("=")[:-2])
    return any(part.casefold() in form for part in parts for form in forms)


def _unwrapped(encoded: bytes) -> list[str]:
    found = []
    for decode in (base64.b64decode, base64.urlsafe_b64decode):
        try:
            raw = decode(encoded + b"=" * (-len(encoded) % 4))
        except ValueError:
            continue
        found.append(raw.decode("latin-1").casefold())
        for wbits in (15, -15, 31):
            try:
                found.append(zlib.decompress(raw, wbits).decode("latin-1").casefold())
            except zlib.error:
                continue
    return found


quick = ordinarily(15, share=0.5)
slow = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
example: Callable = given(
    seed=st.integers(0, 2**40), size=st.integers(1, 9), sittings=st.sampled_from((1, 1, 2, 3))
)


@quick
@example
def test_another_private_answer_changes_no_byte(seed: int, size: int, sittings: int) -> None:
    assert_nothing_differs(seed, size, sittings)


@pytest.mark.slow
@slow
@example
def test_nor_in_thousands_of_worlds(seed: int, size: int, sittings: int) -> None:
    assert_nothing_differs(seed, size, sittings)


def test_a_private_promise_does_not_hide_that_they_moved_on() -> None:
    """One that only one of the homes has was asked about in the session that offered to move on."""
    assert_nothing_differs(1795354963000417, 3, 3)
