"""Labelled items, and what is heard in them."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reflect.listening.dates import Dates
from reflect.listening.language import Language
from reflect.listening.utterance import Utterance
from reflect.listening.words import Words
from reflect.script import Lexicon

LEXICONS = Path(__file__).parents[2] / "prompt_packs" / "core" / "lexicon"
ITEMS = Path(__file__).parent / "items"


@cache
def language(code: str) -> Language:
    """All shipped lists of a language."""
    lists: dict[str, tuple[str, ...]] = {}
    for file in sorted(LEXICONS.glob(f"*{code}.yaml")):
        raw = yaml.load(file.read_bytes(), Loader=yaml.CBaseLoader)
        for name, words in raw["lists"].items():
            lists[name] = (*lists.get(name, ()), *words)
    return Language(Lexicon(code, lists))


@cache
def dates(code: str) -> Dates:
    """What reads the dates of a language."""
    return Dates(language(code))


def said(text: str, code: str = "en") -> Utterance:
    """`text` as a cue is given it, on Saturday 21 November 2026."""
    return Utterance(text, Words(text), language(code), dates(code), "text", date(2026, 11, 21))


def items(task: str) -> list[dict[str, Any]]:
    """The items of `task`, those tuned on and those held out."""
    files = (ITEMS / f"{task}-{part}.jsonl" for part in ("tuned", "held"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
