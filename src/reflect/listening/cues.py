"""The cues that are built in: what can be heard in an answer, each with one line of definition.

A cue is a function from an `Utterance` to the places where it is heard, to an
empty tuple (heard, nowhere in particular) or to None (not heard). To add one, write
the function, its lists in the lexicon and a line in `builtin_cues`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from reflect.events import Span
from reflect.listening.challenges import challenge
from reflect.listening.depth import Depth
from reflect.listening.depth import heard as level_heard
from reflect.listening.goals import measures
from reflect.listening.mood import felt, prevailing
from reflect.listening.owner import asked_about
from reflect.listening.utterance import Utterance
from reflect.script import Value

Heard = tuple[Span, ...] | None

__all__ = ["Cue", "Heard", "Unheard", "Utterance", "builtin_cues"]


class Unheard(Exception):
    """Raised by a cue that cannot tell: neither that it was heard nor that it was not is claimed."""


class Cue(Value, frozen=True):
    """Something that can be heard in an answer; `hear` is pure, `definition` one line for authors."""

    name: str
    definition: str
    hear: Callable[[Utterance], Heard]


def builtin_cues() -> tuple[Cue, ...]:
    """Every cue that reflect itself brings."""
    return (
        Cue("vague", "names nothing one could point at: no event, thing, act or figure", vague),
        Cue("dated", "says when: a date to come, or an occasion such as the next session", dated),
        Cue("owned", "says who will act: me, the mentor, both or somebody named", owned),
        Cue("measurable", "names an amount, or an end state that anybody could check", measurable),
        Cue("hedged", "is taken back while it is said: maybe, sort of, I suppose", hedged),
        Cue("blaming", "puts what went wrong down to somebody else", blaming),
        Cue("low", "sounds sad, worried, tired or angry", low),
        Cue("glad", "sounds glad, proud or relieved", glad),
        *(Cue(kind, meaning, _challenge(kind)) for kind, meaning in _CHALLENGES),
        *(Cue(level, meaning, _depth(level)) for level, meaning in _DEPTHS),
    )


_CHALLENGES = (
    ("time", "speaks of too little time, one's own or the mentor's"),
    ("expectations", "speaks of who should do or get what being unclear or different"),
    ("power", "speaks of rank, appraisal, deference or control"),
    ("distance", "speaks of being far apart, remote, or in another time zone"),
    ("conflict", "speaks of a dispute or friction between people"),
    ("no-progress", "speaks of being stuck, or of the same thing over and over"),
    ("confidence", "speaks of self-doubt, or of fear of not being good enough"),
)
_DEPTHS: tuple[tuple[Depth, str], ...] = (
    ("reasons", "gives a reason for what happened"),
    ("other-side", "sees it with somebody else's eyes"),
    ("new-view", "tells of seeing it in another way than before"),
)


def _challenge(kind: str) -> Callable[[Utterance], Heard]:
    """The cue for one kind of challenge."""

    def hear(said: Utterance) -> Heard:
        found = challenge(said, kind)
        return (found.span,) if found else None

    return hear


def _depth(level: Depth) -> Callable[[Utterance], Heard]:
    """The cue for one level of depth."""
    return lambda said: level_heard(said, level) or None


def vague(said: Utterance) -> Heard:
    """Nothing identifiable is named."""
    return () if said.is_vague else None


def dated(said: Utterance) -> Heard:
    """A date to come or an occasion is named."""
    due = said.due
    return (due.span,) if due else None


def owned(said: Utterance) -> Heard:
    """Somebody is named as the one who acts."""
    who, span = asked_about(said.subject)
    return (span,) if span and who != "unclear" else None


def measurable(said: Utterance) -> Heard:
    """An amount or a checkable end state is named, the date apart."""
    return measures(said) or None


def hedged(said: Utterance) -> Heard:
    """The answer is softened."""
    return said.find("hedged") or None


def blaming(said: Utterance) -> Heard:
    """Somebody else is said to be at fault, never to act, or always to act badly."""
    framed = tuple(found.span for found in said.frames("said-blaming"))
    listed = said.find("blaming") or framed
    return listed or _blamed_acts(said) or _blamed_acts_first(said) or None


def _blamed_acts(said: Utterance) -> tuple[Span, ...]:
    """Somebody else with an always or a never and a fitting act: "my boss always cancels"."""
    language, tokens = said.language, said.tokens
    never, always = (
        language.words(f"blaming-{name}").among(said.words.distinct) for name in ("never", "always")
    )
    others, between = language.words("blaming-others"), language.words("blaming-between")
    found: list[Span] = []
    for at in sorted(place for word in never | always for place in said.words.places[word]):
        if not 0 < at < len(tokens) - 1 or tokens[at - 1].word not in others:
            continue
        after = (token for token in tokens[at + 1 : at + 4] if token.word not in between)
        act = next(after, tokens[at + 1])
        good = act.word in language.words("blaming-good-acts")
        bad = act.word in language.words("blaming-bad-acts")
        word = tokens[at].word
        if (word in never and not good) or (word in always and bad):
            found.append(Span(tokens[at - 1].start, act.end))
    return tuple(found)


def _blamed_acts_first(said: Utterance) -> tuple[Span, ...]:
    """The same where the act stands before the adverb, with up to two words between: "er hört nie zu"."""
    language, tokens = said.language, said.tokens
    if "blaming-subjects" not in language.lexicon.lists:
        return ()
    found: list[Span] = []
    for name in ("never", "always"):
        adverbs, acts = language.words(f"blaming-{name}"), language.words(f"blaming-acts-{name}")
        for at, token in enumerate(tokens):
            after = tokens[at + 1].word if at + 1 < len(tokens) else ""
            if token.word in adverbs and after not in language.words("blaming-good-acts"):
                found.extend(
                    Span(tokens[act - 1].start, token.end)
                    for act in range(max(1, at - 3), at)
                    if tokens[act].word in acts
                    and tokens[act - 1].word in language.words("blaming-subjects")
                )
    return tuple(sorted(found))


def low(said: Utterance) -> Heard:
    """A heavy feeling is named and not denied."""
    return _felt(said, "low") or None


def glad(said: Utterance) -> Heard:
    """A light feeling is named and not denied."""
    return _felt(said, "glad") or None


def _felt(said: Utterance, name: Literal["low", "glad"]) -> tuple[Span, ...]:
    """The places of a mood that is not taken back by the other one."""
    heard = prevailing(said)
    if heard is None or heard.mood != name:
        return ()
    return tuple(sorted({heard.span, *(one.span for one in felt(said, name))}))
