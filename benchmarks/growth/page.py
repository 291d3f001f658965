"""The tables and plots of `docs/growth.md`: written between two marks, so that the rest of the page stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.growth.curve import Curve
from benchmarks.growth.plot import plot
from benchmarks.growth.work import Group

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
FOLDER = "growth"
"""The folder of the plots, beside the page."""

Measured = Mapping[Group, Sequence[Curve]]


def write(page: Path, head: str, measured: Measured) -> None:
    """Put `head`, a table and two plots for each group into `page`, and the plots beside it."""
    text = page.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    body = "\n".join((head, "", *(line for item in measured.items() for line in _section(*item))))
    page.write_text(f"{before}{BEGIN}\n{body}\n{END}{after}", "utf-8")
    folder = page.with_name(FOLDER)
    folder.mkdir(exist_ok=True)
    for name, drawing in plots(measured):
        (folder / name).write_text(drawing, "utf-8")


def plots(measured: Measured) -> Iterator[tuple[str, str]]:
    """The name and the SVG of each plot: time and memory of each group."""
    for group, curves in measured.items():
        times = {one.what: [(p.size, p.ms) for p in one.points] for one in curves}
        peaks = {one.what: [(p.size, p.mib) for p in one.points] for one in curves}
        across = group.counted
        yield f"{group.name}-time.svg", plot(f"Time over {across}", across, "ms", times)
        yield f"{group.name}-memory.svg", plot(f"Memory over {across}", across, "MiB", peaks)


def table(group: Group, curves: Iterable[Curve]) -> Iterator[str]:
    """A Markdown table: what each size costs, the two slopes and whether both are as they should be."""
    yield f"| {group.counted} | {' | '.join(f'{size:,}' for size in group.sizes)} | grows as | met |"
    yield f"|---|{'--:|' * len(group.sizes)}--:|---|"
    for one in curves:
        times = " | ".join(f"{_short(point.ms)} ms" for point in one.points)
        peaks = " | ".join(f"{point.mib:.0f} MiB" for point in one.points)
        time, memory = one.time <= one.time_goal, one.memory <= one.memory_goal
        yield f"| {one.what} | {times} | {_slope(one.time, one.time_goal)} | {_met(time)} |"
        yield f"| … memory | {peaks} | {_slope(one.memory, one.memory_goal)} | {_met(memory)} |"


def _section(group: Group, curves: Sequence[Curve]) -> Iterator[str]:
    yield f"### {group.counted[0].upper()}{group.counted[1:]}"
    yield ""
    yield from table(group, curves)
    yield ""
    for what in ("time", "memory"):
        yield f"![{what} over {group.counted}]({FOLDER}/{group.name}-{what}.svg)"
    yield ""


def _slope(found: float, goal: float) -> str:
    return f"n^{found:.2f} (≤ {goal:g})".replace("-0.00", "0.00")


def _met(met: bool) -> str:
    return "yes" if met else "NO"


def _short(value: float) -> str:
    """Two figures that mean something, or whole milliseconds."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
