"""How a turn, a list of what was said, and a reason are shown."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.dialogue.keys import text_id
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.record import Entry, entries
from reflect.dialogue.turn import Heading as Place
from reflect.dialogue.turn import Turn, Why
from reflect.terminal.blocks import GAP, Block, Choices, Heading, Labelled, Paragraph
from reflect.terminal.privately import is_private
from reflect.terminal.words import Words
from reflect.text import shorten

Told = frozenset[str]
"""What was said in this sitting already, and need not be said again: hints by their ids."""

TOLD_NOTHING: Told = frozenset()
_EVERY_TIME = ("hint-scale", "hint-yesno", "enter-keep", "enter-stay")
"""Hints that belong to the question itself."""

SHORT = 58
"""Cells of a phrase that was heard."""


# --- a turn ------------------------------------------------------------------------


def turn_blocks(
    turn: Turn, words: Words, before: Place | None, *, patient: bool, told: Told = TOLD_NOTHING
) -> tuple[Block, ...]:
    """`turn` as it is put: what is said first, where it stands if that changed, the question.

    A `patient` screen asks about an empty line before it skips. Hints that were `told` are
    left out.
    """
    return (
        *_said_first(turn),
        *heading_blocks(turn.heading, words, before),
        *question_blocks(turn, words, patient=patient, told=told),
    )


def _said_first(turn: Turn) -> Iterator[Block]:
    yield GAP
    for line in turn.acknowledgement:
        yield Paragraph(line)
    if turn.role not in ("probe", "part", "again", "outcome"):
        # What follows is another subject.
        yield GAP


def heading_blocks(place: Place, words: Words, before: Place | None) -> Iterator[Block]:
    """Where a question stands, when that is not where the one `before` it stood."""
    if place == before or place.phase is None or place.step == 0:
        return
    yield GAP
    yield _place(place, words, stage=place.stage if before is None else "")


def _place(place: Place, words: Words, stage: str) -> Heading:
    """The phase and the step; `stage` stands before it, where that is worth saying."""
    step = words.say("step", n=str(place.step), of=str(place.steps))
    return Heading(words.say(f"phase-{place.phase}") if place.phase else "", step, stage)


def question_blocks(
    turn: Turn, words: Words, *, patient: bool, told: Told = TOLD_NOTHING
) -> tuple[Block, ...]:
    """The question with its options and the line that says how to answer."""
    how = how_line(turn, words, patient=patient, told=told)
    asked, *below = asked_blocks(turn)
    return (asked, *([Paragraph(f"({how})", "quiet")] if how else []), *below)


def asked_blocks(turn: Turn) -> Iterator[Block]:
    """The question and what there is to choose from."""
    yield Paragraph(turn.text, "question")
    if turn.options:
        yield Choices(tuple(option.label for option in turn.options))
    elif turn.labels:
        yield _scale(turn)


def _scale(turn: Turn) -> Block:
    low, high = turn.expectation.low, turn.expectation.high
    if len(turn.labels) == high - low + 1 and low == 1:
        return Choices(turn.labels)
    ends = ((low, turn.labels[0]), (high, turn.labels[-1]))
    return Paragraph("   ".join(f"{number}  {label}" for number, label in ends), indent=4)


def how_line(turn: Turn, words: Words, *, patient: bool, told: Told = TOLD_NOTHING) -> str:
    """One line: how to answer, and what Enter does, as far as it was not `told`."""
    ends = {"low": str(turn.expectation.low), "high": str(turn.expectation.high)}
    names = (name for name in _hints(turn, patient=patient) if name not in told)
    said = ", ".join(hint for name in names if (hint := words.perhaps(name, **ends)))
    said = said[:1].upper() + said[1:]
    how = "" if _how(turn) in told else turn.how
    return " ".join(part for part in (how, said) if part)


def hints_told(turn: Turn, *, patient: bool) -> Told:
    """What a mentee who has seen the lines under `turn` knows from then on."""
    return frozenset({_how(turn), *_hints(turn, patient=patient)}.difference(_EVERY_TIME, {""}))


def _how(turn: Turn) -> str:
    """The name of a line of core's on how to answer: the same under every promise; "" for a pack's."""
    name = text_id(turn.key)
    return f"how {name}" if turn.how and name.startswith("core.") else ""


def _hints(turn: Turn, *, patient: bool) -> Iterator[str]:
    """The ids of the hints for `turn`."""
    if turn.expectation.kind in _KIND_HINTS:
        yield _KIND_HINTS[turn.expectation.kind]
    yield "enter-skip-twice" if turn.enter == "skip" and patient else f"enter-{turn.enter}"
    if turn.more:
        yield "hint-more"
    elif turn.example:
        yield "hint-example"


_KIND_HINTS = {
    "choice": "hint-options",
    "several": "hint-several",
    "yesno": "hint-yesno",
    "scale": "hint-scale",
}


# --- what a command explains -------------------------------------------------------


def explanation(name: str, dialogue: Dialogue, words: Words) -> Iterator[Block]:
    """What /help, /status, /why or /example says."""
    turn, why = dialogue.turn, dialogue.why()
    if name == "help":
        yield GAP
        yield from (Paragraph(line, hang=2) for line in words.every("help"))
    elif name == "status":
        yield from status_blocks(dialogue, words)
    elif turn is None or why is None:
        yield Paragraph(words.say("finish-how"))
    elif name == "why":
        yield from why_blocks(why, words, words.say(f"phase-{turn.heading.phase or 'opening'}"))
    elif turn.more or turn.example:
        yield from _help(turn, words)
    elif turn.how:
        yield Paragraph(turn.how)
    else:
        yield Paragraph(words.say("example-none"))


def _help(turn: Turn, words: Words) -> Iterator[Block]:
    """How to answer, where that is not under the question any more, and an example."""
    if turn.more:
        yield Paragraph(turn.more)
    if turn.example:
        yield Paragraph(words.say("example-is", example=turn.example))


# --- where the session stands ------------------------------------------------------


def listed(dialogue: Dialogue) -> tuple[Entry, ...]:
    """The answers in the order in which /status numbers them, from 1."""
    return entries(dialogue)


def status_blocks(dialogue: Dialogue, words: Words) -> Iterator[Block]:
    """Where the session is, and what was said so far."""
    yield GAP
    turn = dialogue.turn
    if turn is not None and turn.heading.step:
        yield _place(turn.heading, words, turn.heading.stage)
    said = listed(dialogue)
    if not said:
        yield Paragraph(words.say("status-nothing"))
    for number, entry in enumerate(said, 1):
        yield Labelled(f"{number:>2}", entry.question, 4, short=True)
        yield Paragraph(_answer(entry, words), "quiet", indent=6, short=True)
    yield GAP


def _answer(entry: Entry, words: Words) -> str:
    if entry.status != "answered":
        return words.say("status-skipped")
    if is_private(entry):
        return words.say("status-private", answer=entry.answer)
    return entry.answer


# --- why ---------------------------------------------------------------------------


def why_blocks(why: Why, words: Words, phase: str) -> Iterator[Block]:
    """The reason for a turn in core's words; `phase` is the name of its phase."""
    yield Paragraph(_reason(why, words, phase), "quiet")
    lines = []
    if why.group and why.role == "question":
        lines.append(words.say("why-group", group=why.group))
    if why.rule:
        lines.append(words.say("why-rule", rule=why.rule))
    if why.heard:
        heard = ", ".join(f"“{shorten(piece, SHORT)}”" for piece in why.heard)
        lines.append(words.say("why-heard", heard=heard))
    if why.made:
        lines.append(words.say("why-made", day=why.made))
    if why.role == "question" and why.wordings > 1:
        lines.append(words.say("why-wording", n=str(why.wording), of=str(why.wordings)))
    for line in lines:
        yield Paragraph(line, "quiet")


def _reason(why: Why, words: Words, phase: str) -> str:
    sentences = {"words": "why-share"}
    return words.perhaps(
        sentences.get(why.role, f"why-{why.role}"),
        phase=phase,
        stage=why.stage,
        question=why.question,
        pack=why.pack,
        version=why.version,
        reason=why.reason,
    )
