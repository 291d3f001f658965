"""A pack tried by its author: the conversation of a mentee, with the pack's files under it."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.diagnostics import Diagnostic, has_errors
from reflect.errors import ReflectError
from reflect.terminal.blocks import GAP, Block, Paragraph

if TYPE_CHECKING:
    from reflect.application.carrying import Carried
    from reflect.application.session import Session
    from reflect.application.trying import Trial, Wish
    from reflect.application.wiring import Application
    from reflect.packs.location import Location
    from reflect.terminal.conversation import Conversation, Outcome
    from reflect.terminal.screen import Screen

SAVE = "/save"
_HOW = "To keep this conversation as a story: /save story A NAME FOR IT"
_SHOWN = 5
"""Findings that are listed while a conversation goes on; `reflect pack check` has them all."""


def try_pack(app: Application, location: Location, wish: Wish, *, plain: bool = False) -> int:
    """Play the pack at `location` on this terminal or in a pipe; gives the exit code.

    Raises `BrokenPack` and what else keeps it from beginning.
    """
    from reflect.application.trying import Trial
    from reflect.terminal.editor import private_folder
    from reflect.terminal.run import exit_code, on_screen

    folder = private_folder(app.environ, app.home)
    try:
        with closing(Trial(app, location, folder, wish)) as trial:
            session = trial.begin()
            return on_screen(
                app,
                lambda screen, stops: exit_code(talk(trial, session, screen), stops),
                plain=plain,
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def talk(trial: Trial, session: Session, screen: Screen) -> Outcome:
    """Hold `session` of `trial` on `screen`, and what /new begins; gives how it was left."""
    bench = Bench(trial)
    screen.show(*bench.opening(patient=screen.patient), GAP)
    outcome = _conversation(trial, bench, session, screen).run()
    while outcome == "new":
        outcome = _conversation(trial, bench, trial.begin(), screen).run()
    screen.show(GAP, Paragraph("That was a trial. Nothing of it was stored.", "quiet"))
    return outcome


def _conversation(trial: Trial, bench: Bench, session: Session, screen: Screen) -> Conversation:
    from reflect.rehearsal.given import Given
    from reflect.terminal.conversation import Conversation
    from reflect.terminal.keeper import Keeper
    from reflect.terminal.words import Words

    names = Given()
    return Conversation(
        screen,
        session,
        Words(session.dialogue.script, names.mentee, names.mentor),
        keeper=Keeper,
        reload=lambda over: trial.resume(session, over),
        aside=lambda _text: "",
        stage_after=lambda state: state,
        workshop=bench,
    )


class Bench:
    """The `Workshop` of a trial."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial

    def opening(self, *, patient: bool) -> tuple[Block, ...]:
        """What an author should know before the first question."""
        path = self._trial.location.file
        lines = [f"You are trying {_short(path)}. Nothing of this is stored."]
        if patient:
            lines += ["Save the file in your editor, and the conversation goes on with it.", _HOW]
        return tuple(Paragraph(line, "quiet") for line in lines)

    def changed(self) -> bool:
        """Whether the pack was saved since it was read."""
        return self._trial.changed()

    def again(self, session: Session) -> tuple[Session, tuple[Block, ...]]:
        """The session on the changed pack, with what became of the answers; the same one when it has errors."""
        came = self._trial.again(session)
        if came.session is None:
            shown = _findings(
                "The pack was saved, and has errors now; this goes on with what it was.",
                came.findings,
            )
            return session, shown
        return came.session, (GAP, Paragraph(_became(came.carried), "quiet"))

    def command(self, line: str, session: Session) -> tuple[Block, ...]:
        """/save story NAME writes the conversation into the pack's stories."""
        words = line.strip().split(maxsplit=2)
        if not words or words[0] != SAVE:
            return ()
        if len(words) < 3 or words[1] != "story":
            return (Paragraph(_HOW),)
        pack = _typed(self._trial.location.path)
        return _saved(lambda: self._trial.save_story(session, words[2]), pack)


def _saved(save: Callable[[], Path], pack: str) -> tuple[Block, ...]:
    try:
        path = save()
    except ReflectError as error:
        return (Paragraph(error.message), Paragraph(error.hint))
    return (
        Paragraph(f"Saved as {_short(str(path))}."),
        Paragraph(f"It is played from now on by: reflect pack test {pack}", "quiet"),
    )


def _became(carried: Carried | None) -> str:
    """What a saved pack means for the conversation."""
    if carried is None:
        return "The pack was saved, and this stage is gone from it: from the beginning, then."
    parts = [f"{len(carried.kept)} kept"]
    parts += [f"{len(carried.new)} new before this one"] if carried.new else []
    parts += [f"{len(carried.aside)} set aside"] if carried.aside else []
    return f"The pack was saved. Your answers: {', '.join(parts)}."


def _findings(first: str, found: tuple[Diagnostic, ...]) -> tuple[Block, ...]:
    """What is wrong with the pack, the errors first."""
    errors = [one for one in found if has_errors((one,))]
    lines = [str(one) for one in errors[:_SHOWN]]
    if len(errors) > _SHOWN:
        lines.append(f"and {len(errors) - _SHOWN} more: reflect pack check")
    return (GAP, Paragraph(first), *(Paragraph(line, hang=2) for line in lines))


def _typed(path: str) -> str:
    """How the pack at `path` is typed in a command: a folder from here has its slash."""
    short = _short(path)
    return shlex.quote(short if Path(short).is_absolute() else f"./{short}")


def _short(path: str) -> str:
    """`path` from here, when it lies below."""
    try:
        return str(Path(path).absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return path
