"""Asking, one by one, about what a mentor proposes: yes, not now, or no."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reflect.application.notes import Shown
    from reflect.application.wiring import Application
    from reflect.cli.desk import Desk
    from reflect.mentorship.relation import Relation
    from reflect.packs.phrases import Phrases

Word = Literal["yes", "no", "later"]
_WORDS = 110
"""Cells of a proposal in a question."""


def settle_each(
    desk: Desk,
    relation: Relation,
    notes: Sequence[Shown],
    says: Phrases,
    *,
    yes: bool = False,
    ask: bool = True,
) -> None:
    """Ask about each of `notes` that waits and can be taken; with `yes` the answer is known, without `ask` it is "not now".

    Each answer is kept before the next question.
    """
    from reflect.application.taking import accept, decline

    took = False
    for one in notes:
        if not one.takeable:
            continue
        word: Word = "yes" if yes else _asked(desk, one, says) if ask else "later"
        if word == "later":
            continue
        take = accept if word == "yes" else decline
        take(desk.app, relation, one.known.number)
        took = took or word == "yes"
        tell_settled(desk, one, says, word)
    if took:
        desk.talk(says.say("taken-back-how"))


def settle(
    desk: Desk, number: int, settling: Callable[[Application, Relation, int], object], word: Word
) -> None:
    """Say `word` to note `number` by `settling`, and say so."""
    from reflect.application.notes import shown
    from reflect.application.phrasing import phrases
    from reflect.application.taking import numbered
    from reflect.cli.carrying_on import relation

    found = relation(desk)
    (one,) = shown(desk.app, found, [numbered(desk.app.store, found, number)])
    settling(desk.app, found, number)
    says = phrases(desk.app, found.language)
    tell_settled(desk, one, says, word)
    if word == "yes":
        desk.talk(says.say("taken-back-how"))


def tell_settled(desk: Desk, one: Shown, says: Phrases, word: Word) -> None:
    """Say what was said yes or no to."""
    desk.show(says.say("taken" if word == "yes" else "taken-not", text=_text(one)))


def tell_waiting(desk: Desk, relation: Relation, says: Phrases) -> None:
    """Say how many proposals wait, if any do."""
    from reflect.application.taking import waiting

    number = len(waiting(desk.app, relation))
    if number:
        desk.talk(says.counted("wait", number))


def _asked(desk: Desk, one: Shown, says: Phrases) -> Word:
    """The next line of input; where somebody types, one that says neither is asked for again."""
    from reflect.text import for_terminal

    # It holds words of both, so it goes where words are shown.
    desk.show(_question(one, says))
    sys.stdout.flush()
    while True:
        sys.stderr.write(f"{for_terminal(says.say('ask-how'))} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line.endswith("\n"):
            sys.stderr.write("\n")
        word = _word(line, says)
        if word is not None:
            return word
        if not sys.stdin.isatty():
            return "later"
        desk.talk(says.say("ask-again"))


def _word(line: str, says: Phrases) -> Word | None:
    """What a line means; None when that is not clear."""
    typed = line.strip().casefold()
    if not typed:
        return "later"
    if typed in says.say("said-yes").split(", "):
        return "yes"
    return "no" if typed in says.say("said-no").split(", ") else None


def _question(one: Shown, says: Phrases) -> str:
    """What is asked about a proposal, in a sentence."""
    note, text = one.known.note, _text(one)
    name = f"ask-{note.kind.replace(' ', '-')}"
    if note.kind == "action":
        name += f"-{note.owner}"
    if (note.kind, one.kind_of_item) in (("goal", "goal"), ("term", "agreement")):
        return says.say(f"{name}-anew", other=one.known.by, text=text, before=one.quote)
    if note.kind in ("close", "agree"):
        text = one.quote
    return says.say(name, other=one.known.by, text=text)


def _text(one: Shown) -> str:
    from reflect.text import shorten

    words = one.known.note.text.strip()
    if one.known.note.kind in ("close", "agree") or not words:
        words = one.quote
    return shorten(words, _WORDS)
