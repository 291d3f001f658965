"""The engine with the packs and the Ear that are shipped: the same again from the same events, and soon at an end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Event, Refused, Said, SessionEvent
from reflect.memory import Memory
from reflect.script import Script
from reflect.settings import NO_PLUGINS

from .device import START, Kit
from .profile import MANY, ordinarily
from .test_journeys import QUICK, SAID

PACKS = ("four-stages", "check-in", "network-map") + (
    ("woop", "gibbs", "several-sides", "expectations", "mentors-side", "star") if MANY else ()
)
MOST = {"short": 60, "long": 120}
"""Turns of a session, however little is skipped: a reflection has at most 9 questions, a list as many rounds as it says."""

acts = st.lists(
    st.tuples(
        st.sampled_from(
            ("say",) * 8 + ("skip", "back", "back", "again", "enter", "enter", "remove", "keep")
        ),
        st.integers(0, 60),
    ),
    max_size=14,
)


class Table:
    """What a session needs: scripts and an Ear."""

    def __init__(self, folder: Path) -> None:
        self.app = Kit(folder).base
        assert self.app.choice == NO_PLUGINS
        self.ear = self.app.ear("en")

    def begin(self, pack: str, stage: int, length: Any) -> Dialogue:
        script = self.app.script(pack, "en")
        place = script.stages[stage % len(script.stages)].id
        started = start(
            script, Memory(), START, mentorship="m", digest="d", stage=place, length=length,
            mentee="Amina", mentor="Daniel", role="mentee" if script.audience != "mentor" else "mentor",
        )  # fmt: skip
        return Dialogue(script, [started])

    def hears(self, dialogue: Dialogue, pick: int) -> Said:
        """What somebody says to this turn."""
        turn = dialogue.turn
        assert turn is not None
        quick = QUICK.get(turn.expectation.kind)
        text = (quick or SAID)[pick % len(quick or SAID)].format(word="Ruth")
        return self.ear.hear(text, turn.expectation, START)

    def happens(self, dialogue: Dialogue, act: str, pick: int) -> SessionEvent | Refused:
        keys = [slot.key for slot in dialogue.visible] or ["nothing"]
        key = keys[pick % len(keys)]
        if act == "again":
            return dialogue.reopen(key)
        if act == "keep":
            return dialogue.decide(key, "keep", START)
        if act == "remove":
            return dialogue.remove(START)
        if act == "back" or dialogue.turn is None:
            return dialogue.back()
        if act in ("skip", "enter"):
            return dialogue.skip(START) if act == "skip" else dialogue.hear(Said(), START)
        return dialogue.hear(self.hears(dialogue, pick), START)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Table:
    return Table(tmp_path_factory.mktemp("table"))


def seen(dialogue: Dialogue) -> tuple[object, ...]:
    """All that can be told of a dialogue."""
    return (
        msgspec.json.encode(dialogue.turn),
        msgspec.json.encode(dialogue.why()),
        [slot.key for slot in dialogue.visible],
        dialogue.farewell(),
    )


sittings = {
    "pack": st.sampled_from(PACKS),
    "stage": st.integers(0, 3),
    "length": st.sampled_from(("short", "long")),
    "done": acts,
}


@ordinarily(15, share=0.5)
@given(**sittings)
def test_the_same_events_lead_to_the_same_turn(
    table: Table, pack: str, stage: int, length: str, done: list[tuple[str, int]]
) -> None:
    """Live, replayed at any moment, and read from bytes: one dialogue."""
    dialogue = table.begin(pack, stage, length)
    for act, pick in done:
        event = table.happens(dialogue, act, pick)
        if not isinstance(event, Refused):
            dialogue.apply(event)
        assert seen(Dialogue(dialogue.script, dialogue.events)) == seen(dialogue)
    stored = msgspec.json.decode(msgspec.json.encode(dialogue.events), type=list[Event])
    script = msgspec.msgpack.decode(msgspec.msgpack.encode(dialogue.script), type=Script)
    assert seen(Dialogue(script, stored)) == seen(dialogue)  # type: ignore[arg-type]
    again = table.begin(pack, stage, length)
    for act, pick in done:
        event = table.happens(again, act, pick)
        if not isinstance(event, Refused):
            again.apply(event)
    assert again.events == dialogue.events


@ordinarily(15, share=0.5)
@given(**sittings, pick=st.integers(0, 60))
def test_every_session_ends_soon(
    table: Table, pack: str, stage: int, length: str, done: list[tuple[str, int]], pick: int
) -> None:
    """Whatever was said before: who answers what is asked comes to the summary, and is asked nothing twice."""
    dialogue = table.begin(pack, stage, length)
    for act, number in done:
        event = table.happens(dialogue, act, number)
        if not isinstance(event, Refused):
            dialogue.apply(event)
    settled: set[str] = set()
    for turn in range(MOST[length]):
        if dialogue.turn is None:
            break
        # Whoever wants another round gets no more than there are.
        more = dialogue.turn.role == "again"
        event = table.happens(dialogue, "say", 0 if more else pick + turn)
        if isinstance(event, Refused):
            event = dialogue.skip(START)
        if isinstance(event, Refused):
            event = dialogue.hear(table.hears(dialogue, 0), START)
        assert not isinstance(event, (Refused, type(None)))
        key = dialogue.turn.key
        assert key not in settled
        settled.add(key)
        dialogue.apply(event)
    assert dialogue.turn is None
    end = dialogue.finish(datetime.fromisoformat("2026-11-22T08:00:00+01:00"))
    dialogue.apply(end)
    assert dialogue.turn is None and isinstance(dialogue.back(), Refused)
