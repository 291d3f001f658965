"""What sessions of random scripts say, turn by turn, as digests that are kept in `written.txt`.

`python -m tests.dialogue.written` keeps what is meant to have changed; with a number, it prints that
session, so that what it says before and after a change can be laid side by side.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import msgspec

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.dialogue.shares import shares
from reflect.events import Answered, Refused, Said

from .generated import NOW, begin, command, said

KEPT = Path(__file__).with_name("written.txt")
SESSIONS, MOVES = 48, 24
TEXTS = (
    "fine, as ever. Then the rota was late, and nobody had told us",
    "a card with three names",
    "{mentor} and {{braces}}",
    "two lines\nof it",
    "a long one: " + "and so on and so on " * 12,
)


def told(seed: int) -> Iterator[str]:
    """Everything that can be seen of one session, after each of its moves."""
    dialogue = begin(seed, 2 + seed % 9, 0)
    yield _json(dialogue.started)
    yield from _seen(dialogue)
    for number in range(MOVES):
        rng = Random(seed * 1000 + number)
        if dialogue.turn is None or rng.random() < 0.25:
            event = command(dialogue, rng)
        else:
            event = dialogue.hear(_weighed(said(rng, dialogue.turn, TEXTS), rng), NOW)
        yield _json(event)
        if not isinstance(event, Refused):
            dialogue.apply(event)
            yield from _seen(dialogue)
    how = "completed" if dialogue.turn is None else "abandoned"
    dialogue.apply(dialogue.finish(NOW, how))
    yield from _seen(dialogue)


def _weighed(one: Said, rng: Random) -> Said:
    """What was said, at times with what an ear hears in few sentences."""
    parts = msgspec.structs.replace(
        one.parts,
        kind_of=rng.choice(("", "", "professional", "personal")),
        cut=rng.random() < 0.3,
        weight=rng.choice((one.parts.weight, one.parts.weight, "empty", "none", "thin", "danger")),
    )
    return msgspec.structs.replace(one, parts=parts)


def _seen(dialogue: Dialogue) -> Iterator[str]:
    yield _json(dialogue.turn)
    yield _json(dialogue.why())
    yield _json(dialogue.farewell())
    yield _json(entries(dialogue))
    yield _json(dialogue.finished)
    yield repr(shares(dialogue))
    for slot in dialogue.visible:
        event = dialogue.replies[slot.key].event
        first = event if event.wording == 0 else msgspec.structs.replace(event, wording=0)
        yield f"{slot.key} {text_id(slot.key)} {slot.step}/{slot.steps} {slot.may_be_declined}"
        yield _json(dialogue.fills(slot, 0))
        yield dialogue.as_put(slot, first)
        yield dialogue.reason(slot.key)
        assert isinstance(event, Answered)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def digests() -> str:
    """A line for each session: its number, and the digest of what it says."""
    return "".join(f"{seed} {_digest(seed)}\n" for seed in range(SESSIONS))


def _digest(seed: int) -> str:
    return sha256("\n".join(told(seed)).encode()).hexdigest()[:16]


if __name__ == "__main__":
    if sys.argv[1:]:
        print("\n".join(told(int(sys.argv[1]))))
    else:
        KEPT.write_text(digests(), "utf-8")
