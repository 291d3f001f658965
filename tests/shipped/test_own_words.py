"""What the packs, core and the docs say is said in words of our own, not in those of the five texts.

The texts themselves are not kept here: `five_words.txt` holds a hash of each run of five words
in them, made from a folder of them by

    python -m tests.shipped.test_own_words FOLDER > tests/shipped/five_words.txt
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
import yaml

ROOT = Path(__file__).parents[2]
STORED = Path(__file__).parent / "five_words.txt"
LENGTH = 5
"""Words in a run."""
DIGITS = 12
"""Of each hash so many hexadecimal digits are kept; two runs share them once in 10^11 pairs."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_COMMON = """a about after all am an and any are as at be been before but by can could did do does for from
    had has have he her him his how i if in into is it its like may me more most my no not of on one
    or our out over own shall she so some such than that the their them then there these they this
    those to up us was we were what when where which who whom whose why will with would you your
    end rest"""
COMMON = frozenset(_COMMON.split())
"""A run of nothing but these is nobody's: "at the end of the", "for the rest of the"."""

PACKS = sorted((ROOT / "prompt_packs").glob("*/pack.yaml"))
STORIES = sorted((ROOT / "prompt_packs").glob("*/stories/*.yaml"))
CORE = [
    ROOT / "prompt_packs" / "core" / "demo.yaml",
    ROOT / "prompt_packs" / "core" / "sharing" / "en.yaml",
    *sorted((ROOT / "prompt_packs" / "core" / "lexicon").glob("*en.yaml")),
]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("file", [*PACKS, *STORIES, *CORE], ids=lambda file: _name(file))
def test_a_pack_says_it_in_words_of_its_own(file: Path) -> None:
    assert not taken(_texts(yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)))


@pytest.mark.parametrize("file", PAGES, ids=lambda file: _name(file))
def test_a_page_says_it_in_words_of_its_own(file: Path) -> None:
    assert not taken(file.read_text("utf-8").split("\n\n"))


def test_no_help_and_no_message_is_taken() -> None:
    files = [*(ROOT / "src").rglob("*.py"), *(ROOT / "plugins").glob("*/src/**/*.py")]
    found = {_name(file): taken(file.read_text("utf-8").split("\n\n")) for file in files}
    assert len(found) > 200 and not any(found.values()), {k: v for k, v in found.items() if v}


def test_a_run_of_a_text_is_found_however_it_is_written() -> None:
    assert len(stored()) > 2500
    assert taken(["We go: “The Four  stages, of\nMentoring” in turn"]) == [
        "the four stages of mentoring"
    ]
    assert not taken(["the four stages", "of mentoring", "the stages four of mentoring"])


def test_nothing_but_common_words_is_nobodys() -> None:
    assert not list(runs("at the end of the")) and list(runs("at the end of the day"))


def test_hashes_are_made_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("It’s six words that stand here")
    assert set(made(tmp_path)) == {
        hashed("it's six words that stand"),
        hashed("six words that stand here"),
    }


def taken(texts: Iterable[str]) -> list[str]:
    """The runs in `texts` that stand in one of the five texts too."""
    return [run for text in texts for run in runs(text) if hashed(run) in stored()]


def runs(text: str) -> Iterator[str]:
    """Every five words in a row of `text`, without capitals and what stands between words."""
    words = WORD.findall(normalize("NFKC", text).casefold().replace("’", "'"))
    for start in range(len(words) - LENGTH + 1):
        run = words[start : start + LENGTH]
        if not COMMON.issuperset(run):
            yield " ".join(run)


def hashed(run: str) -> str:
    """What is kept of `run`."""
    return sha256(run.encode()).hexdigest()[:DIGITS]


def made(folder: Path) -> list[str]:
    """The hashes of all runs in the files of `folder`, sorted."""
    files = sorted(folder.glob("*.txt"))
    return sorted({hashed(run) for file in files for run in runs(file.read_text("utf-8"))})


@cache
def stored() -> frozenset[str]:
    """The hashes of the five texts."""
    return frozenset(STORED.read_text("ascii").split())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    else:
        for inner in value:
            yield from _texts(inner)


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


if __name__ == "__main__":
    sys.stdout.write("\n".join(made(Path(sys.argv[1]))) + "\n")
