"""The talk before something is shared: the agreement, what waits for a word, and the last look.

It goes line by line, so that it is the same at a terminal, in a pipe and with a screen reader.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from reflect.cli.desk import Desk
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.application.sharing_out import Sharing, Waiting
    from reflect.sharing.look import Look


class Talk:
    """One talk about one file in the making."""

    def __init__(self, desk: Desk, sharing: Sharing, *, yes: bool) -> None:
        self._desk = desk
        self._sharing = sharing
        self._yes = yes
        self._phrases = sharing.phrases
        self._to = sharing.wish.to
        self._numbers: dict[int, str] = {}
        self._warnings: list[str] = []
        self._news: list[str] = []

    def agreed(self) -> bool:
        """Show what the two hold to, where nothing was shared before; whether they do."""
        if not self._sharing.begins:
            return True
        self._desk.talk("")
        self._say("share-agreement-title")
        self._wrapped(self._sharing.agreement)
        return self._yes or self.agrees("share-agree", refused="share-not-agreed")

    def agrees(self, question: str, *, refused: str = "share-left") -> bool:
        """Whether the next line is a yes; a no is answered with the phrase `refused`."""
        asked = f"{self._phrases.say(question, to=self._to)} {self._phrases.say('share-yes-no')}"
        words = self._phrases.say("share-yes").split()
        while (typed := self._ask(asked).casefold()) not in words:
            if typed in self._phrases.say("said-no").split(", ") or not typed:
                self._say(refused)
                return False
            asked = self._phrases.say("share-yes-no")
        return True

    # --- what waits for a word -----------------------------------------------------------

    def decide(self) -> None:
        """Go through the answers that wait; what is left private may bring others up, or not."""
        if self._yes:
            return
        waiting = self._sharing.undecided()
        if waiting:
            self._desk.talk("")
            self._desk.talk(self._phrases.counted("share-undecided", len(waiting)))
        seen = set()
        while left := [one for one in self._sharing.undecided() if one.place not in seen]:
            seen.add(left[0].place)
            self._decide(left[0])

    def _decide(self, waiting: Waiting) -> None:
        self._desk.talk("")
        self._wrapped(waiting.entry.question)
        self._wrapped(f"> {waiting.entry.answer}")
        self._say("share-choose")
        while (typed := self._ask("").casefold()) not in ("", "s", "w", "k"):
            self._say("share-choose-again")
        if typed == "s":
            self._sharing.decide(waiting.place, "yes")
        elif typed == "w":
            words = self._words()
            if words:
                self._sharing.decide(waiting.place, "no", words)

    def _words(self) -> str:
        """What may be read instead; empty when it is left, or must not leave."""
        words = " ".join(self._ask(self._phrases.say("share-words", to=self._to)).split())
        if words and self._sharing.is_about_danger(words):
            self._say("share-words-danger")
            return ""
        return words

    # --- the last look -------------------------------------------------------------------

    def look(self) -> bool:
        """Show all that leaves and let it be changed; whether it is to be sent."""
        while True:
            if not self._sharing.draft().names:
                for text in self._news:
                    self._wrapped(text)
                self._say("share-nothing-left")
                return False
            if self._yes:
                return True
            shown = self._show()
            typed = self._ask(self._phrases.say("share-look-choices"))
            while (done := self._choose(typed, shown)) is None:
                typed = self._ask(self._phrases.say("share-look-again"))
            if done != "again":
                return done == "send"

    def _show(self) -> Look:
        from reflect.sharing.look import look

        bundle = self._sharing.draft().bundle
        shown = look(bundle, self._to, self._phrases, self._desk.columns, self._numbers)
        self._numbers.update(shown.numbers)
        self._desk.talk("")
        self._say("share-look", to=self._to)
        self._desk.talk("")
        for line in shown.lines:
            self._desk.talk(line)
        self._desk.talk("")
        # What was just done, and what to mind, is said where it is read: above the choices.
        for text in (*self._news, *self._warnings):
            self._wrapped(text)
        if self._news or self._warnings:
            self._desk.talk("")
        self._news.clear()
        return shown

    def _choose(self, typed: str, shown: Look) -> str | None:
        """What a line at the last look leads to: send, left or again; None when it says nothing."""
        command, _, number = typed.casefold().partition(" ")
        if command in ("", "share", "send"):
            return "send"
        if command in ("q", "quit"):
            self._say("share-left")
            return "left"
        if command == "l":
            return self._turn_line()
        if command in ("p", "w") and number.strip().isdecimal():
            return self._change(command, int(number.strip()[:6]), shown)
        return None

    def _turn_line(self) -> str:
        some_private = not self._sharing.some_private
        self._sharing.tell_of_private(some_private=some_private)
        self._tell("share-line-added" if some_private else "share-line-gone")
        return "again"

    def _change(self, command: str, number: int, shown: Look) -> str | None:
        name = shown.numbers.get(number)
        if name is None:
            self._say("share-no-number", number=str(number))
            return None
        if command == "w":
            return self._in_words(name, number)
        went = self._sharing.keep_back(name)
        self._tell("share-now-private", number=str(number))
        self._tell_what_went(went)
        return "again"

    def _in_words(self, name: str, number: int) -> str | None:
        if not self._sharing.can_be_put_in_words(name):
            self._say("share-no-words", number=str(number))
            return None
        words = self._words()
        if words:
            self._tell_what_went(self._sharing.put_in_words(name, words))
        return "again"

    def _tell_what_went(self, number: int) -> None:
        if number:
            self._news.append(self._phrases.counted("share-goes-too", number))

    # --- ---

    def say(self, phrase: str, **names: str) -> None:
        """One phrase on stderr."""
        self._say(phrase, **names)

    def warn(self, phrase: str, **names: str) -> None:
        """One phrase that stands above the choices of every last look; at once where nothing is asked."""
        if self._yes:
            self._say(phrase, **names)
        else:
            self._warnings.append(self._phrases.say(phrase, **names))

    def _tell(self, phrase: str, **names: str) -> None:
        """One phrase about what was just done, for the look that follows."""
        self._news.append(self._phrases.say(phrase, **names))

    def _say(self, phrase: str, **names: str) -> None:
        self._wrapped(self._phrases.say(phrase, **names))

    def _wrapped(self, text: str) -> None:
        from reflect.sharing.layout import wrapped

        for line in wrapped(text, self._desk.columns):
            self._desk.talk(line)

    def _ask(self, question: str) -> str:
        """The next line of input, cleaned. Raises `ReflectError` "not-shared" where there is none."""
        from reflect.text import clean_input, for_terminal

        if question:
            self._wrapped(question)
        sys.stderr.write(for_terminal("> "))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            self._desk.talk("")
            raise ReflectError(
                "not-shared",
                "Nothing was shared: nobody was there to say yes.",
                "To see it first: --preview. To share what is open without a talk: --yes",
            )
        return clean_input(line).strip()
