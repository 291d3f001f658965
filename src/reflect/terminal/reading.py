"""A story that was played, as Markdown to be read aloud: all that the mentee would read but how to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reflect.application.begin import stage_after
from reflect.dialogue.turn import Heading as Place
from reflect.dialogue.turn import Turn
from reflect.mentorship.stages import moved_to
from reflect.rehearsal.beginning import BEFORE
from reflect.rehearsal.outcome import Played, Uttered
from reflect.rehearsal.story import Story
from reflect.script import Script
from reflect.terminal.blocks import Block, Choices, Gap, Heading, Labelled, Paragraph, Sent, Task
from reflect.terminal.opening import ago
from reflect.terminal.summary import summary_blocks
from reflect.terminal.view import asked_blocks, heading_blocks
from reflect.terminal.words import Words

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.dialogue.machine import Dialogue

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#"})
_BULLET = re.compile(r"\A(\s*\d*)([-+=.)])(?=\s)")
ENTER = "⏎"
"""Stands for an empty line that was sent."""


def as_markdown(played: Played, script: Script, app: Application) -> str:
    """The session of `played`: what was said, what was answered, what came of it; it ends with a line break.

    Its words are those of the session, of `script` when it could not begin; `app` has the other packs,
    to one of which the mentorship may move on. A story that breaks off has no summary.
    """
    story, script = played.story, played.dialogue.script if played.dialogue else script
    words = Words(script, story.given.mentee, story.given.mentor, story.given.sessions)
    length = next(one.label for one in words.options("ask-length") if one.id == story.length)
    title = script.stage(story.stage).title
    where = f"{script.title}, {title}" if len(script.stages) > 1 else script.title
    pieces = [
        f"# {_plain(story.name[:1].upper() + story.name[1:])}",
        f"*{_plain(where)}, {length}*",
    ]
    pieces += [_plain(line) for line in _greeting(story, words)]
    place: Place | None = None
    for one in played.transcript:
        pieces += _uttered(one, words, place)
        if one.turn is not None and one.turn.heading.step:
            place = one.turn.heading
    if played.dialogue is not None and played.is_whole:
        pieces += _end(played.dialogue, words, app)
    return "\n\n".join(filter(None, pieces)) + "\n"


def _greeting(story: Story, words: Words) -> Iterator[str]:
    given = story.given
    if given.last_session is None:
        yield words.say("hello-first")
        yield words.say("stays-here")
        return
    yield words.say("hello-again", ago=ago((given.today - given.last_session).days, words))


def _uttered(one: Uttered, words: Words, before: Place | None) -> Iterator[str]:
    if one.who == "me":
        yield "\n".join(f"> {_plain(line)}" for line in (one.text or ENTER).split("\n"))
    elif one.turn is None:
        yield _plain(one.text)
    else:
        yield from map(_block, _asked(one.turn, words, before))


def _asked(turn: Turn, words: Words, before: Place | None) -> Iterator[Block]:
    yield from heading_blocks(turn.heading, words, before)
    yield from asked_blocks(turn)


def _end(dialogue: Dialogue, words: Words, app: Application) -> Iterator[str]:
    """The summary and what follows on it."""
    yield from _summary(list(summary_blocks(dialogue, BEFORE, words, farewell=False)))
    state = moved_to(dialogue)
    if state is not None:
        stage = stage_after(app, dialogue.script, state, dialogue.started.role)
        yield _plain(words.say("stage-moved", stage=stage.title))
    yield _plain(words.say("goodbye"))


def _summary(blocks: list[Block]) -> Iterator[str]:
    """The blocks; lines of a list stand close together, what is said of a task beneath it."""
    listed: list[str] = []
    for block in _labelled(blocks):
        if isinstance(block, (Labelled, Task)):
            listed.append(_block(block))
        elif listed and isinstance(block, Paragraph) and block.indent > _MARGIN:
            listed.append(f"  {_plain(block.text)}")
        else:
            yield "\n".join(listed)
            listed = []
            yield _block(block)
    yield "\n".join(listed)


def _labelled(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, each line with the label that stands beside it or above."""
    label = ""
    for block in blocks:
        if isinstance(block, Labelled):
            label = block.label or label
            block = block._replace(label=label)
        yield block


_MARGIN = 4
"""Cells by which what belongs to the line above is indented at least, and more."""


def _block(block: Block) -> str:
    match block:
        case Heading(title="", right=""):
            return "---"
        case Heading(title, right, before):
            above = " · ".join(filter(None, (before, title, right)))
            return f"## {_plain(above)}"
        case Choices(labels):
            return "\n".join(f"{n}. {_plain(label)}" for n, label in enumerate(labels, 1))
        case Labelled(label, text):
            return f"- {_plain(': '.join(filter(None, (label, text))))}"
        case Task(text, mark):
            return f"- {'☐' if mark == 'box' else mark} {_plain(text)}"
        case Paragraph(text) | Sent(text):
            return _plain(text)
        case Gap():
            return ""


def _plain(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    lines = text.translate(_SPECIAL).split("\n")
    return "\n".join(_BULLET.sub(r"\1\\\2", line) for line in lines)
