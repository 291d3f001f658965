"""What a cue is given to listen to."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from reflect.events import Private, Span
from reflect.listening.dates import Dates, Due
from reflect.listening.language import Language
from reflect.listening.words import Token, Words
from reflect.script import Lexicon


class Utterance(Private, frozen=True, dict=True):
    """One answer as cues see it.

    `text` is what spans count in; `kind` the kind of answer expected; `today` the
    local date on which it was given, `meeting` the day of the next meeting, `other` the name of
    the person opposite. `find` searches it for a list of the lexicon.
    """

    text: str
    words: Words
    language: Language
    dates: Dates
    kind: str
    today: date
    meeting: date | None = None
    other: str = ""

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words in order, in lower case, with their places."""
        return self.words.tokens

    @property
    def lexicon(self) -> Lexicon:
        """The word lists of its language."""
        return self.language.lexicon

    def find(self, name: str) -> tuple[Span, ...]:
        """Where words of the lexicon's list `name` stand, but not inside one of `<name>-except`."""
        return self.language.find_in(name, self.words)

    @cached_property
    def due(self) -> Due | None:
        """The date or the occasion that is named, if one is."""
        return self.dates.read(self.words, self.today) or self.dates.occasion(
            self.words, self.meeting, self.other
        )
