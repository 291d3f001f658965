"""Drawings for the page: the way so far, promises, how a goal stands. Each is said in words beside it too.

They are laid out in per cent of the width, so that lines and dots keep their size on every screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from reflect.sharing.element import Markup, element, joined

PROMISES: Final = ("kept", "partly", "open", "dropped")
"""What may have become of a promise, in the order it is drawn."""
STATIONS: Final = ("draft", "proposed", "agreed", "reached")
"""The stations of a goal; one that was revised stands at "agreed"."""

_EDGE: Final = 3.0
_MOST_NUMBERED: Final = 9
_MOST_SQUARES: Final = 24
_TINTS: Final = 3


class Band(NamedTuple):
    """A stage from one day to another, both ISO dates."""

    first: str
    last: str


class Way(NamedTuple):
    """What is drawn on the line: stages, the days of the sessions, the day of the next meeting."""

    first: str
    last: str
    bands: tuple[Band, ...]
    days: tuple[str, ...]
    meeting: str | None


def timeline(way: Way, title: str, about: str) -> Markup:
    """The line from the first day to the last, which are not the same."""
    bands = (_band(number, band, way) for number, band in enumerate(way.bands))
    dots = (_dot(number, day, way) for number, day in enumerate(way.days, 1))
    meeting = (
        element("circle", class_="later", cx=_at(way.meeting, way), cy="22", r="7")
        if way.meeting
        else None
    )
    return _drawing("way", "44", title, about, (*bands, meeting, *dots))


def promises(counts: Mapping[str, int], title: str, about: str, number: int) -> Markup:
    """A square for each promise: full where it was kept, half in part, empty while open, crossed let go."""
    states = [state for state in PROMISES for _ in range(counts.get(state, 0))]
    squares = (_square(place, state) for place, state in enumerate(states[:_MOST_SQUARES]))
    wide = str(20 * min(len(states), _MOST_SQUARES))
    name = f"promises{number}"
    return _drawing(name, "20", title, about, squares, kind="squares", width=wide)


def goal(state: str, title: str, about: str, number: int) -> Markup:
    """The stations of a goal, those behind it filled."""
    return _drawing(f"goal{number}", "20", title, about, _stations(state), kind="path")


def pair() -> Markup:
    """Two people and what lies between them: only to be looked at."""
    return element(
        "svg",
        element("circle", class_="one", cx="14", cy="14", r="12"),
        element("circle", class_="two", cx="30", cy="14", r="12"),
        element("path", class_="between", d="M22 5a12 12 0 0 1 0 18a12 12 0 0 1 0-18z"),
        class_="pair",
        width="44",
        height="28",
        aria_hidden="true",
    )


def tint(number: int) -> str:
    """The class that colours the band `number`."""
    return f"band{number % _TINTS}"


def swatch(number: int) -> Markup:
    """The colour of a band, to stand beside its name."""
    return element(
        "svg",
        element("rect", class_=tint(number), y="2", width="100%", height="10", rx="3"),
        class_="swatch",
        aria_hidden="true",
    )


# --- the line ------------------------------------------------------------------------


def _band(number: int, band: Band, way: Way) -> Markup:
    begin, end = _place(band.first, way), _place(band.last, way)
    return element(
        "rect",
        class_=tint(number),
        x=_percent(begin),
        y="14",
        width=_percent(max(end - begin, 0.5)),
        height="16",
        rx="3",
    )


def _dot(number: int, day: str, way: Way) -> Markup:
    many = len(way.days) > _MOST_NUMBERED
    x = _at(day, way)
    circle = element("circle", class_="dot", cx=x, cy="22", r="4" if many else "10")
    if many:
        return circle
    return joined(circle, element("text", str(number), x=x, y="26", text_anchor="middle"))


def _at(day: str, way: Way) -> str:
    return _percent(_place(day, way))


def _place(day: str, way: Way) -> float:
    """Where `day` lies on the line, in per cent of the width."""
    whole = _ordinal(way.last) - _ordinal(way.first)
    share = (_ordinal(day) - _ordinal(way.first)) / whole
    return _EDGE + share * (100 - 2 * _EDGE)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _percent(number: float) -> str:
    return f"{number:.2f}%"


# --- squares and stations ------------------------------------------------------------


def _square(place: int, state: str) -> Markup:
    x = 1 + place * 20
    frame = element(
        "rect", class_=f"is-{state}", x=str(x), y="2", width="15", height="15", rx="3.5"
    )
    if state == "partly":
        half = f"M{x + 1} {16}h13v-13z"
        return joined(frame, element("path", class_="half", d=half))
    if state == "kept":
        return joined(frame, element("path", class_="tick", d=f"M{x + 4} 9.5l3 3 5-6"))
    if state == "dropped":
        return joined(frame, element("path", class_="cross", d=f"M{x + 4} 9.5h7"))
    return frame


def _stations(state: str) -> Iterator[Markup]:
    reached = _station(state)
    x = [_percent(3 + 94 * number / (len(STATIONS) - 1)) for number in range(len(STATIONS))]
    yield element("line", class_="rest", x1=x[0], x2=x[-1], y1="10", y2="10")
    if reached > 0:
        yield element("line", class_="done", x1=x[0], x2=x[reached], y1="10", y2="10")
    for number, place in enumerate(x):
        name = "done" if number <= reached else "rest"
        radius = "8" if number == reached else "5"
        yield element("circle", class_=name, cx=place, cy="10", r=radius)


def _station(state: str) -> int:
    state = "agreed" if state == "revised" else state
    return STATIONS.index(state) if state in STATIONS else -1


def _drawing(
    name: str,
    height: str,
    title: str,
    about: str,
    shapes: Iterable[Markup | None],
    kind: str = "",
    width: str | None = None,
) -> Markup:
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", about, id=f"{name}-about"),
        *shapes,
        class_=f"drawing {kind}".rstrip(),
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-about",
    )
