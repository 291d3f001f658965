"""The end of a session: what stays of it, in the mentee's own words, on less than one screen."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.dialogue.dates import spoken
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import Entry, entries
from reflect.events import Ref
from reflect.mentorship.item import CLOSED, Item
from reflect.mentorship.items import checks, items
from reflect.terminal.blocks import GAP, Block, Heading, Labelled, Paragraph, Task
from reflect.terminal.brief import brief
from reflect.terminal.privately import is_private
from reflect.terminal.words import Words, counted
from reflect.text import shorten

WHOLE = 110
"""Cells up to which an answer stands in the summary as it was written."""

REMINDER = 44
"""Cells of the action in the last line."""

_OWN_CHOICES = ("serves", "move")
"""Roles of answers that only steer reflect: nobody kept them from anybody."""

_OWNERS = {
    "me": "summary-mine",
    "none": "summary-mine",
    "mentor": "summary-mentor",
    "both": "summary-both",
    "other": "summary-other",
}


def summary_blocks(
    dialogue: Dialogue, session: str, words: Words, *, farewell: bool = True
) -> Iterator[Block]:
    """What worked, what to adjust, what is next, what is private, and how to find it again.

    The `farewell` answers what has just been said.
    """
    said = entries(dialogue)
    made = items(dialogue, session)
    yield GAP
    if farewell:
        yield from map(Paragraph, dialogue.farewell())
    yield GAP
    yield Heading()
    content = [*_said(said, made, dialogue, words), *_carried(made, dialogue, words)]
    yield from content or [Paragraph(words.say("summary-nothing"))]
    yield from _still_open(dialogue, words)
    yield GAP
    yield from _closing(said, made, dialogue, words)


# --- what was said -----------------------------------------------------------------


def _said(
    said: tuple[Entry, ...], made: tuple[Item, ...], dialogue: Dialogue, words: Words
) -> Iterator[Block]:
    """Worked, adjust, the goal and what is next but no item; of the rest what was kept.

    Where there is none of it, opening and closing as they are.
    """
    carried = {item.key: item for item in made}
    plain = [entry for entry in said if _is_told(entry, carried.get(entry.key))]
    main: list[Block] = []
    for part in _PARTS:
        chosen = [one for one in plain if _part(one, carried.get(one.key), words) == part]
        main += _labelled(f"summary-{part}", chosen, said, dialogue, words)
    if main:
        yield from main
        return
    for phase in ("opening", "closing"):
        chosen = [entry for entry in plain if entry.phase == phase]
        yield from _labelled(f"summary-{phase}", chosen, said, dialogue, words)


_PARTS = ("kept", "worked", "adjust", "goal", "next")


def _is_told(entry: Entry, item: Item | None) -> bool:
    """Whether an answer stands in the summary: not what stands there as a task, nor a mere "no"."""
    if entry.role != "question" or entry.status != "answered":
        return False
    if entry.value is None and entry.parts.weight == "empty":
        return False
    return item is None or item.kind not in ("action", "question")


def _part(entry: Entry, item: Item | None, words: Words) -> str:
    """Where an answer stands in the summary; "" for what only opens or closes a session."""
    if item is not None and item.kind == "goal" and words.knows("summary-goal"):
        return "goal"
    if entry.phase in ("opening", "closing"):
        return "kept" if item is not None and words.knows("summary-kept") else ""
    return entry.phase or ""


def _labelled(
    name: str, chosen: list[Entry], said: tuple[Entry, ...], dialogue: Dialogue, words: Words
) -> Iterator[Block]:
    label = words.perhaps(name)
    for entry in chosen:
        shown = _told(entry, own_words(entry, said, dialogue))
        yield Labelled(label, _marked(shown, words, private=is_private(entry)))
        label = ""


def _told(entry: Entry, answer: str) -> str:
    """`answer` as it stands in the summary: a figure, a yes or a no says nothing without its question."""
    if entry.value in (None, "other") or answer != brief(entry.answer, WHOLE):
        return f'"{answer}"'
    return f"{entry.question} {answer}" if isinstance(entry.value, bool | int | float) else answer


def _marked(line: str, words: Words, *, private: bool) -> str:
    """`line` with a mark behind it when the mentor will not see it."""
    return f"{line} · {words.say('summary-private')}" if private else line


def own_words(entry: Entry, said: tuple[Entry, ...], dialogue: Dialogue) -> str:
    """The answer, or the reply that made it clearer: whole when it is short, else its beginning.

    A goal that was put into one sentence anew stands in that sentence.
    """
    replies = [
        reply
        for reply in said
        if reply.subject == entry.key and reply.status == "answered" and _tells_more(reply, entry)
    ]
    telling = replies[-1] if replies else entry
    return brief(telling.answer, WHOLE)


def _tells_more(reply: Entry, entry: Entry) -> bool:
    thin = entry.parts.weight == "thin"
    parts = ("anew", "specific") if thin else ("anew",)
    return reply.role == "probe" or reply.key in [f"{reply.subject}/{part}" for part in parts]


# --- what carries on ---------------------------------------------------------------


def _carried(made: tuple[Item, ...], dialogue: Dialogue, words: Words) -> Iterator[Block]:
    actions = [item for item in made if item.kind == "action"]
    for item in actions:
        yield Task(_words(item.within(item.text), dialogue))
        if below := _about(item, dialogue, words):
            yield Paragraph(below, "quiet", indent=6)
    if not actions and dialogue.script.is_reflection:
        yield Paragraph(words.say("summary-no-action"), indent=4)
    for item in made:
        if item.kind == "question":
            asked = _words(item.within(item.text), dialogue)
            yield Task(_marked(asked, words, private=item.share != "yes"), "?")


def _about(item: Item, dialogue: Dialogue, words: Words) -> str:
    """By when, whose, and what if it falls through."""
    parts = []
    if item.due:
        parts.append(
            words.say("summary-by", due=spoken(item.due, dialogue.script.core, dialogue.started.at))
        )
    elif item.due_words:
        said = _words(item.within(item.due_words), dialogue)
        parts.append(words.say("summary-by-words", due=said))
    if item.owner in _OWNERS:
        parts.append(words.say(_OWNERS[item.owner]))
    if item.instead:
        parts.append(words.say("summary-if", then=_words(item.within(item.instead), dialogue)))
    if item.share != "yes":
        parts.append(words.say("summary-private"))
    return " · ".join(part for part in parts if part)


def _words(ref: Ref, dialogue: Dialogue) -> str:
    """The mentee's words at a place of this session, or of one that it knows of."""
    return shorten(dialogue.words_at(ref), 2 * WHOLE)


def _still_open(dialogue: Dialogue, words: Words) -> Iterator[Block]:
    told = {check.item: check for check in checks(dialogue)}
    for promise in dialogue.started.promises:
        check = told.get(promise.item)
        if check is None or check.outcome in CLOSED:
            continue
        said = brief(dialogue.words_at(check.text or promise.text), WHOLE)
        yield Paragraph(words.say("summary-open", promise=said), indent=4, hang=2)
        if check.due:
            # Only the day that was given today: an old one may be over.
            day = spoken(check.due, dialogue.script.core, dialogue.started.at)
            yield Paragraph(words.say("summary-by", due=day), "quiet", indent=6)


# --- at the very end ---------------------------------------------------------------


def _closing(
    said: tuple[Entry, ...], made: tuple[Item, ...], dialogue: Dialogue, words: Words
) -> Iterator[Block]:
    hidden = sum(is_private(entry) for entry in said if entry.role not in _OWN_CHOICES)
    if hidden:
        name = "private-one" if hidden == 1 else "private-some"
        number = counted(hidden, words)
        yield Paragraph(words.say(name, n=number[:1].upper() + number[1:]))
    yield Paragraph(words.say("find-again", command="reflect show"))
    action = next((item for item in made if item.kind == "action"), None)
    if action is not None:
        said_action = brief(_words(action.within(action.text), dialogue), REMINDER)
        yield Paragraph(words.say("next-time", action=said_action))
