"""What an author sees in an editor: the schemas in the hands of the real yaml-language-server.

Slow, and left out of the ordinary run. It needs node and npm: the server is installed from
npm into a temporary folder, started over stdio, and killed at the end.

    python -m pytest -m slow tests/packs/test_editor.py

YAML_LANGUAGE_SERVER may name a `node_modules` folder in which it is installed already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from reflect.packs.json_schema import KINDS, Kind, modeline, schema_file, schema_text
from reflect.packs.schema import QUESTION
from reflect.packs.starting import Start, new_pack, stages_called
from tests.packs.helpers import FULL
from tests.packs.language_server import Server, running
from tests.packs.test_json_schema import FILES, SHIPPED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("npm"), reason="NOT TESTED: no npm"),
]

HEAD = "reflect: 1\npack: trial\nversion: 1.10\ntitle: A trial\nlanguage: en\n"
QUESTIONS = HEAD + "worked:\n  - id: a\n    ask: What?\n"


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    named = os.environ.get("YAML_LANGUAGE_SERVER")
    if named:
        return Path(named)
    folder = tmp_path_factory.mktemp("npm")
    install = ["npm", "install", "yaml-language-server", "--no-audit", "--no-fund"]
    done = subprocess.run(install, cwd=folder, capture_output=True, timeout=240, check=False)
    if done.returncode:
        pytest.skip("NOT TESTED: npm could not install yaml-language-server")
    return folder / "node_modules"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("packs")
    for kind in KINDS:
        file = root / schema_file(kind)
        file.parent.mkdir(exist_ok=True)
        file.write_text(schema_text(kind), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def server(modules: Path, root: Path) -> Iterator[Server]:
    with running(modules, root) as server:
        yield server


def opened(kind: Kind, text: str) -> str:
    return modeline(kind) + text


# --- underlined ------------------------------------------------------------------------


def test_a_good_pack_is_clean(server: Server, root: Path) -> None:
    assert server.underlined(root / "pack.yaml", opened("pack", FULL)) == []
    odd = QUESTIONS + "    example: 2024-01-01\n    options:\n      - yes\n      - no: 1.5\n"
    assert server.underlined(root / "pack.yaml", opened("pack", odd)) == []


@pytest.mark.parametrize(
    ("kind", "text", "line", "said"),
    [
        ("pack", QUESTIONS + "    keeps: win\n", 10, "keeps is not allowed"),
        ("pack", QUESTIONS + "    keep: wins\n", 10, '"win"'),
        ("pack", QUESTIONS + "    scale: 1-5\n", 10, "1 to 5"),
        ("pack", QUESTIONS + "    when: calm\n", 10, "answer is vague"),
        ("pack", QUESTIONS + "    how: '{mentor'\n", 10, "{name}"),
        ("pack", QUESTIONS + "    probe: What?\n", 10, "dash"),
        ("pack", QUESTIONS + "    skip: never\n", 10, '"yes", "no"'),
        ("pack", QUESTIONS + "  - id: b\n", 10, '"ask"'),
        ("pack", QUESTIONS + "    probe:\n      - ask: What?\n", 11, '"when"'),
        ("pack", QUESTIONS.replace("id: a", "id: Ä b"), 8, "a-z"),
        ("pack", QUESTIONS.replace("language: en", "language: English"), 6, "en, de"),
        ("pack", QUESTIONS.replace("reflect: 1", "reflect: 2"), 2, "1"),
        ("pack", QUESTIONS.replace("title: A trial\n", ""), 2, '"title"'),
        ("pack", QUESTIONS + "words:\n  busy:\n    - no*time\n", 12, "end of a word"),
        ("pack", HEAD + "next:\n  - id: g\n    repeat: 3\n    again: x\n", 9, "up to 3"),
        ("pack", HEAD + "stages:\n  - id: s\n    tilte: t\n", 9, "tilte is not allowed"),
        ("story", "story: a\nstage: b\ntalk:\n  - bog: x\n", 5, "bog is not allowed"),
        ("story", "story: a\nstage: b\ntalk:\n  - me: x\nlength: longer\n", 6, '"long"'),
        ("translation", "reflect: 1\npack: a\nversion: 2\n", 4, "version is not allowed"),
        ("lexicon", "language: de\nlists:\n  vague: so\n", 4, "array"),
    ],
)
def test_a_mistake_is_underlined(
    server: Server, root: Path, kind: Kind, text: str, line: int, said: str
) -> None:
    found = server.underlined(root / f"{kind}.yaml", opened(kind, text))
    assert any(at == line and said in message for at, message in found), found


@pytest.mark.parametrize(("kind", "pattern"), FILES)
def test_what_is_shipped_is_clean(server: Server, root: Path, kind: Kind, pattern: str) -> None:
    for file in sorted(SHIPPED.glob(pattern)):
        text = opened(kind, file.read_text("utf-8"))
        assert server.underlined(root / f"{kind}.yaml", text) == [], file


def test_a_new_pack_is_clean_where_it_is_and_where_it_is_moved_to(
    server: Server, root: Path
) -> None:
    made = Start("night", "Night", "./night", "es", "", stages_called(["One", "Two"]))
    for place in ("here", "there/deeper"):
        folder = root / place
        for name, text in new_pack(made).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for name in ("pack.yaml", "stories/first.yaml"):
            assert server.underlined(folder / name) == []
            broken = (folder / name).read_text("utf-8") + "moon: 1\n"
            assert "moon" in server.underlined(folder / name, broken)[0][1]


# --- completed and explained ---------------------------------------------------------------


def test_inside_a_question_its_keys_are_offered(server: Server, root: Path) -> None:
    for text in (
        HEAD + "worked:\n  - id: a\n    ‸\n",
        HEAD + "stages:\n  - id: s\n    title: t\n    worked:\n      - id: a\n        ‸\n",
        HEAD + "extends: base\nworked:\n  - id: a\n    ‸\n",
        HEAD + "worked:\n  - id: g\n    one of:\n      - id: a\n        ‸\n",
    ):
        offered = server.offered(root / "pack.yaml", opened("pack", text))
        assert set(QUESTION.names) - {"id"} <= set(offered), text


@pytest.mark.parametrize(
    ("kind", "text", "offers"),
    [
        ("pack", HEAD + "‸", {"worked", "stages", "extends"}),
        ("pack", HEAD + "worked:\n  ‸\n", {"a question", "a group: one of", "a group: repeat"}),
        ("pack", HEAD + "stages:\n  ‸\n", {"stage"}),
        ("pack", QUESTIONS + "    keep: ‸\n", {"win", "action"}),
        ("pack", QUESTIONS + "    when: ‸\n", {"calm is answered"}),
        ("pack", QUESTIONS + "    probe:\n      - ‸\n", {"when", "fires", "quiet"}),
        ("pack", HEAD + "stages:\n  - id: s\n    title: t\n    lifecycle: ‸\n", {"rapport"}),
        ("story", "story: a\nstage: b\n‸", {"talk", "given", "expect"}),
        ("story", "story: a\nstage: b\ngiven:\n  ‸\n", {"today", "last session", "wins"}),
        ("story", "story: a\nstage: b\nexpect:\n  c: ‸\n", {"declined", "not asked"}),
    ],
)
def test_what_can_follow_is_offered(
    server: Server, root: Path, kind: Kind, text: str, offers: set[str]
) -> None:
    found = server.offered(root / f"{kind}.yaml", opened(kind, text))
    assert offers <= set(found), found


def test_hovering_shows_the_help(server: Server, root: Path) -> None:
    text = QUESTIONS + "    ke‸ep: win\n"
    shown = server.explained(root / "pack.yaml", opened("pack", text))
    assert "What the answer becomes" in shown
    assert "something that went well" in shown
    text = QUESTIONS + "    wh‸en: a is answered\n"
    assert "X is at least N" in server.explained(root / "pack.yaml", opened("pack", text))
