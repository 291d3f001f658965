"""One session on a screen: shows its turns, reads answers and commands, keeps what is typed.

Knows nothing of terminals; a `Screen` shows and asks. Whatever goes wrong while
something is stored, the words that were typed come back into the edit line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from reflect.dialogue.keys import base_key
from reflect.dialogue.shares import decision
from reflect.errors import ReflectError, StoreError
from reflect.mentorship.stages import moved_to
from reflect.terminal.blocks import GAP, Block, Paragraph
from reflect.terminal.commands import Answer, Command, Unknown, as_line, parse
from reflect.terminal.keeper import Keeper
from reflect.terminal.privately import few_words, meant
from reflect.terminal.screen import Screen, Typed
from reflect.terminal.summary import summary_blocks
from reflect.terminal.view import (
    TOLD_NOTHING,
    Told,
    explanation,
    hints_told,
    listed,
    question_blocks,
    turn_blocks,
)
from reflect.terminal.words import Words

if TYPE_CHECKING:
    from reflect.application.session import Session
    from reflect.dialogue.turn import Heading, Turn
    from reflect.events import Refused
    from reflect.script import Lifecycle
    from reflect.terminal.workshop import Workshop

Outcome = Literal["finished", "paused", "interrupted", "closed", "new", "failed"]
"""How a conversation was left; `new` asks for another session, `failed` was told already."""

MOST_TYPED = "1 MB"
FEW = 3
"""Words that are not given back when they were typed where nothing is asked any more."""


class Conversation:
    """The loop over one session.

    `reload` gives the session anew from the store (over=True takes it from another
    window); `aside` writes words that could not be stored to a file and gives its path;
    `stage_after` names the stage that a mentorship in some state is asked about;
    `workshop` is there when an author tries a pack.
    """

    def __init__(
        self,
        screen: Screen,
        session: Session,
        words: Words,
        *,
        keeper: Callable[[Session], Keeper],
        reload: Callable[[bool], Session],
        aside: Callable[[str], str],
        stage_after: Callable[[Lifecycle], str],
        workshop: Workshop | None = None,
    ) -> None:
        self._screen = screen
        self._session = session
        self._words = words
        self._make_keeper = keeper
        self._reload = reload
        self._aside = aside
        self._stage_after = stage_after
        self._workshop = workshop
        self._keeper = keeper(session)
        self._line = ""
        self._hinted = ""
        self._place: Heading | None = None
        self._told: Told = TOLD_NOTHING
        self._cold = True
        self._away = False
        self._unsent = ""

    # --- the loop ---

    def run(self) -> Outcome:
        """Go on until the session ends or is left; leaves it paused or finished."""
        self._stand()
        self._offer_draft()
        while True:
            outcome = self._end_in_pipe() or self._handle(self._ask())
            if outcome is not None:
                return outcome

    def _end_in_pipe(self) -> Outcome | None:
        """Nobody waits at a summary that nobody reads."""
        at_summary = self._session.turn is None and not self._screen.patient
        return self._finish() if at_summary else None

    def _ask(self) -> Typed:
        return self._screen.ask(self._line, self._watch)

    def _watch(self, text: str) -> bool:
        self._session.listen()  # made ready while the mentee reads, not before
        if self._workshop is not None and self._workshop.changed():
            return False
        return self._away or self._keeper.watch(text)

    def _handle(self, typed: Typed) -> Outcome | None:
        self._line = typed.text
        if self._workshop is not None and typed.how in ("sent", "elsewhere"):
            if self._workshop.changed():
                return self._on_changed_pack(self._workshop, typed)
            shown = self._workshop.command(typed.text, self._session)
            if shown:
                self._line = ""
                self._show(*shown)
                return None
        match typed.how:
            case "sent":
                return self._read(typed.text)
            case "end":
                return self._leave("paused")
            case "interrupted" | "closed":
                return self._leave(typed.how)
            case "elsewhere":
                self._gone()
            case "too long":
                size = kilobytes(typed.size)
                self._tell("too-long", size=size, limit=MOST_TYPED)
            case "paste cut":
                self._tell("paste-cut")
        return None

    def _read(self, text: str) -> Outcome | None:
        said = parse(text)
        if isinstance(said, Unknown):
            if len(text.split()) == 1:
                # A mistyped command is typed anew; a sentence may need only a second slash.
                self._line = ""
            self._tell("unknown-command", command=said.typed)
            if said.meant:
                self._tell("did-you-mean", command=said.meant)
            return None
        if isinstance(said, Command):
            self._line = ""
            return self._command(said)
        return self._answer(said)

    def _on_changed_pack(self, workshop: Workshop, typed: Typed) -> Outcome | None:
        """Go on where we were with the pack as it is now; what was sent meanwhile still counts."""
        before = self._session.turn
        self._session, shown = workshop.again(self._session)
        self._keeper = self._make_keeper(self._session)
        self._place = None
        self._show(*shown)
        self._stand(farewell=False)
        now = self._session.turn
        if typed.how == "sent" and before and now and now.key == before.key:
            return self._read(typed.text)
        self._line = typed.text
        return None

    # --- answers ---

    def _answer(self, said: Answer) -> Outcome | None:
        turn = self._session.turn
        if self._away:
            self._gone()
            return None
        if turn is None:
            return self._at_summary(said.text)
        empty = not said.text.strip()
        if empty and turn.enter == "skip" and self._screen.patient and self._hinted != turn.key:
            self._hinted = turn.key
            self._tell("enter-again")
            return None
        return self._do(lambda: self._session.say(said.text))

    def _at_summary(self, text: str) -> Outcome | None:
        if not text.strip():
            return self._finish()
        if len(text.split()) <= FEW:
            # "Thanks!" is no answer that would be missed.
            self._line = ""
        self._tell("finish-how")
        return None

    def _do(self, action: Callable[[], Refused | None], *, then: str = "") -> Outcome | None:
        """Do something to the session, then show where it stands; a no and a failure keep the line."""
        try:
            refused = action()
        except ReflectError as error:
            return self._failed(error)
        if refused is not None:
            self._show(Paragraph(refused.text))
            self._line = self._worth_mending()
            return None
        self._line = ""
        if then:
            self._tell(then)
        self._stand()
        return None

    def _worth_mending(self) -> str:
        """The refused line when it is a text; anything shorter is sooner typed anew."""
        turn = self._session.turn
        is_text = turn is not None and turn.expectation.kind in ("text", "line")
        return self._line if self._line and is_text else _draft_line(turn)

    # --- where it stands ---

    def _stand(self, *, farewell: bool = True) -> None:
        turn = self._session.turn
        # What was said before a pause was acknowledged then, or is long gone.
        cold, self._cold = self._cold or not farewell, False
        self._keeper.begin(_draft_line(turn), self._session.draft)
        if turn is None:
            dialogue, session = self._session.dialogue, self._session.id
            self._show(*summary_blocks(dialogue, session, self._words, farewell=not cold))
            self._place = None
            if self._screen.patient:
                self._show(GAP, Paragraph(f"({self._words.say('finish-how')})", "quiet"))
            return
        if cold:
            turn = msgspec.structs.replace(turn, acknowledgement=())
        patient, told = self._screen.patient, self._told
        self._show(*turn_blocks(turn, self._words, self._place, patient=patient, told=told))
        if patient:
            # In a pipe nobody remembers; every question stands for itself.
            self._told |= hints_told(turn, patient=True)
        if turn.heading.step:
            self._place = turn.heading
        if turn.draft is not None:
            self._line = _draft_line(turn)
            if not self._screen.patient:
                self._tell("draft-is", draft=turn.draft)

    def _offer_draft(self) -> None:
        draft = self._session.draft if self._screen.patient else ""
        if draft:
            self._line = draft
            self._tell("draft-back")

    # --- commands ---

    def _command(self, command: Command) -> Outcome | None:
        if self._away and command.name not in ("take", "pause", "help"):
            self._gone()
            return None
        session = self._session
        match command.name:
            case "back":
                return self._do(session.back)
            case "skip":
                return self._skip()
            case "edit":
                return self._edit(command.argument)
            case "remove":
                return self._do(session.remove, then="removed")
            case "private":
                return self._private(command.argument)
            case "new":
                return self._set_aside()
            case "pause":
                return self._leave("paused")
            case "take":
                return self._take()
            case "editor":
                self._editor()
            case _:
                self._explain(command.name)
        return None

    def _explain(self, name: str) -> None:
        """Help and status put the question again, because they may have pushed it off the screen."""
        turn = self._session.turn
        self._show(*explanation(name, self._session.dialogue, self._words))
        if turn is not None:
            if name in ("help", "status"):
                patient = self._screen.patient
                self._show(GAP, *question_blocks(turn, self._words, patient=patient))
            self._line = _draft_line(turn)

    def _skip(self) -> Outcome | None:
        if self._session.turn is None:
            self._tell("finish-how")
            return None
        return self._do(self._session.skip)

    def _edit(self, argument: str) -> Outcome | None:
        key = self._numbered(argument, "/edit")
        return self._do(lambda: self._session.reopen(key)) if key else None

    def _numbered(self, argument: str, command: str) -> str:
        """The key of the answer with that number; tells when there is none, and gives ""."""
        said = listed(self._session.dialogue)
        if not argument.isdecimal():
            self._tell("which-number", command=command)
            return ""
        number = int(argument[:6])
        if not 1 <= number <= len(said):
            self._tell("no-such-answer")
            return ""
        return said[number - 1].key

    def _private(self, argument: str) -> Outcome | None:
        """Keep an answer from the mentor; said again of answer N, no longer."""
        self._line = _draft_line(self._session.turn)
        dialogue = self._session.dialogue
        if not argument:
            return self._decide(meant(dialogue), "keep")
        key = base_key(self._numbered(argument, "/private"))
        undone = decision(dialogue, key) == "keep"
        return self._decide(key, "share" if undone else "keep") if key else None

    def _decide(self, key: str, choice: Literal["share", "keep"]) -> Outcome | None:
        """Decide who may read the answer at `key`, and say which it is; the turn may change with it."""
        turn = self._session.turn
        try:
            refused = self._session.decide(key, choice)
        except ReflectError as error:
            return self._failed(error)
        if refused is not None:
            self._tell("private-cannot" if key else "private-none")
            return None
        sentence = "private-noted" if choice == "keep" else "private-undone"
        self._tell(sentence, answer=few_words(key, self._session.dialogue))
        if self._session.turn is None or turn is None or self._session.turn.key != turn.key:
            self._stand()
        return None

    def _editor(self) -> None:
        turn = self._session.turn
        edited = self._screen.edit(turn.draft or "" if turn else "")
        self._line = as_line(edited.text)
        if edited.trouble:
            size = kilobytes(edited.size)
            self._tell(edited.trouble, size=size, limit=MOST_TYPED, editor=edited.editor)
        if edited.path:
            self._tell("saved-aside", path=edited.path)

    # --- trouble ---

    def _failed(self, error: ReflectError) -> Outcome | None:
        """Tell what could not be done. In a pipe nobody can try again, so the command ends."""
        if not self._screen.patient:
            raise error
        if error.code == "session-moved-on":
            return self._moved_on()
        if error.code in ("session-taken-over", "session-open-elsewhere"):
            self._gone()
            return None
        if not isinstance(error, StoreError):
            self._show(Paragraph(error.message), Paragraph(error.hint))
            return None
        self._tell("not-saved", reason=error.message)
        self._show(Paragraph(error.hint))
        if error.code == "store-replaced":
            self._save_aside()
            return "failed"
        return None

    def _moved_on(self) -> Outcome | None:
        offered = self._line
        outcome = self._renewed(over=False)
        if outcome is None and not self._away:
            self._tell("moved-on")
            self._stand()
            self._line = offered or self._line
        return outcome

    def _take(self) -> Outcome | None:
        return self._moved_on_to_here() if self._away else self._do(lambda: None)

    def _moved_on_to_here(self) -> Outcome | None:
        self._line = offered = self._unsent
        outcome = self._renewed(over=True)
        if outcome is None:
            self._away, self._unsent = False, ""
            self._stand()
            self._offer_draft()
            self._line = offered or self._line
        return outcome

    def _renewed(self, *, over: bool) -> Outcome | None:
        """Read the session anew; one that has ended meanwhile leaves nothing to do."""
        try:
            self._session = self._reload(over)
        except ReflectError as error:
            return self._failed(error)
        self._keeper = self._make_keeper(self._session)
        self._place, self._cold = None, True
        if self._session.dialogue.finished is not None:
            self._tell("ended-elsewhere")
            self._save_aside()
            return "failed"
        return None

    def _gone(self) -> None:
        self._away = True
        # The line must be emptied to type /take: its words come back after it.
        self._unsent = self._line or self._unsent
        self._tell("elsewhere-now")

    def _save_aside(self) -> None:
        if self._line.strip():
            self._tell("saved-aside", path=self._aside(self._line))

    # --- leaving ---

    def _finish(self) -> Outcome | None:
        state = moved_to(self._session.dialogue)
        try:
            self._session.finish()
        except ReflectError as error:
            return self._failed(error)
        if state is not None:
            self._show(GAP)
            self._tell("stage-moved", stage=self._stage_after(state))
        self._show(GAP, Paragraph(self._words.say("goodbye")))
        return "finished"

    def _set_aside(self) -> Outcome | None:
        try:
            self._session.finish("abandoned")
        except ReflectError as error:
            return self._failed(error)
        self._tell("set-aside")
        return "new"

    def _leave(self, outcome: Outcome) -> Outcome:
        """Keep what is half typed and give the session free; words that cannot be kept go to a file."""
        if self._workshop is not None:
            return outcome
        try:
            if self._away:
                self._line = self._line or self._unsent
                self._save_aside()
            else:
                self._keeper.save(self._line)
                self._session.pause()
        except StoreError:
            self._save_aside()
        self._show(
            GAP,
            Paragraph(self._words.say("paused")),
            Paragraph(self._words.say("resume-how", command="reflect resume")),
        )
        return outcome

    # --- showing ---

    def _show(self, *blocks: Block) -> None:
        self._screen.show(*blocks)

    def _tell(self, name: str, **engine: str) -> None:
        self._show(Paragraph(self._words.say(name, **engine)))


def _draft_line(turn: Turn | None) -> str:
    """What stands in the line of `turn` before anything is typed: the answer that was taken up again."""
    return as_line(turn.draft or "") if turn is not None else ""


def kilobytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"
