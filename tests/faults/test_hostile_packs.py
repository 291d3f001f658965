"""Packs that are broken or meant to do harm: refused with places, quickly, and nothing falls over."""

from __future__ import annotations

import os

import pytest

from tests.faults import bombs, mutants


@pytest.mark.slow
def test_every_bomb_is_refused_with_hardly_any_stack() -> None:
    found = bombs.child()
    assert len(found) >= 50
    assert not [name for name, (_, refused) in found.items() if not refused]
    assert not {name: took for name, (took, _) in found.items() if took > bombs.most_ms(name)}


def test_a_hundred_mutants() -> None:
    came = mutants.run(100, seed=int(os.environ.get("REFLECT_SEED", "7")))
    assert not came.fell, came.fell
    assert came.accepted > 5 and came.turns > 50 and len(came.codes) > 10


def test_the_test_has_teeth(monkeypatch: pytest.MonkeyPatch) -> None:
    from reflect.packs.conform import Conformer

    def careless(self: Conformer, node: object, key: object) -> object:
        return node.value and node  # type: ignore[attr-defined]

    monkeypatch.setattr(Conformer, "_text", careless)
    assert mutants.run(80, seed=7).fell


@pytest.mark.slow
def test_forty_five_thousand_mutants() -> None:
    came = mutants.run(int(os.environ.get("REFLECT_MUTANTS", "45000")), seed=1)
    assert not came.fell, came.fell
    assert came.grown <= mutants.MOST_MIB
