"""What a cue is given to listen to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, wraps
from typing import TypeVar, cast

from reflect.events import Private, Span
from reflect.listening.clauses import MOST_WORDS, Clause, further, sentences
from reflect.listening.dates import Dates, Due
from reflect.listening.frames import Found
from reflect.listening.language import Language
from reflect.listening.owner import Owner, subject
from reflect.listening.vague import is_vague, names_nothing_beside
from reflect.listening.words import Token, Words, first_from
from reflect.script import Lexicon

Known = TypeVar("Known")

_SHORT = 12
"""Up to so many words an answer may say when and nothing else."""


def once(tell: Callable[[Utterance], Known]) -> Callable[[Utterance], Known]:
    """`tell`, worked out once for an utterance, however many cues ask."""

    @wraps(tell)
    def told(said: Utterance) -> Known:
        if tell not in said.told:
            said.told[tell] = tell(said)
        return cast(Known, said.told[tell])

    return told


class Utterance(Private, frozen=True, dict=True):
    """One answer as cues see it.

    `text` is what spans count in; `kind` the kind of answer expected; `today` the
    local date on which it was given, `meeting` the day of the next meeting, `other` the name of
    the person opposite. `wants` says what the answer becomes (action, goal), `phase` what was asked
    about (worked, adjust, next, feedback); both are empty when that is not known. `find` searches
    it for a list of the lexicon.
    """

    text: str
    words: Words
    language: Language
    dates: Dates
    kind: str
    today: date
    meeting: date | None = None
    other: str = ""
    wants: str = ""
    phase: str = ""

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

    def frames(self, name: str) -> tuple[Found, ...]:
        """Where frames of the lexicon's list `name` stand, typos forgiven, in the first 400 words."""
        return self._framed.get(name, ())

    def frames_throughout(self, name: str) -> tuple[Found, ...]:
        """As `frames`, of words of danger and grave ones, behind the first 400 words too."""
        return (*self.frames(name), *self._further.get(name, ()))

    @cached_property
    def _further(self) -> dict[str, tuple[Found, ...]]:
        if len(self.tokens) <= MOST_WORDS:
            return {}
        return self.language.find_heavy(further(self.text, self.tokens, self.language))

    @cached_property
    def _framed(self) -> dict[str, tuple[Found, ...]]:
        return self.language.find_frames(self.sentences)

    @cached_property
    def sentences(self) -> tuple[Clause, ...]:
        """Its first 400 words, sentence by sentence, typos mended."""
        mended = self.language.spelling.mended(self.tokens)
        return tuple(sentences(self.text, mended, self.language))

    def sentence_of(self, span: Span) -> Span:
        """The sentence in which `span` begins."""
        for sentence in self.sentences:
            if sentence[0].start <= span.start < sentence[-1].end:
                return Span(sentence[0].start, sentence[-1].end)
        return span

    def denies(self, found: Found) -> bool:
        """Whether a "not" stands within three words before `found` in its clause, and `found` holds none."""
        denials = self.language.words("denials")
        at = first_from(self.tokens, found.span.start)
        if any(token.word in denials for token in self._tokens_in(found.span)):
            return False
        return any(
            token.word in denials
            and not set(self.text[token.end : found.span.start]) & set(".!?;,:\n")
            for token in self.tokens[max(0, at - 3) : at]
        )

    def _tokens_in(self, span: Span) -> tuple[Token, ...]:
        tokens = self.tokens
        return tokens[first_from(tokens, span.start) : first_from(tokens, span.end)]

    @cached_property
    def told(self) -> dict[Callable[[Utterance], object], object]:
        """What was worked out of it, by the function decorated with `once`."""
        return {}

    @cached_property
    def is_vague(self) -> bool:
        """Whether it names nothing, as `vague.is_vague` tells."""
        if is_vague(self.words, self.language):
            return True
        rests = [self.sentence_of(found.span) for found in self.frames("said-unnamed")]
        if self.due and len(self.words) <= _SHORT:
            rests.append(self.due.span)
        return any(names_nothing_beside(rest, self.words, self.language) for rest in rests)

    @cached_property
    def due(self) -> Due | None:
        """The date or the occasion that is named, if one is."""
        clocks = self.wants != "goal"
        return self.dates.read(self.words, self.today, clocks=clocks) or self.dates.occasion(
            self.words, self.meeting, self.other
        )

    @cached_property
    def subject(self) -> Owner:
        """Who acts and the words that say so, as `owner.subject` tells them apart."""
        return subject(self.words, self.language, self.due.span if self.due else None, self.other)
