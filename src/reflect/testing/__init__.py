"""For authors: a pack played and checked from a test of their own.

`from reflect.testing import play, check` is all that a test of a pack needs. The fixtures and the
collection of stories come with `pytest_plugin`, which pytest finds by itself. What is imported from
here is loaded when it is first asked for, because every run of pytest imports this room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reflect.testing.bench import Clock, application
    from reflect.testing.checking import PackFailed, check
    from reflect.testing.conversation import Conversation, Line
    from reflect.testing.playing import play

__all__ = [
    "Clock",
    "Conversation",
    "Line",
    "PackFailed",
    "application",
    "check",
    "play",
]

_HOMES = {
    "Clock": "bench",
    "application": "bench",
    "PackFailed": "checking",
    "check": "checking",
    "Conversation": "conversation",
    "Line": "conversation",
    "play": "playing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
