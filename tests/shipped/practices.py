"""Every practice of mentoring that the packs and commands serve, read from practices.yaml and told as a page.

python -m tests.shipped.practices > docs/coverage.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "practices.yaml"
PAGE = ROOT / "docs" / "coverage.md"

HEAD = """\
<!-- Made from tests/shipped/practices.yaml by: python -m tests.shipped.practices > docs/coverage.md -->

# Which practice is where

Five texts on mentoring describe what good mentors and mentees do. Each practice is served by a question of a pack or by a command,
and shown by a story or a test. A test fails when one of them is gone.
"""
SOURCES = {
    "S0": "The four stages (pack `four-stages`)",
    "S1": "The essentials (pack `mentoring-essentials`)",
    "S2": "Five steps (pack `five-steps`)",
    "S3": "At work (pack `workplace-mentorship`)",
    "S4": "Four pillars (pack `four-pillars`)",
}


class Practice(NamedTuple):
    """One practice: `questions` are PACK/QUESTION, `commands` as they are typed after `reflect`.

    `stories` are PACK: NAME OF THE STORY, `tests` FILE::FUNCTION.
    """

    id: str
    says: str
    questions: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def practices() -> tuple[Practice, ...]:
    """All of them, in order."""
    raw = yaml.safe_load(DATA.read_text("utf-8"))
    return tuple(Practice(name, **_lists(row)) for name, row in raw.items())


def _lists(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def page() -> str:
    """The page as it is to be written."""
    return HEAD + "\n".join(_page(practices())) + "\n"


def _page(every: tuple[Practice, ...]) -> Iterator[str]:
    for source, title in SOURCES.items():
        yield f"\n## {title}\n"
        yield "| | practice | served by | shown by |"
        yield "| --- | --- | --- | --- |"
        for one in every:
            if one.id.startswith(source):
                yield f"| {one.id} | {one.says} | {_served(one)} | {_shown(one)} |"


def _served(one: Practice) -> str:
    questions = (f"`{name}`" for name in one.questions)
    return "<br>".join((*questions, *(f"`reflect {command}`" for command in one.commands)))


def _shown(one: Practice) -> str:
    stories = (
        f"story “{story.partition(': ')[2]}” of `{story.partition(': ')[0]}`"
        for story in one.stories
    )
    return "<br>".join((*stories, *(f"`{test}`" for test in one.tests)))


if __name__ == "__main__":
    sys.stdout.write(page())
