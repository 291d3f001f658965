"""The graph of a pack as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reflect.packs.graph import Node, StageGraph
from reflect.text import for_terminal, shorten

_LONGEST = 90


def mermaid(title: str, stages: tuple[StageGraph, ...]) -> str:
    """One flowchart with a subgraph for each stage."""
    lines = ["flowchart TD", f"  %% {_comment(title)}"]
    for number, stage in enumerate(stages):
        lines += _stage(stage, f"s{number}")
    lines.append("  classDef deeper stroke-dasharray: 4 3")
    return "\n".join(lines) + "\n"


def _stage(stage: StageGraph, prefix: str) -> Iterator[str]:
    yield f'  subgraph {prefix}["{_label(stage.title)}"]'
    names = {node.id: f"{prefix}_{_name(node.id)}" for node in stage.nodes}
    for node in stage.nodes:
        style = ":::deeper" if node.deeper else ""
        yield f'    {names[node.id]}["{_text(node)}"]{style}'
    for before, after in pairwise(stage.nodes):
        arrow = f'-->|"{_label(after.when)}"|' if after.when else "-->"
        yield f"    {names[before.id]} {arrow} {names[after.id]}"
    for edge in stage.reads:
        yield f"    {names[edge.source]} -.-> {names[edge.target]}"
    yield "  end"


def _text(node: Node) -> str:
    first = f"{node.id} ({node.head})" if node.head else node.id
    asked = [line for ask in node.asks for line in (ask.text, *ask.facts)]
    parts = (f"{node.phase}: {first}", *asked)
    return "<br/>".join(_label(part) for part in parts)


def _name(identifier: str) -> str:
    """An id as Mermaid takes it: a hyphen could be read as part of an arrow."""
    return re.sub(r"[^a-z0-9]", "_", identifier)


def _label(text: str) -> str:
    """`text` as it may stand in a quoted label: everything that means something as an entity."""
    clean = shorten(" ".join(for_terminal(text).split()), _LONGEST)
    return re.sub(r"[^\w .,?!'’…():/äöüß-]", lambda found: f"#{ord(found[0])};", clean)


def _comment(text: str) -> str:
    return re.sub(r"[{}%]", " ", " ".join(for_terminal(text).split()))
