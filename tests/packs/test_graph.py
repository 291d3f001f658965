"""The picture of a pack: every question is in it, nothing foreign is obeyed."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reflect.packs.graph import graph
from reflect.packs.graph_mermaid import mermaid
from reflect.packs.graph_svg import svg
from tests.packs.helpers import FULL, pack, script_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = pack(
    """
    worked:
      - id: calm
        ask: Say "</text><script>alert(1)</script>" & ]] -->|x| `a`
        options:
          - a: '"]; click calm href'
          - b: <img src=x onerror=alert(1)>
    adjust:
      - id: snag
        ask: What?
        when: calm is a
    """
)


def test_every_question_and_who_reads_whom() -> None:
    (stage,) = graph(script_of(FULL))
    asks = {ask.id for node in stage.nodes for ask in node.asks}
    assert asks == {question.id for question in script_of(FULL).stages[0].questions()}
    reads = {(edge.source, edge.target) for edge in stage.reads}
    assert {("trust", "count"), ("hindrance", "steps"), ("calm", "anything")} <= reads
    heads = {node.id: node.head for node in stage.nodes}
    assert (heads["sides"], heads["steps"], heads["calm"]) == ("one of 2", "up to 3 times", "")


def test_the_svg_is_well_formed_and_holds_every_text() -> None:
    script = script_of(FULL)
    root = ElementTree.fromstring(svg(script.title, graph(script)))
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for word in (
        "calm",
        "helpers",
        "if answer is vague or",
        "only when",
        "sharing decided at",
        "private",
    ):
        assert word in words
    boxes = list(root.iter(f"{SVG}rect"))
    assert len(boxes) == len(graph(script)[0].nodes)
    tops = [(int(box.get("y", 0)), int(box.get("height", 0))) for box in boxes]
    assert all(y + height < below for (y, height), (below, _) in itertools.pairwise(tops))


def test_nothing_in_the_svg_can_act() -> None:
    script = script_of(HOSTILE)
    root = ElementTree.fromstring(svg('"><script>', graph(script)))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        *("svg", "title", "style", "defs", "marker", "path", "text", "rect")
    }
    assert not [name for one in root.iter() for name in one.attrib if name.startswith("on")]


def test_mermaid_has_a_node_for_each_block_and_its_conditions() -> None:
    script = script_of(FULL)
    text = mermaid(script.title, graph(script))
    assert text.startswith("flowchart TD\n")
    assert len(re.findall(r'^    s0_\w+\["', text, re.M)) == len(graph(script)[0].nodes)
    assert re.search(r"s0_helpers -->|s0_ready", text)
    assert '-->|"hindrance is one of time, other"| s0_steps' in text


def test_mermaid_labels_cannot_be_left() -> None:
    text = mermaid('x"]\nclick', graph(script_of(HOSTILE)))
    for line in text.splitlines()[2:]:
        assert line.count('"') in (0, 2)
        inside = line.partition('"')[2].rpartition('"')[0]
        assert not re.search(r"[\[\]`|{};<>]", re.sub(r"#\d+;|<br/>", "", inside))
    assert "\nclick" not in text


@pytest.mark.slow
def test_the_svg_opens_in_a_browser(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    assert browser, "no Chromium here: install it to try the picture for real"
    script = script_of(HOSTILE)
    (tmp_path / "pack.svg").write_text(svg(script.title, graph(script)))
    done = subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"),
            (tmp_path / "pack.svg").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "calm" in done.stdout and "<parsererror" not in done.stdout
    assert "<script" not in done.stdout
