"""The page for authors: every example in it is run as it stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.testing.pytests import ROOT, Pytest

PAGE = (ROOT / "docs" / "testing.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
FAILURE = re.search(r"```text\n(stories/.*?)```", PAGE, re.DOTALL)
NIGHT_SHIFT = (
    ROOT / "plugins" / "reflect-team-example" / "src" / "reflect_team_example" / "night-shift"
)


def night_shift(place: Path) -> Path:
    return Path(shutil.copytree(NIGHT_SHIFT, place / "night-shift"))


def test_every_example_passes(run_pytest: Pytest, tmp_path: Path) -> None:
    folder = night_shift(tmp_path)
    for number, example in enumerate(EXAMPLES):
        (folder / f"test_{number}.py").write_text(example)
    ran = run_pytest("-q", "-k", "not yaml", cwd=folder)
    passed = sum(example.count("def test_") for example in EXAMPLES)
    assert ran.lines[-1].startswith(f"{passed} passed"), ran.out
    assert passed == 6


def test_the_examples_can_fail(run_pytest: Pytest, tmp_path: Path) -> None:
    folder = night_shift(tmp_path)
    (folder / "test_it.py").write_text(EXAMPLES[0])
    said = (folder / "pack.yaml").read_text()
    said = said.replace("share: at the end", "share: yes").replace("- alone\n", "- aloft\n")
    (folder / "pack.yaml").write_text(said)
    assert run_pytest("-q", "test_it.py", cwd=folder).lines[-1].startswith("2 failed")


def test_the_failure_shown_is_a_real_one(run_pytest: Pytest, tmp_path: Path) -> None:
    folder = night_shift(tmp_path)
    story = folder / "stories" / "nights.yaml"
    story.write_text(story.read_text().replace("better off tonight", "better off today", 1))
    ran = run_pytest("-q", cwd=folder)
    assert FAILURE is not None and FAILURE[1].rstrip() in ran.out


@pytest.mark.slow
def test_every_command_shown_is_understood(run_pytest: Pytest, tmp_path: Path) -> None:
    place = tmp_path / "packs"
    place.mkdir()
    folder = night_shift(place)
    shown = [
        line.split("`")[1].split() for line in PAGE.splitlines() if line.startswith("| `pytest")
    ]
    assert len(shown) == 7
    for _, *arguments in shown:
        cwd = tmp_path if arguments and arguments[0].startswith("packs") else folder
        code = run_pytest.apart(*arguments, cwd=cwd).code
        assert code == (5 if "no:reflect" in arguments else 0), arguments


def test_every_part_of_a_conversation_is_shown() -> None:
    from reflect.testing import Conversation

    named = set(re.findall(r"`talk\.(\w+)", PAGE))
    assert named == {*Conversation.__struct_fields__, "bot"}
