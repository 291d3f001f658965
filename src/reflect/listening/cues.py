"""The cues that are built in: what can be heard in an answer, each with one line of definition.

A cue is a function from an `Utterance` to the places where it is heard, to an
empty tuple (heard, nowhere in particular) or to None (not heard). To add one, write
the function, its lists in the lexicon and a line in `builtin_cues`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from reflect.events import Span
from reflect.listening.goals import measures
from reflect.listening.owner import owner
from reflect.listening.utterance import Utterance
from reflect.listening.vague import is_vague
from reflect.listening.words import first_from
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
    )


def vague(said: Utterance) -> Heard:
    """Nothing identifiable is named."""
    return () if is_vague(said.words, said.language) else None


def dated(said: Utterance) -> Heard:
    """A date to come or an occasion is named."""
    due = said.due
    return (due.span,) if due else None


def owned(said: Utterance) -> Heard:
    """Somebody is named as the one who acts."""
    due = said.due
    who, span = owner(said.words, said.language, due.span if due else None)
    return (span,) if span and who != "unclear" else None


def measurable(said: Utterance) -> Heard:
    """An amount or a checkable end state is named, the date apart."""
    due = said.due
    return measures(said.tokens, said.language, due.span if due else None) or None


def hedged(said: Utterance) -> Heard:
    """The answer is softened."""
    return said.find("hedged") or None


def blaming(said: Utterance) -> Heard:
    """Somebody else is said to be at fault, never to act, or always to act badly."""
    return said.find("blaming") or _blamed_acts(said) or _blamed_acts_first(said) or None


def _blamed_acts(said: Utterance) -> tuple[Span, ...]:
    """Somebody else with an always or a never and a fitting act: "my boss always cancels"."""
    language, tokens = said.language, said.tokens
    found: list[Span] = []
    between = language.words("blaming-between")
    for at in range(1, len(tokens) - 1):
        before, word = tokens[at - 1], tokens[at].word
        after = (token for token in tokens[at + 1 : at + 4] if token.word not in between)
        act = next(after, tokens[at + 1])
        if before.word not in language.words("blaming-others"):
            continue
        good = act.word in language.words("blaming-good-acts")
        bad = act.word in language.words("blaming-bad-acts")
        if (word in language.words("blaming-never") and not good) or (
            word in language.words("blaming-always") and bad
        ):
            found.append(Span(before.start, act.end))
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


def mood(said: Utterance) -> Literal["", "low", "glad"]:
    """How the writer sounds; empty when nothing, or both, can be heard."""
    heavy, light = low(said), glad(said)
    if bool(heavy) == bool(light):
        return ""
    return "low" if heavy else "glad"


def _felt(said: Utterance, name: str) -> tuple[Span, ...]:
    return tuple(span for span in said.find(name) if not _is_denied(said, span))


def _is_denied(said: Utterance, span: Span) -> bool:
    """Whether one of the three words before `span` in its sentence is a "not"."""
    at = first_from(said.tokens, span.start)
    before = said.tokens[max(0, at - 3) : at]
    denials = said.language.words("denials")
    return any(
        token.word in denials and not set(said.text[token.end : span.start]) & set(".!?;,\n")
        for token in before
    )
