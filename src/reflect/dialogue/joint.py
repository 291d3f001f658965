"""An answer and the reply to its probe, read as one text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reflect.dialogue.keys import base_key, is_probe
from reflect.events import Answered, Event


def joint(answer: str, reply: str) -> str:
    """An answer and the reply to its probe as one text: what spans of the reply count in."""
    return f"{answer}\n{reply}" if answer else reply


def joint_text(events: Mapping[int, Event] | Sequence[Event], seq: int) -> str:
    """The text that spans of event `seq` count in; empty when it, or its answer, is gone."""
    event = events[seq]
    if not isinstance(event, Answered) or not event.text:
        return ""
    if not is_probe(event.key):
        return event.text
    base = base_key(event.key)
    for before in range(seq - 1, -1, -1):
        earlier = events[before]
        if isinstance(earlier, Answered) and earlier.key == base:
            return joint(earlier.text, event.text) if earlier.text else ""
    return ""
