"""The page for authors is what the tables say, and every example on it works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reflect.listening.cues import builtin_cues
from reflect.packs.reference import COMMAND, page
from reflect.packs.schema import FORMAT_1
from reflect.packs.sentences import CONDITIONS, IN_PROBES, PLACEHOLDERS, Form
from reflect.packs.story_table import LEXICON_TABLE, STATES, STORY_TABLE
from reflect.rehearsal.story import read_stories
from reflect.script import Vocabulary
from tests.conftest import Run
from tests.packs.helpers import codes, compiled, pack

PAGE = Path(__file__).parents[2] / "docs" / "pack-language.md"
CUES = Vocabulary({cue.name: cue.definition for cue in builtin_cues()})
BLOCK = re.compile(r"## ([^\n]*)\n(?:(?!\n## ).)*?```yaml\n(.*?)```", re.DOTALL)

BEFORE = """\
words:
  busy:
    - no time
opening:
  - id: calm
    ask: Calm?
  - id: trust
    ask: Trust?
    scale: 1 to 5
  - id: hindrance
    ask: What?
    options:
      - time: Time
      - other: Something else
  - id: helpers
    ask: Who?
    options:
      - boss: My boss
      - peers: My peers
    choose: several
  - id: ready
    ask: Ready?
    answer: yesno
"""


def test_the_page_is_what_would_be_written() -> None:
    assert PAGE.read_text("utf-8") == page(CUES).rstrip("\n") + "\n", f"write it anew: {COMMAND}"


def test_the_command_at_its_head_writes_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    assert f" {COMMAND} " in PAGE.read_text("utf-8").splitlines()[0]
    assert run(*COMMAND.split()[1:]).code == 0
    assert (tmp_path / "docs" / PAGE.name).read_bytes() == PAGE.read_bytes()


def test_every_key_state_and_cue_is_on_it() -> None:
    text = PAGE.read_text("utf-8")
    for table in (FORMAT_1, STORY_TABLE, LEXICON_TABLE):
        for mapping in table.values():
            assert all(f"| `{name}`" in text for name in mapping.names)
    assert all(f"`{name}`" in text for name in (*STATES, *CUES.cues))


@pytest.mark.parametrize("form", CONDITIONS, ids=lambda form: form.form)
def test_every_condition_on_it_can_be_read(form: Form) -> None:
    body = f"  - id: last-one\n    ask: And?\n    when: {json.dumps(form.example)}\n"
    result = compiled(pack(BEFORE + body))
    assert codes(result) == []
    assert result.script is not None
    assert result.script.stages[0].questions()[-1].when is not None


@pytest.mark.parametrize("form", PLACEHOLDERS, ids=lambda form: form.form)
def test_every_placeholder_on_it_can_be_filled(form: Form) -> None:
    ask = json.dumps(form.example)
    if form.form in IN_PROBES:
        probe = f"    probe:\n      - when: answer is vague\n        ask: {ask}\n"
        body = "  - id: last-one\n    ask: And?\n" + probe
    else:
        body = f"  - id: last-one\n    ask: {ask}\n"
    assert codes(compiled(pack(BEFORE + body))) == []


def test_every_piece_of_a_pack_on_it_can_be_used() -> None:
    blocks = dict(BLOCK.findall(PAGE.read_text("utf-8")))
    whole = blocks["Pack"]
    assert codes(compiled(whole)) == []
    stage = "stages:\n" + _indented(blocks["Stage"], 2)
    assert codes(compiled(pack(stage))) == []
    for name in ("Question", "One of", "Repeat"):
        assert codes(compiled(pack("worked:\n" + _indented(blocks[name], 2)))) == []
    for name in ("Probe", "Must"):
        question = "worked:\n  - id: a\n    ask: What?\n"
        inside = f"    {name.lower()}:\n" + _indented(blocks[name], 6)
        assert codes(compiled(pack(question + inside))) == []
    assert (
        codes(compiled(pack(BEFORE + "core:\n  hello:\n" + _indented(blocks["Core text"], 4))))
        == []
    )
    given = "given:\n" + _indented(blocks["Given"], 2)
    stories, found = read_stories("x", (blocks["Story"] + given).encode())
    assert (len(stories), found) == (1, ())


def _indented(text: str, columns: int) -> str:
    return "".join(" " * columns + line + "\n" for line in text.splitlines())
