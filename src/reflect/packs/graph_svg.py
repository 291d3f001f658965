"""The graph of a pack as one SVG that opens in a browser: a column for each stage, a box for each question.

It holds no script and loads nothing; every text is foreign and escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reflect.packs.graph import Node, StageGraph
from reflect.text import display_width, for_html, for_terminal

_BOX, _GAP, _MARGIN, _LANE = 380, 22, 40, 46
"""Pixels: a box's width, between boxes, around everything, beside the boxes for the arrows."""
_LINE, _PAD, _LETTER = 17, 10, 7.4
"""Pixels: a line's height, a box's padding, and about how wide a letter is."""
_STYLE = """
svg { background: #fbfaf7; font: 13px system-ui, sans-serif; }
text { fill: #23303b; } .id { font-weight: 600; fill: #2f5d50; } .stage { font-size: 18px; font-weight: 600; }
.phase, .when { font-style: italic; fill: #6b5b3e; } .fact { fill: #55636f; }
rect { fill: #ffffff; stroke: #9fb3a9; } .deeper { stroke-dasharray: 5 4; }
path { fill: none; stroke: #9fb3a9; stroke-width: 1.4; } .reads { stroke: #b08436; stroke-dasharray: 3 3; }
@media (prefers-color-scheme: dark) {
svg { background: #1b2126; } text { fill: #e6e3dc; } .id { fill: #9fd6c0; } .phase, .when { fill: #dcc48e; }
.fact { fill: #a9b6c0; } rect { fill: #242c33; stroke: #55705f; } path { stroke: #55705f; } .reads { stroke: #dcae5b; }
}
"""


class _Line(NamedTuple):
    text: str
    style: str
    indent: int


class _Box(NamedTuple):
    node: Node
    lines: tuple[_Line, ...]
    x: int
    y: int
    height: int


def svg(title: str, stages: tuple[StageGraph, ...]) -> str:
    """The whole picture."""
    columns = [_column(stage, number) for number, stage in enumerate(stages)]
    width = 2 * _MARGIN + len(stages) * (_BOX + _LANE)
    bottom = max((box.y + box.height for boxes in columns for box in boxes), default=0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{bottom + _MARGIN}"'
        f' viewBox="0 0 {width} {bottom + _MARGIN}" role="img" aria-labelledby="title">',
        f'<title id="title">{_escaped(title)}</title>',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        ' orient="auto-start-reverse"><path d="M0 0 L8 4 L0 8"/></marker></defs>',
    ]
    for stage, boxes in zip(stages, columns, strict=True):
        parts += _drawn(stage, boxes)
    return "\n".join([*parts, "</svg>", ""])


def _column(stage: StageGraph, number: int) -> tuple[_Box, ...]:
    """The boxes of one stage, one below the other."""
    x = _MARGIN + _LANE + number * (_BOX + _LANE)
    y = _MARGIN + 2 * _LINE
    boxes = []
    phase = ""
    for node in stage.nodes:
        if node.phase != phase:
            y += _LINE
            phase = node.phase
        lines = tuple(_lines(node))
        height = 2 * _PAD + len(lines) * _LINE - 4
        boxes.append(_Box(node, lines, x, y, height))
        y += height + _GAP
    return tuple(boxes)


def _lines(node: Node) -> Iterator[_Line]:
    head = f"{node.id} · {node.head}" if node.head else node.id
    yield from _folded(f"{head} · long session" if node.deeper else head, "id")
    if node.when:
        yield from _folded(f"only when {node.when}", "when")
    for ask in node.asks:
        yield from _folded(ask.text, "ask")
        for fact in ask.facts:
            yield from _folded(fact, "fact", indent=14)


def _folded(text: str, style: str, indent: int = 0) -> Iterator[_Line]:
    wide = int((_BOX - 2 * _PAD - indent) / _LETTER)
    line = ""
    for word in for_terminal(text).split():
        if line and display_width(line) + 1 + display_width(word) > wide:
            yield _Line(line, style, indent)
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield _Line(line, style, indent)


def _drawn(stage: StageGraph, boxes: tuple[_Box, ...]) -> Iterator[str]:
    if not boxes:
        return
    yield f'<text class="stage" x="{boxes[0].x}" y="{_MARGIN + 4}">{_escaped(stage.title)}</text>'
    phase = ""
    for number, box in enumerate(boxes):
        if box.node.phase != phase:
            phase = box.node.phase
            yield f'<text class="phase" x="{box.x}" y="{box.y - 6}">{phase}</text>'
        yield from _box(box)
        if number + 1 < len(boxes):
            x, y = box.x + _BOX // 2, box.y + box.height
            yield f'<path d="M{x} {y} V{boxes[number + 1].y}" marker-end="url(#tip)"/>'
    places = {box.node.id: box for box in boxes}
    for lane, edge in enumerate(stage.reads):
        yield _read(places[edge.source], places[edge.target], lane)


def _box(box: _Box) -> Iterator[str]:
    style = ' class="deeper"' if box.node.deeper else ""
    yield f'<rect{style} x="{box.x}" y="{box.y}" width="{_BOX}" height="{box.height}" rx="8"/>'
    for number, line in enumerate(box.lines):
        y = box.y + _PAD + 10 + number * _LINE
        x = box.x + _PAD + line.indent
        yield f'<text class="{line.style}" x="{x}" y="{y}">{_escaped(line.text)}</text>'


def _read(source: _Box, target: _Box, lane: int) -> str:
    """The arrow from an answer to what it decides about, left of the boxes."""
    x = source.x - 10 - (lane % 5) * 7
    start, end = source.y + source.height // 2, target.y + target.height // 2
    path = f"M{source.x} {start} C{x} {start} {x} {start} {x} {start + 12} V{end - 12}"
    bend = f"C{x} {end} {x} {end} {target.x} {end}"
    return f'<path class="reads" d="{path} {bend}" marker-end="url(#tip)"/>'


def _escaped(text: str) -> str:
    return for_html(for_terminal(text))
