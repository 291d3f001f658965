"""A conversation that took place, told as a story that can test its pack from now on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.slots import Slot
from reflect.events import Answered
from reflect.mentorship.items import items
from reflect.packs.quoting import scalar
from reflect.rehearsal.giving import given
from reflect.rehearsal.story import END


def as_story(dialogue: Dialogue, name: str, language: str = "") -> str:
    """The YAML of a story called `name`: what was asked and answered in `dialogue`, as it stands now.

    `language` is that of `dialogue` when it is not the pack's own.

    Changed answers are told as they are in the end.
    """
    lines = [f"story: {_text(name)}", f"stage: {dialogue.started.stage}"]
    if dialogue.started.length == "long":
        lines.append("length: long")
    if language:
        lines.append(f"language: {language}")
    before = [f"  {line}" for line in given(dialogue)]
    lines += ["given:", *before] if before else []
    lines.append("talk:")
    lines += [f"  - {line}" for line in _talk(dialogue)]
    expected = _expected(dialogue)
    if expected:
        lines.append("expect:")
        lines += [f"  {name}: {value}" for name, value in expected.items()]
    return "\n".join(lines) + "\n"


def _talk(dialogue: Dialogue) -> Iterator[str]:
    for slot in dialogue.visible:
        event = dialogue.replies[slot.key].event
        yield from _said(dialogue, slot, event)
    if dialogue.turn is not None:
        yield f"bot: {END[0]}"


def _said(dialogue: Dialogue, slot: Slot, event: Answered) -> Iterator[str]:
    """What was asked at `slot`, and what was typed there."""
    if not _is_worded_by_the_past(dialogue, slot):
        yield f"bot: {_text(dialogue.as_put(slot, event))}"
    if event.status == "answered":
        yield f"me: {_text(_typed(event))}"
    elif event.status == "skipped":
        yield "me: skip"
    else:
        yield 'me: ""'


def _is_worded_by_the_past(dialogue: Dialogue, slot: Slot) -> bool:
    """Whether core's words at `slot` hang on sessions before, so that the story may not tell them."""
    own = slot.role in ("question", "probe", "again")
    return not own and dialogue.started.wordings.get(text_id(slot.key), 0) > 0


def _typed(event: Answered) -> str:
    """What was typed; a slash at the beginning is doubled, as it was."""
    text = " ".join(event.text.split())
    return "/" + text if text.startswith("/") else text


def _expected(dialogue: Dialogue) -> dict[str, str]:
    """What the session came to: items by kind, and follow-ups that were turned down."""
    counts = Counter(item.kind for item in items(dialogue, "story"))
    declined = {
        slot.subject: "declined"
        for slot in dialogue.visible
        if slot.role == "probe" and dialogue.replies[slot.key].event.status == "declined"
    }
    return {**{kind: str(number) for kind, number in counts.items()}, **declined}


def _text(text: str) -> str:
    return scalar(" ".join(text.split()))
