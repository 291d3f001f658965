"""Packs with several mistakes each, as people make them: each is told, at its place, and nothing else is.

`broken/NAME.yaml` is a pack in the notation of `reflect.packs.visible`, `broken/NAME.de.yaml` its
translation and `broken/NAME.base.yaml` the pack `base` beside it, where there are such; `broken/NAME.finds`
begins with what is wrong, and says line by line what is found.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.packs.explain import FOLDER, write
from reflect.settings import Home
from tests.packs.finding import application, checked, expected_in, placed

PACKS = sorted((Path(__file__).parent / "broken").glob("*.finds"))
BESIDE = {".yaml": "pack.yaml", ".de.yaml": "translations/de.yaml", ".base.yaml": "../base.yaml"}


def written(pack: Path, home: Home) -> Path:
    """The folder into which a broken pack was written with what stands beside it."""
    texts = {name: pack.with_suffix(ending) for ending, name in BESIDE.items()}
    there = {name: path.read_text("utf-8") for name, path in texts.items() if path.exists()}
    return write(there, home.packs)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.stem)
def test_everything_wrong_with_a_pack_is_told_at_its_place(pack: Path, home: Home) -> None:
    folder = written(pack, home)
    found = placed(checked(application(home), folder), folder)
    assert found == expected_in(pack)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.stem)
def test_every_finding_tells_what_is_wrong_in_words(pack: Path, home: Home) -> None:
    folder = written(pack, home)
    for one in checked(application(home), folder):
        assert 10 <= len(one.message) <= 200


def test_there_are_enough_of_them() -> None:
    assert len(PACKS) >= 20
    assert len(PACKS) + len(list(FOLDER.glob("*.yaml"))) >= 90
    assert sum(len(expected_in(pack)) > 1 for pack in PACKS) >= 20


def test_more_keys_and_texts_than_anybody_reads_are_refused(home: Home) -> None:
    texts = {"pack.yaml": "reflect: 1\nretired:\n" + ("- [" + "[], " * 3000 + "a]\n") * 11}
    folder = write(texts, home.packs)
    found = placed(checked(application(home), folder), folder)
    assert [code for *_, code in found] == ["too-large"]
