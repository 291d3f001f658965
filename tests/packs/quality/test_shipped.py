"""The shipped pack is a model: nothing is warned of in it, in any of its languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.packs.compile import PackFiles, PackText, compile_pack
from reflect.packs.quality.check import quality
from reflect.script import Vocabulary
from tests.packs.quality.helpers import lexicon

PACKS = Path(__file__).parents[3] / "prompt_packs"
CUES = Vocabulary(
    {
        name: name
        for name in ("vague", "dated", "owned", "measurable", "low", "glad", "blaming", "hedged")
    }
)


def files(name: str) -> PackFiles:
    def text(file: Path) -> PackText:
        return PackText(str(file), file.read_bytes())

    folder = PACKS / name
    others = {file.stem: text(file) for file in (folder / "translations").glob("*.yaml")}
    return PackFiles("shipped", text(folder / "pack.yaml"), others)


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_nothing_is_warned_of(language: str) -> None:
    result = compile_pack(
        files("four-stages"),
        language=language,
        core=files("core"),
        library=lambda name: None,
        vocabulary=CUES,
    )
    assert result.script is not None and result.tree is not None
    found = quality(result.script, result.tree, lexicon(language))
    assert [str(one) for one in found] == []
