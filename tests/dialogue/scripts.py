"""Scripts and sayings for the engine's tests, made without YAML and without an Ear."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.events import Answer, Answered, Parts, Refused, Said, SessionEvent, Span
from reflect.memory import EMPTY, Memory
from reflect.script import CoreText, Length, Option, Placeholder, Question, Script, Single, Stage

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)

SENTENCES = [
    "ack-danger",
    "must-answer",
    "not-a-number",
    "not-an-option",
    "not-yes-or-no",
    "nothing-before",
    "no-such-answer",
    "no-round",
    "ack-skipped",
    "ack-no-step",
    "ack-low",
    "ack-kept",
    "ack-partly",
    "ack-not-yet",
    "ack-dropped",
    "kept-action",
    "kept-goal",
    "kept-feedback",
    "kept-question",
    "kept-contact",
    "kept-agreement",
    "ack-note",
    "ack-win",
    "ack-taught",
    "ack-what",
    "ack-bring-it",
    "ack-leave",
    "move-at-ease",
    "move-agreed",
    "move-reached",
    "move-new-goal",
]

NEW_IN_CORE = (
    "note",
    "note-whole",
    "note-gone",
    "note-proposes",
    "ack-note",
    "promise-due",
    "promise-keeps",
    "promise-smaller",
    "promise-what",
    "promise-win",
    "promise-taught",
    "serves",
    "move",
    "move-at-ease",
    "move-agreed",
    "move-reached",
    "move-new-goal",
    "anew",
    "kind-of",
    "ack-win",
    "ack-taught",
    "ack-what",
    "ack-bring-it",
    "ack-leave",
)
"""Texts that a script which was stored earlier does not have."""


def text(words: str) -> tuple[str, ...]:
    return (words,)


def core() -> dict[str, CoreText]:
    """Just enough of core for the engine to speak."""
    said = {name: CoreText(ask=(text(f"<{name}>"),)) for name in SENTENCES}
    quoted = (('"', Placeholder("quote"), '" noted'),)
    said["ack"] = said["kept-win"] = said["kept-lesson"] = CoreText(ask=quoted)
    said["ack-due"] = CoreText(ask=((Placeholder("engine", "due"), ", then."),))
    for part in [
        "due",
        "owner",
        "if-then",
        "specific",
        "measurable",
        "time-bound",
        "achievable",
        "relevant",
        "again",
    ]:
        said[part] = CoreText(ask=(text(f"{part}?"), text(f"{part} again?")))
    promised = (Placeholder("engine", "promise"), "?")
    options = tuple(Option(name, name) for name in ("kept", "partly", "not-yet", "dropped"))
    said["promise"] = said["promise-undated"] = CoreText(ask=(promised,), options=options)
    for part in ["due", "keeps", "smaller", "what", "win", "taught"]:
        wordings = ((f"{part} of ", *promised), text(f"{part} of it?"))
        said[f"promise-{part}"] = CoreText(ask=wordings, how=text("a word"))
    said["promise-smaller"] = msgspec.structs.replace(
        said["promise-smaller"],
        options=tuple(Option(name, name) for name in ("smaller", "bring-it", "leave")),
    )
    note, beside = Placeholder("engine", "note"), Placeholder("engine", "beside")
    said["note"] = CoreText(
        ask=((beside, ": ", note), ("on ", beside, ": ", note)), how=text("say something back")
    )
    for name in ("whole", "gone", "proposes"):
        said[f"note-{name}"] = CoreText(ask=((f"{name}: ", note), (f"again {name}: ", note)))
    said["serves"] = CoreText(ask=(text("which goal?"),), options=(Option("none", "none"),))
    said["anew"] = CoreText(ask=(text("anew?"),))
    said["kind-of"] = CoreText(
        ask=(text("work?"),),
        options=(Option("professional", "work"), Option("personal", "myself")),
    )
    offered = (Placeholder("engine", "reason"), " on to ", Placeholder("engine", "next"), "?")
    said["move"] = CoreText(ask=(offered,))
    said["share"] = CoreText(
        ask=((Placeholder("engine", "answer"), " shared?"),),
        options=tuple(Option(name, name) for name in ("share", "keep", "words")),
    )
    said["share-words"] = CoreText(ask=(text("how then?"),))
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    said["weekdays"] = CoreText(ask=tuple(text(name) for name in names))
    said["months"] = CoreText(ask=tuple(text(str(month)) for month in range(1, 13)))
    date = tuple(Placeholder("engine", name) for name in ("weekday", "day", "month"))
    said["date"] = CoreText(ask=((date[0], " ", date[1], " ", date[2]),))
    return said


def question(identifier: str, **keys: object) -> Question:
    wordings = (text(f"{identifier}?"), text(f"{identifier} again?"))
    return Question(**{"id": identifier, "ask": wordings, **keys})  # type: ignore[arg-type]


def script(signals: tuple = (), **phases: tuple) -> Script:
    blocks = {
        phase: tuple(Single(one) if isinstance(one, Question) else one for one in asked)
        for phase, asked in phases.items()
    }
    stage = Stage(id="s", title="Stage", **blocks)
    return Script("p", "1", "P", "en", (stage,), core(), signals=signals)


def begun(
    asked: Script, memory: Memory = EMPTY, length: Length = "short", past: dict | None = None
) -> Dialogue:
    started = start(
        asked,
        memory,
        NOW,
        mentorship="m",
        digest="d",
        stage="s",
        length=length,
        mentee="Ada",
        mentor="Grace",
    )
    return Dialogue(asked, [started], past)


def saying(words: str, value: Answer = None, parts: Parts | None = None, **heard: object) -> Said:
    """What an Ear might have heard: `h3=True` is signal 3 heard, `h3=False` listened for in vain."""
    signals = {int(name[1:]): ((Span(0, 1),) if hit else None) for name, hit in heard.items()}
    return Said(words, value, signals, parts or Parts())


def say(
    dialogue: Dialogue, words: str, value: Answer = None, **more: object
) -> SessionEvent | Refused:
    event = dialogue.hear(saying(words, value, **more), NOW)  # type: ignore[arg-type]
    if not isinstance(event, Refused):
        dialogue.apply(event)
    return event


def back(dialogue: Dialogue) -> None:
    event = dialogue.back()
    assert not isinstance(event, Refused)
    dialogue.apply(event)


def key(dialogue: Dialogue) -> str | None:
    return dialogue.turn.key if dialogue.turn else None


def all_keys(dialogue: Dialogue) -> list[str]:
    return [slot.key for slot in dialogue.visible]


__all__ = [
    "NOW",
    "Answered",
    "all_keys",
    "back",
    "begun",
    "key",
    "question",
    "say",
    "saying",
    "script",
    "text",
]
