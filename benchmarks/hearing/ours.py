"""reflect as a hearer."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks.hearing.items import TASKS, Guess, Item, language, said_on
from reflect.listening.account import Account, Listener, Wanted
from reflect.listening.cues import builtin_cues
from reflect.packs.cache import Cache
from reflect.packs.lexicon import read_lexicons
from reflect.plugins.shipped import shipped_lexicons

_MOODS = {"low": "negative", "glad": "positive", "neutral": "neutral"}
_WANTS: dict[str, Wanted] = {"actions": "action", "dates": "action", "goals": "goal"}


@cache
def listener(code: str) -> Listener:
    """reflect with the shipped word lists of one language and its own cues."""
    lexicons = read_lexicons(map(str, shipped_lexicons()), Cache(Path("/nonexistent")), code)
    return Listener(lexicons.language(code), builtin_cues())


class Ours:
    """What `reflect hear` says, in the words of the labels."""

    name = "reflect"
    tasks = TASKS

    def guess(self, task: str, item: Item) -> Guess:
        """The labels of `item`."""
        wants = _WANTS.get(task, "text")
        phase = item.get("question_kind", "")
        heard = listener(language(item)).account(
            item["text"], said_on(item), wants=wants, phase=phase
        )
        return _LABELS[task](heard)


_LABELS: dict[str, Callable[[Account], Guess]] = {
    "specificity": lambda heard: {"label": "vague" if heard.vague else "specific"},
    "actions": lambda heard: {
        "has_deadline": heard.due_kind != "none",
        "deadline_iso": heard.due,
        "owner": heard.owner,
    },
    "goals": lambda heard: {
        "specific": heard.specific,
        "measurable": heard.measurable,
        "time_bound": heard.time_bound,
    },
    "challenges": lambda heard: {"labels": heard.challenges},
    "mood": lambda heard: {"label": _MOODS[heard.mood]},
    "dates": lambda heard: {"date": heard.due},
}
