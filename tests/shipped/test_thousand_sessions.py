"""Sessions of many people in every pack, on the real record: each ends saved, and asks nothing senseless.

pytest -s tests/shipped/test_thousand_sessions.py              # a few of each, with the table
pytest -s -m slow tests/shipped/test_thousand_sessions.py      # a thousand
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

import jsonschema
import msgspec
import pytest

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.keys import PROMISE
from reflect.dialogue.turn import Turn
from reflect.mentorship.items import items
from reflect.packs.location import SHIPPED
from reflect.rehearsal.length import roles_of
from reflect.script import Length, Stage
from reflect.settings import NO_PLUGINS
from reflect.sharing.document import schema, transcript

FIRST = datetime.fromisoformat("2026-01-12T18:00:00+00:00")
IN_A_ROW: dict[Length, int] = {"short": 8, "long": 4}
THOUSAND = 1000
VALIDATOR = jsonschema.Draft202012Validator(schema())
MOST_TURNS = 40
"""Turns after which a session is taken never to end."""

EXAMPLE = "«example»"
"""Stands for the question's own example: what a willing mentee might say."""


class Persona(NamedTuple):
    """Somebody: what they say to most questions, what they say they will do, how they reply to a promise."""

    name: str
    talk: tuple[str, ...]
    deeds: tuple[str, ...]
    outcomes: tuple[str, ...] = ("kept", "partly", "not-yet", "dropped")


PERSONAS = (
    Persona("willing", (EXAMPLE,), (EXAMPLE, "Ask Ruth for the rota by Friday")),
    Persona(
        "terse",
        ("good", "time", "it was ok", "Mick", "the rota", "no", "dunno", "ask first"),
        ("ring Bob", "nothing, because the exam comes first", "finish portfolio", "read it"),
    ),
    Persona(
        "rambling",
        (
            "Well, it was one of those weeks, first the printer, then the two new ones came and nobody had"
            " told me, and in the middle of it Daniel rang and asked how the list was going, which was kind,"
            " and I said fine, and then I thought about it on the bus and it was not fine at all",
            "I started on the wiring plan, then the foreman wanted the other panel first, and I did both"
            " and stayed until eight, and on Thursday I drew it again from the beginning and it fitted",
        ),
        (
            "I will probably ring my old teacher and ask him whether he still has the drawings, by Monday",
        ),
    ),
    Persona(
        "sad",
        (
            "I cried in the car after the round",
            "I do not think I am any good at this",
            "My father died in March and since then nothing is easy",
            "I am tired all the time",
        ),
        (
            "Sleep",
            "Nothing this month, because I have no strength for it",
            "Tell Ruth that I am tired",
        ),
    ),
    Persona(
        "cross",
        (
            "He never listens and he always cancels",
            "What a stupid question",
            "She talks over me every single time",
            "You would have to ask my boss, it is all his fault",
        ),
        ("Tell him what I think of it on Thursday", "Not my job, since nobody asked me"),
    ),
    Persona("silent", ("", "", "", "no", "-"), ("", "nothing")),
    Persona(
        "adversarial",
        (
            "{mentor} {quote} {last.x|…} %s %(x)s ${HOME}",
            "\x1b[31mred\x07 \u202egnirts\u200b \u0000 end",
            '<script>alert(1)</script> =HYPERLINK("http://x")',
            "'; DROP TABLE events; --",
            "- a: [1, 2\n- *b\n? &c",
            "🙃" * 40,
            "word " * 3000,
            "https://example.org/a?b=c",
            "1",
            "yes no maybe 3 of 5",
            "a\u0301" * 200,
        ),
        ("rm -rf / by Friday", "by Friday", "31.02.2026 call \u202eRuth", "/done", "me: you: we"),
    ),
)


class Found(NamedTuple):
    """What came of one session; `told` counts answers in words that are no non-answers."""

    label: str
    ended: bool
    told: int
    reflection: bool
    step: bool
    senseless: tuple[str, ...]
    said: frozenset[str]


def stages(app: Application) -> Iterator[tuple[str, Stage, str]]:
    """Every stage of every pack, with the role it is asked of."""
    for entry in app.catalogue.entries():
        if entry.source == SHIPPED:
            script = app.script(entry.id)
            for stage in script.stages:
                yield from ((entry.id, stage, role) for role in roles_of(script))


class Life:
    """One persona in one stage of one pack, session after session."""

    def __init__(
        self, root: Path, pack: str, stage: Stage, role: str, persona: Persona, seed: int
    ) -> None:
        self._now = FIRST
        self._app = Application(
            {"REFLECT_HOME": str(root)}, clock=lambda: self._now, plugins=NO_PLUGINS
        )
        self._script = self._app.script(pack)
        self._stage, self._persona, self._random = stage, persona, Random(seed)
        self._relation = begin_mentorship(self._app, "A", "B", stage, role=role)  # type: ignore[arg-type]
        self._label = f"{pack}/{stage.id} {persona.name} {seed}"

    def run(self, sessions: int, length: Length) -> Iterator[Found]:
        """So many sessions of one length."""
        for _ in range(sessions):
            relation = self._app.relation()
            assert relation is not None
            session = begin_session(self._app, relation, self._script, self._stage, length)
            yield self._hold(session)
            self._now += timedelta(days=15)
        self._app.close()

    def _hold(self, session: Session) -> Found:
        senseless, said, keys = [], set(), Counter[str]()
        while (turn := session.turn) is not None and sum(keys.values()) < MOST_TURNS:
            keys[turn.key] += 1
            senseless += self._senseless(turn, keys)
            if turn.role in ("question", "probe"):
                said.add(turn.text)
            if session.say(self._answer(turn)) is not None and session.skip() is not None:
                session.say("3")
        ended = session.turn is None
        if ended:
            session.finish()
        return self._found(session, ended, senseless, said)

    def _senseless(self, turn: Turn, keys: Counter[str]) -> list[str]:
        """What must not stand on the screen: a gap, the same turn again, nothing."""
        wrong = []
        if not turn.text.strip() or "{last." in turn.text.replace("{last.x|…}", ""):
            wrong.append(f"{self._label}: a gap at {turn.key}")
        if keys[turn.key] > 3:
            wrong.append(f"{self._label}: {turn.key} again and again")
        return wrong

    def _answer(self, turn: Turn) -> str:
        persona, random = self._persona, self._random
        if turn.key.startswith(PROMISE) and turn.role == "promise":
            return random.choice(persona.outcomes)
        if turn.options:
            return random.choice(turn.options).id
        kind = turn.expectation.kind
        if kind in ("scale", "number"):
            return str(
                random.randint(
                    turn.expectation.low, max(turn.expectation.low, turn.expectation.high)
                )
            )
        if kind == "yesno":
            return random.choice(("yes", "no"))
        if kind in ("due", "date"):
            return random.choice(("next Friday", "1 July", ""))
        deed = turn.expectation.wants == "action" and turn.role == "question"
        said = random.choice(persona.deeds if deed else persona.talk)
        return turn.example or "I read it from a card" if said == EXAMPLE else said

    def _found(self, session: Session, ended: bool, senseless: list[str], said: set[str]) -> Found:
        dialogue = session.dialogue
        row = self._app.store.session(session.id)
        written = json.loads(msgspec.json.encode(transcript(dialogue, row)))
        VALIDATOR.validate(written)
        kept = {item.kind for item in items(dialogue, session.id)}
        replies = [dialogue.replies[slot.key].event for slot in dialogue.visible]
        answered = [event for event in replies if event.status == "answered"]
        told = [event for event in answered if event.text and event.parts.weight != "empty"]
        return Found(
            self._label,
            ended and row.state == "completed",
            len([event for event in told if event.value is None]),
            dialogue.script.is_reflection,
            "action" in kept or any(event.parts.weight == "none" for event in answered),
            tuple(senseless),
            frozenset(said),
        )


def lives(root: Path, seeds: range, every: int = 1) -> Iterator[tuple[Length, list[Found]]]:
    """Personas in each stage, or each so many, of every pack: eight short or four long sessions."""
    app = Application({"REFLECT_HOME": str(root / "none")}, plugins=NO_PLUGINS)
    for number, (pack, stage, role) in islice(enumerate(stages(app)), 0, None, every):
        for seed in seeds:
            persona = PERSONAS[(number + seed) % len(PERSONAS)]
            length: Length = "long" if (number + seed) % 3 == 2 else "short"
            home = root / f"{number}-{seed}"
            life = Life(home, pack, stage, role, persona, seed)
            yield length, list(life.run(IN_A_ROW[length], length))


def judge(every: list[tuple[Length, list[Found]]]) -> None:
    """Print the table, and hold it against what is promised."""
    sessions = [one for _, life in every for one in life]
    ended = [one for one in sessions if one.ended]
    talked = [one for one in ended if one.reflection and one.told]
    steps = [one for one in talked if one.step]
    twice = [life[0].label for _, life in every if _says_twice(life)]
    senseless = [wrong for one in sessions for wrong in one.senseless]
    print(
        f"\n{len(sessions)} sessions, {len(ended)} ended and valid, {len(senseless)} senseless turns; of"
        f" {len(talked)} reflections in which something was told {len(steps)} hold a next step or a reasoned none;"
        f" {len(twice)} said a sentence twice"
    )
    assert len(ended) >= 0.99 * len(sessions), [one.label for one in sessions if not one.ended]
    assert not senseless
    assert len(steps) >= 0.9 * len(talked), Counter(one.label for one in talked if not one.step)
    assert not twice


def _says_twice(life: list[Found]) -> bool:
    counts = Counter(text for one in life for text in one.said)
    return any(count > 1 for count in counts.values())


def test_some_sessions_of_everybody(tmp_path: Path) -> None:
    judge(list(lives(tmp_path, range(1), every=4)))


@pytest.mark.slow
def test_a_thousand_sessions(tmp_path: Path) -> None:
    every: list[tuple[Length, list[Found]]] = []
    for seed in range(50):
        every += lives(tmp_path / str(seed), range(seed, seed + 1))
        if sum(len(life) for _, life in every) >= THOUSAND:
            break
    judge(every)
