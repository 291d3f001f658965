"""Whether a session came to what its story expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.mentorship.items import checks, items, serves
from reflect.mentorship.stages import moved_to
from reflect.packs.story_table import STATES
from reflect.rehearsal.outcome import Failure, Transcript
from reflect.rehearsal.story import Expected, Story
from reflect.script import KEEPS
from reflect.text import nearest

PRIVATE = "private"
MOVES = "moves to"
NOWHERE = "nowhere"
SERVES = "serves"
NO_GOAL = "none"


def unmet(story: Story, dialogue: Dialogue, transcript: Transcript) -> Failure | None:
    """The first expectation of `story` that `dialogue`, played to its end, does not meet."""
    counts = _counts(dialogue)
    for expected in story.expect:
        came = _came(expected, dialogue, counts)
        if came is not None:
            wanted = f"{expected.name}: {expected.value}"
            return Failure(expected.place, wanted, (came,), transcript)
    return None


def _counts(dialogue: Dialogue) -> Counter[str]:
    """How many items of each kind, private answers, and promises by what became of them."""
    counts: Counter[str] = Counter(item.kind for item in items(dialogue, "story"))
    counts.update(check.outcome for check in checks(dialogue))
    counts[PRIVATE] = sum(
        entry.role == "question"
        and entry.status == "answered"
        and entry.share != "yes"
        and not entry.words
        for entry in entries(dialogue)
    )
    return counts


def _came(expected: Expected, dialogue: Dialogue, counts: Counter[str]) -> str | None:
    """What came instead of `expected`; None when it came so."""
    name, value = expected.name, expected.value
    if name == MOVES:
        return _unless(value, name, moved_to(dialogue) or NOWHERE)
    if name == SERVES:
        return _unserved(value, dialogue)
    if name in (PRIVATE, *KEEPS, *_outcomes(dialogue)):
        return _unless(value, name, str(counts[name]))
    if value not in STATES:
        return f"one of {', '.join(STATES)} can be expected of `{name}`"
    known = _known(dialogue)
    if name.partition("#")[0].partition("/")[0] not in known:
        near = nearest(name, known)
        return f"no question `{name}`" + (f"; did you mean `{near}`?" if near else "")
    states = tuple(_states(name, dialogue))
    return None if value in states else f"{name}: {states[0]}"


def _unless(value: str, name: str, came: str) -> str | None:
    return None if value == came else f"{name}: {came}"


def _unserved(value: str, dialogue: Dialogue) -> str | None:
    """What the items of the session serve, where it is not the goal that has `value` in its words."""
    goals = {goal.item: dialogue.words_at(goal.text) for goal in dialogue.started.goals}
    served = {item.goal for item in items(dialogue, "story")} - {""} or {serves(dialogue)} - {""}
    came = sorted(goals[one] for one in served) or [NO_GOAL]
    wanted = value.casefold()
    fits = wanted == NO_GOAL if not served else all(wanted in one.casefold() for one in came)
    return None if fits else f"{SERVES}: {', '.join(came)}"


def _outcomes(dialogue: Dialogue) -> tuple[str, ...]:
    return tuple(option.id for option in dialogue.script.core["promise"].options)


def _known(dialogue: Dialogue) -> frozenset[str]:
    stages = dialogue.script.stages
    return frozenset(question.id for stage in stages for question in stage.questions())


def _states(key: str, dialogue: Dialogue) -> Iterator[str]:
    """All that is true of the slot at `key` and of what followed up on it, the plainest first."""
    slots = [slot for slot in dialogue.visible if slot.key == key]
    if not slots and (dialogue.slot is None or dialogue.slot.key != key):
        yield "not asked"
        return
    yield from (dialogue.replies[slot.key].event.status for slot in slots)
    yield "asked"
    probes = [slot for slot in dialogue.visible if slot.subject == key and slot.role == "probe"]
    yield from (
        dialogue.replies[slot.key].event.status for slot in probes if _declined(slot.key, dialogue)
    )


def _declined(key: str, dialogue: Dialogue) -> bool:
    return dialogue.replies[key].event.status == "declined"
