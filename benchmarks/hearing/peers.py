"""The libraries people would pick. None is a dependency: what is not installed is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from importlib import import_module
from typing import Any

from benchmarks.hearing.items import Guess, Hearer, Item, language, said_on

_SEEDS = {
    "time": ("no time", "too busy", "we never find time to meet"),
    "expectations": ("not sure what is expected of me", "we expect different things"),
    "power": ("he is my boss", "afraid it affects my appraisal"),
    "distance": ("we have never met in person", "different time zones", "we only meet online"),
    "conflict": ("we had an argument", "tension between us"),
    "no_progress": ("I am stuck", "no progress", "we keep going round in circles"),
    "confidence": ("not good enough", "impostor syndrome", "I doubt myself"),
}
_OWNERS = (
    ("me", re.compile(r"\b(i|i'll|i'm|we|me)\b", re.IGNORECASE)),
    ("mentor", re.compile(r"\b(my )?mentor\b.{0,12}\b(will|to|should|is)\b", re.IGNORECASE)),
    ("other", re.compile(r"^(@?\w+ ){1,3}(will|to|should|is)\b")),
)


class DatePeer:
    """A library that finds dates, for deadlines, time-bound goals and date phrases."""

    tasks = ("actions", "goals", "dates")

    def __init__(self, name: str, find: Callable[[str, date, str], date | None]) -> None:
        self.name = name
        self._find = find

    def guess(self, task: str, item: Item) -> Guess:
        """The labels of `item` that have to do with a date."""
        found = self._find(item["text"], said_on(item), language(item))
        named = found.isoformat() if found else None
        if task == "dates":
            return {"date": named}
        if task == "goals":
            return {"time_bound": named is not None}
        return {"has_deadline": named is not None, "deadline_iso": named}


def _dateparser(text: str, today: date, code: str) -> date | None:
    search = import_module("dateparser.search").search_dates
    settings = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": datetime.combine(today, time())}
    found = search(text, languages=[code], settings=settings)
    return found[0][1].date() if found else None


def _parsedatetime(text: str, today: date, code: str) -> date | None:
    calendar = import_module("parsedatetime").Calendar()
    found = calendar.nlp(text, datetime.combine(today, time()))
    return found[0][0].date() if found else None


_CULTURES = {"en": "en-us", "es": "es-es", "de": "de-de"}


def _recognizers(text: str, today: date, code: str) -> date | None:
    library = import_module("recognizers_date_time")
    found = library.recognize_datetime(
        text, _CULTURES[code], reference=datetime.combine(today, time())
    )
    days = [day for one in found for day in _resolved(one) if day >= today]
    return min(days, default=None)


def _resolved(found: Any) -> Iterator[date]:
    for value in (found.resolution or {}).get("values", ()):
        text = value.get("end") or value.get("value") or ""
        if re.match(r"\d{4}-\d\d-\d\d", text):
            yield date.fromisoformat(text[:10])


class Vader:
    """VADER's compound score, at its own thresholds."""

    name, tasks = "VADER", ("mood",)

    def __init__(self) -> None:
        self._analyser = import_module("vaderSentiment.vaderSentiment").SentimentIntensityAnalyzer()

    def guess(self, task: str, item: Item) -> Guess:
        """The mood of `item`."""
        score = self._analyser.polarity_scores(item["text"])["compound"]
        return {
            "label": "positive" if score >= 0.05 else "negative" if score <= -0.05 else "neutral"
        }


class Rapidfuzz:
    """The partial ratio to a few typical sentences of each kind."""

    name, tasks = "rapidfuzz partial ratio", ("challenges",)

    def __init__(self) -> None:
        self._ratio = import_module("rapidfuzz.fuzz").partial_ratio

    def guess(self, task: str, item: Item) -> Guess:
        """The kinds of challenge in `item`."""
        text = item["text"].lower()
        near = [
            kind for kind, seeds in _SEEDS.items() if any(self._ratio(text, s) >= 65 for s in seeds)
        ]
        return {"labels": near or ["none"]}


class Patterns:
    """Three regular expressions for the owner."""

    name, tasks = "three patterns", ("actions",)

    def guess(self, task: str, item: Item) -> Guess:
        """The owner of `item`."""
        named = (who for who, pattern in _OWNERS if pattern.search(item["text"]))
        return {"owner": next(named, "none")}


_MAKERS: tuple[tuple[str, Callable[[], Hearer]], ...] = (
    ("dateparser", lambda: DatePeer("dateparser", _dateparser)),
    ("parsedatetime", lambda: DatePeer("parsedatetime", _parsedatetime)),
    ("recognizers_date_time", lambda: DatePeer("Recognizers-Text", _recognizers)),
    ("vaderSentiment", Vader),
    ("rapidfuzz", Rapidfuzz),
    ("re", Patterns),
)


def installed() -> list[Hearer]:
    """The peers that can be imported here."""
    found: list[Hearer] = []
    for module, make in _MAKERS:
        try:
            import_module(module)
        except ImportError:
            continue
        found.append(make())
    return found
