"""Curves as a plain SVG, logarithms on both sides, readable in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 74, 20, 40, 52
LINE = 18
"""Pixels from one line of the legend to the next."""
_STYLE = """\
svg { color-scheme: light dark; font: 13px system-ui, sans-serif }
.paper { fill: #ffffff } .ink { fill: #1f2328 } .grid { stroke: #d0d7de }
.s0 { stroke: #0969da; fill: #0969da } .s1 { stroke: #bc4c00; fill: #bc4c00 }
.s2 { stroke: #1a7f37; fill: #1a7f37 } .s3 { stroke: #8250df; fill: #8250df }
.s4 { stroke: #bf3989; fill: #bf3989 } .s5 { stroke: #57606a; fill: #57606a }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0d1117 } .ink { fill: #e6edf3 } .grid { stroke: #30363d }
  .s0 { stroke: #58a6ff; fill: #58a6ff } .s1 { stroke: #f0883e; fill: #f0883e }
  .s2 { stroke: #3fb950; fill: #3fb950 } .s3 { stroke: #bc8cff; fill: #bc8cff }
  .s4 { stroke: #ff7bbf; fill: #ff7bbf } .s5 { stroke: #8b949e; fill: #8b949e }
}
polyline { fill: none; stroke-width: 2 }
.s1 polyline { stroke-dasharray: 8 3 } .s2 polyline { stroke-dasharray: 3 3 }
.s3 polyline { stroke-dasharray: 10 3 2 3 } .s4 polyline { stroke-dasharray: 1 3 }
.s5 polyline { stroke-dasharray: 14 4 }
"""
COLOURS = 6

Pairs = Sequence[tuple[float, float]]


class Axis(NamedTuple):
    """Whole powers of ten from `low` to `high`, laid from the pixel `start` to the pixel `end`."""

    low: int
    high: int
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of `value`, which must be above 0."""
        share = (log10(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    @property
    def powers(self) -> range:
        """The exponents of the lines of the grid."""
        return range(self.low, self.high + 1)


def axis(values: Sequence[float], start: float, end: float) -> Axis:
    """An axis that holds all of `values`, over one power of ten at least."""
    low = floor(log10(min(values)))
    return Axis(low, max(low + 1, ceil(log10(max(values)))), start, end)


def plot(title: str, across: str, up: str, series: Mapping[str, Pairs]) -> str:
    """An SVG with one line for each of `series`, whose numbers are all above 0.

    `across` says what its sizes count, `up` the unit of what they cost.
    """
    pairs = [pair for points in series.values() for pair in points]
    foot = HEIGHT + LINE * len(series)
    x = axis([size for size, _ in pairs], LEFT, WIDTH - RIGHT)
    y = axis([cost for _, cost in pairs], HEIGHT - BOTTOM, TOP)
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {foot}" role="img"'
        f' aria-label="{escape(title, {chr(34): "&quot;"})}">',
        f"<style>\n{_STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{foot}"/>',
        _text(LEFT, 22, title, "start"),
        *_across(x, y),
        *_up(x, y, up),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across, "middle"),
        *(line for item in enumerate(series.items()) for line in _series(*item, x, y)),
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _across(x: Axis, y: Axis) -> Iterator[str]:
    for power in x.powers:
        at = x.at(10.0**power)
        yield f'<line class="grid" x1="{at}" y1="{y.start}" x2="{at}" y2="{y.end}"/>'
        yield _text(at, y.start + 20, _number(power), "middle")


def _up(x: Axis, y: Axis, unit: str) -> Iterator[str]:
    for power in y.powers:
        at = y.at(10.0**power)
        yield f'<line class="grid" x1="{x.start}" y1="{at}" x2="{x.end}" y2="{at}"/>'
        yield _text(x.start - 8, at + 4, f"{_number(power)} {unit}", "end")


def _series(number: int, item: tuple[str, Pairs], x: Axis, y: Axis) -> Iterator[str]:
    """One line with a dot for each point, and its entry in the legend below the plot."""
    name, points = item
    at = HEIGHT + LINE * number + 4
    places = [(x.at(size), y.at(cost)) for size, cost in points]
    yield f'<g class="s{number % COLOURS}">'
    yield f'<polyline points="{" ".join(f"{across},{up}" for across, up in places)}"/>'
    yield from (f'<circle cx="{across}" cy="{up}" r="3"/>' for across, up in places)
    yield f'<polyline points="{LEFT},{at} {LEFT + 44},{at}"/>'
    yield "</g>"
    yield _text(LEFT + 54, at + 4, name, "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="ink" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _number(power: int) -> str:
    """A power of ten as people write it."""
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:.{-power}f}"
