"""A pack played from a test: lines go in as they are typed, a conversation comes out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reflect.diagnostics import Place
from reflect.rehearsal.given import TODAY, Given
from reflect.rehearsal.outcome import Failure
from reflect.rehearsal.story import Line, Story
from reflect.script import Length, Script
from reflect.testing.checking import PackFailed, located
from reflect.testing.conversation import Conversation, as_conversation

if TYPE_CHECKING:
    from reflect.application.wiring import Application


def play(
    pack: str | Path,
    answers: Iterable[str],
    *,
    stage: str | None = None,
    length: Length = "short",
    language: str | None = None,
    today: date | None = None,
) -> Conversation:
    """A first session of `pack` with `answers`, one line for each turn; "" is Enter.

    `pack` is an id of `reflect pack list`, a folder or a file. A line may be what a story may
    have: an answer, `skip`, or one of /back, /edit N, /skip, /private and /remove. `stage` is
    the first of the pack, `language` the pack's own and `today` 2026-03-02 if they are not given.
    Nothing is stored. The conversation stops where the answers do.

    Raises PackFailed when the pack has errors, there is no such stage, or a line cannot be
    typed because nothing is asked any more; PackError "no-such-pack".
    """
    from reflect.application.hearing import make_ear
    from reflect.rehearsal.play import converse
    from reflect.testing.bench import application

    with TemporaryDirectory() as root:
        app = application(Path(root))
        script = _script(app, pack, language)
        story = _story(script, answers, stage or script.stages[0].id, length, today or TODAY)
        played = converse(script, story, make_ear(app, script.language))
    if played.failure is not None:
        raise PackFailed(_told(played.failure))
    return as_conversation(played)


def _script(app: Application, pack: str | Path, language: str | None) -> Script:
    from reflect.application.authoring import compiled_at

    compiled = compiled_at(app, located(app, pack), language)
    if compiled.script is None:
        raise PackFailed(f"the pack {pack} has errors", compiled.diagnostics)
    return compiled.script


def _story(
    script: Script, answers: Iterable[str], stage: str, length: Length, today: date
) -> Story:
    lines = (Line("me", text, Place("answer", n, 1)) for n, text in enumerate(answers, 1))
    return Story(
        name="played",
        place=Place("answers"),
        stage=stage,
        given=Given(today=today),
        talk=tuple(lines),
        language=script.language,
        length=length,
    )


def _told(failure: Failure) -> str:
    """Which line could not be typed, and the conversation up to there."""
    where = f"answer {failure.place.line}: " if failure.place.line else ""
    heard = [f"{line.who}: {line.text}" for line in failure.transcript]
    return "\n".join((f"{where}expected {failure.expected}", *failure.said, *heard))
