"""A session that was begun on an older version of its pack, and what the newer one would make of it.

A session runs on the script it began with, whatever happens to the pack. Going on with the
newer one is the mentee's choice; the answers that are still asked for go along.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from reflect.application.begin import Renewal, begin_renewed, renewal
from reflect.application.session import Session
from reflect.dialogue.keys import question_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import entries
from reflect.errors import PackError
from reflect.script import Placeholder, Script

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.mentorship.relation import Relation


class Offer(NamedTuple):
    """The newer pack for one session: the questions whose answers stay, are new, or are set aside."""

    renewal: Renewal
    kept: tuple[str, ...]
    new: tuple[str, ...]
    aside: tuple[str, ...]


def newer(app: Application, relation: Relation, session: Session) -> Offer | None:
    """What the pack of `session` is now, None when it is the same, is gone, has errors or lost the stage."""
    dialogue = session.dialogue
    try:
        script = app.script(dialogue.script.pack, dialogue.script.language)
    except PackError:
        return None
    if script == dialogue.script:
        return None
    renewed = renewal(app, relation, dialogue, script)
    return _offer(renewed, dialogue, script) if renewed else None


def take(app: Application, session: Session, offer: Offer) -> Session:
    """Go on with the newer pack: a session of its own, and the old one is set aside.

    Cut off in between, both are open and the new one is gone on with.
    """
    begun = begin_renewed(app, offer.renewal)
    session.finish("abandoned")
    return begun


def _offer(renewed: Renewal, dialogue: Dialogue, script: Script) -> Offer:
    carried = renewed.carried
    asked = {entry.key: entry.question for entry in entries(dialogue)}
    wordings = _wordings(script)
    back = {new: old for old, new in script.renamed.items()}
    return Offer(
        renewed,
        kept=_named(carried.kept, wordings),
        new=_named(carried.new, wordings),
        aside=tuple(
            asked.get(key) or wordings.get(back.get(key, key), key) for key in carried.aside
        ),
    )


def _named(keys: Iterable[str], wordings: dict[str, str]) -> tuple[str, ...]:
    """The pack's questions among `keys`, each once, in words."""
    names = dict.fromkeys(question_id(key) for key in keys if "/" not in key)
    return tuple(wordings[name] for name in names if name in wordings)


def _wordings(script: Script) -> dict[str, str]:
    """The first wording of every question; what is filled in later reads as "…"."""
    return {
        question.id: "".join(
            "…" if isinstance(piece, Placeholder) else piece for piece in question.ask[0]
        )
        for stage in script.stages
        for question in stage.questions()
    }
