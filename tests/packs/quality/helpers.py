"""Findings of the quality rules in packs written as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from reflect.diagnostics import Diagnostic
from reflect.packs.cache import Cache
from reflect.packs.lexicon import read_lexicons
from reflect.packs.quality.check import quality
from reflect.script import Lexicon
from tests.packs.helpers import compiled, pack

LEXICONS = Path(__file__).parents[3] / "prompt_packs" / "core" / "lexicon"


@cache
def lexicon(language: str) -> Lexicon:
    """The shipped word lists of `language`."""
    files = sorted(str(file) for file in LEXICONS.glob(f"*{language}.yaml"))
    with TemporaryDirectory() as folder:
        read = read_lexicons(files, Cache(Path(folder)))
    assert not read.diagnostics
    return read.language(language)


def findings(text: str, language: str = "en") -> tuple[Diagnostic, ...]:
    """Everything that is said about the pack `text`; it has no errors."""
    result = compiled(text)
    assert result.script is not None and result.tree is not None, list(map(str, result.diagnostics))
    return quality(result.script, result.tree, lexicon(language))


def found(text: str, code: str, language: str = "en") -> list[str]:
    """Line and column of each finding called `code`."""
    return [
        f"{one.place.line}:{one.place.column}"
        for one in findings(text, language)
        if one.code == code
    ]


def messages(text: str, code: str) -> list[str]:
    """What each finding called `code` says."""
    return [one.message for one in findings(text) if one.code == code]


def asking(wording: str, *more: str) -> str:
    """A pack that asks `wording` (line 8, column 10), with `more` lines at the question (from line 9)."""
    lines = "".join(f"    {line}\n" for line in more)
    return pack(f'worked:\n  - id: one\n    ask: "{wording}"\n{lines}')
