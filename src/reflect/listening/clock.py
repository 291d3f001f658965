"""A time of day in words: "3pm", "15:00", "15 Uhr", "a las 3 de la tarde"."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

from reflect.events import Span

_LATE = (
    r"p\.?\s?m\b\.?|(?:de|por) la (?:tarde|noche)\b|(?:abends|nachmittags)\b"
    r"|in the (?:afternoon|evening)\b"
)
_EARLY = r"a\.?\s?m\b\.?|de la mañana\b|(?:morgens|vormittags)\b|in the morning\b"
_TIME = re.compile(
    r"(?:\b(?P<lead>at|um|gegen|a las?)\s+)?"
    r"(?<![\w:./-])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?(?P<joined>[:h.])\s?(?P<minute>[0-5]\d)(?![\d:]|\.\d)|(?P<h>h\b)|(?![\d:.h/-]|\s?[./]\s?\d))"
    r"(?P<mark>\s*(?:uhr|o'clock|hrs|horas?)\b)?"
    rf"(?:\s*(?:(?P<late>{_LATE})|(?P<early>{_EARLY})))?",
    re.IGNORECASE,
)
_NOON = re.compile(r"\b(?:at )?(?:noon|midday)\b|\bmittags\b|\b(?:al )?mediodía\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d")
_FIRST_HOUR = 8
"""A bare hour before it is one of the afternoon: nobody meets a mentor at three in the morning."""


class Clock(NamedTuple):
    """A time of day and the words that name it."""

    time: time
    span: Span


def clock(text: str) -> Clock | None:
    """The time of day that `text` names; None when it names none, or one that is not on the clock.

    A number counts only with something that makes it a time: minutes, "pm", "Uhr", or "at" before it.
    """
    for found in _TIME.finditer(text) if _FIGURE.search(text) else ():
        if _is_time(found):
            named = _time(found)
            return Clock(named, Span(*found.span())) if named else None
    noon = _NOON.search(text)
    return Clock(time(12), Span(*noon.span())) if noon else None


def _is_time(found: re.Match[str]) -> bool:
    tail = found["mark"] or found["late"] or found["early"]
    if found["minute"]:
        return bool(tail or found["lead"]) or found["joined"] != "."
    return bool(tail or found["h"] or found["lead"])


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["late"] or found["early"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["late"] else 0)
    elif not (found["minute"] or found["mark"] or found["h"]) and 1 <= hour < _FIRST_HOUR:
        hour += 12
    return time(hour, minute) if hour < 24 else None
