"""The pages in docs/sessions/ are what the program writes of stories of the packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run

SESSIONS = Path(__file__).parents[2] / "docs" / "sessions"
SYSTEMS = (
    "four-stages",
    "mentoring-essentials",
    "five-steps",
    "workplace-mentorship",
    "four-pillars",
)


@pytest.mark.parametrize("pack", SYSTEMS)
def test_a_session_is_as_the_program_has_it(pack: str, run: Run) -> None:
    page = (SESSIONS / f"{pack}.md").read_text("utf-8")
    name = page.splitlines()[0].removeprefix("# ")
    done = run("pack", "test", pack, "--story", name, "--read")
    assert (done.code, done.out) == (0, page)


@pytest.mark.parametrize("pack", SYSTEMS)
def test_it_is_a_whole_long_one(pack: str) -> None:
    page = (SESSIONS / f"{pack}.md").read_text("utf-8")
    assert ", a quarter of an hour*" in page
    assert "\n> ⏎\n" in page
    assert "\n---\n" in page and "\n- ☐ " in page and "if not: then I" in page


def test_the_list_has_every_session() -> None:
    listed = (SESSIONS / "README.md").read_text("utf-8")
    assert all(f"]({pack}.md)" in listed for pack in SYSTEMS)
    assert {page.stem for page in SESSIONS.glob("*.md")} == {*SYSTEMS, "README"}
