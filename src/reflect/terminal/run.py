"""The door to the conversation: `converse` begins or goes on, and gives the exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from reflect.terminal.asking import Left
from reflect.terminal.first import Held
from reflect.terminal.opening import Newer, Opening, Wishes
from reflect.terminal.stops import Stops

if TYPE_CHECKING:
    from reflect.application.session import Session
    from reflect.application.wiring import Application
    from reflect.script import Lifecycle, Role
    from reflect.terminal.conversation import Conversation
    from reflect.terminal.screen import Screen
    from reflect.terminal.words import Words


def converse(
    app: Application,
    *,
    pack: str | None = None,
    stage: str | None = None,
    length: str | None = None,
    plain: bool = False,
    resume: str | None = None,
    new: bool = False,
    newer: Newer = "as begun",
    language: str | None = None,
    begin: Role | None = None,
) -> int:
    """Hold one conversation on this process's terminal, or line by line in a pipe.

    `pack` and `stage` are ids, `length` is "short" or "long", `resume` a session's id; `new`
    sets an open session aside first; `newer` says what to do when its pack has changed since; `language` is for this session, or for good on the first run; `begin` begins
    another mentorship with one in that role. Gives 0, 1 when something could not be stored, 130
    for Ctrl-C, 128 and the number of another signal. Raises `ReflectError` for
    what was asked for and is not there.
    """
    if language is not None:
        from reflect.application.languages import asked_for

        language = asked_for(app, language)
    wishes = Wishes(pack, stage, length, resume, new, newer, language, begin)
    return on_screen(app, lambda screen, stops: hold(app, screen, wishes, stops), plain=plain)


def on_screen(app: Application, talk: Callable[[Screen, Stops], int], *, plain: bool) -> int:
    """What `talk` gives, on this process's terminal, or line by line where there is none."""
    app.ask_first()
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _in_pipe(talk)
    return _on_terminal(app, talk, plain)


def _in_pipe(talk: Callable[[Screen, Stops], int]) -> int:
    from reflect.terminal.pipe import PipeScreen

    with Stops() as stops:
        return talk(PipeScreen(sys.stdin.buffer, sys.stdout, stops), stops)


def _on_terminal(app: Application, talk: Callable[[Screen, Stops], int], plain: bool) -> int:
    with Held(sys.stdin.fileno()) as held, Stops() as stops:
        from reflect.terminal.tty_screen import TerminalScreen, is_plain

        def commands() -> tuple[tuple[str, str], ...]:
            from reflect.terminal.commands import menu
            from reflect.terminal.words import Words

            return menu(Words(app.script()).every("help"))

        screen = TerminalScreen(
            app.environ,
            app.home,
            held,
            stops,
            plain=plain or is_plain(app.environ),
            commands=commands,
        )
        try:
            return talk(screen, stops)
        finally:
            from reflect.terminal.editor import remove_leftovers

            remove_leftovers(app.environ, app.home)


def hold(app: Application, screen: Screen, wishes: Wishes, stops: Stops) -> int:
    """Open a session on `screen` and talk until it is left; /new goes on with another."""
    opening = Opening(app, screen, wishes)
    try:
        session, words = opening.begin()
        while True:
            outcome = conversation(app, screen, session, words).run()
            if outcome != "new":
                return exit_code(outcome, stops)
            session, words = opening.another()
    except Left as left:
        return exit_code(left.how, stops)


def conversation(app: Application, screen: Screen, session: Session, words: Words) -> Conversation:
    """The conversation over `session`, with the store behind it."""
    from reflect.application.begin import resume, stage_after
    from reflect.terminal.conversation import Conversation
    from reflect.terminal.keeper import Keeper

    def aside(text: str) -> str:
        from reflect.terminal.editor import save_aside

        return save_aside(text.encode(), app.home)

    def next_title(state: Lifecycle) -> str:
        relation = app.relation()
        assert relation is not None
        return stage_after(app, session.dialogue.script, state, relation.role).title

    return Conversation(
        screen,
        session,
        words,
        keeper=Keeper,
        reload=lambda over: resume(app, session.id, over=over),
        aside=aside,
        stage_after=next_title,
    )


def exit_code(outcome: str, stops: Stops) -> int:
    """What the program ends with after a conversation that was left so."""
    codes = {"interrupted": 130, "failed": 1, "closed": stops.exit_code}
    return codes.get(outcome, 0)
