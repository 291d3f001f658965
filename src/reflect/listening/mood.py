"""How the writer sounds: low, glad, or nothing that could be said with certainty.

Every word and frame the lexicon lists for a feeling is evidence, strong (`low`, `glad`: enough alone)
or a hint (`low-hints`, `glad-hints`: two are needed, or one that is stressed). Of readings that overlap
the longest stands, so "happy hour" is no gladness and "wouldn't swap it" no refusal. A "not" turns
evidence round; what is only wished or asked does not count. Where both moods remain, the one on
which the answer ends stands when it is set against the other ("terrified, and it went
brilliantly"); else nothing is claimed. Praise of something bad is bitter, and low.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from reflect.events import Span
from reflect.listening.utterance import Utterance, once
from reflect.listening.words import Token, first_from

Mood = Literal["", "low", "glad"]
Around = Mapping[str, tuple[Span, ...]]
"""Where words stand that change what is said of a feeling, by the end of their list's name."""

ENOUGH = 2
"""The strength from which a mood is claimed: one strong word, or two hints."""

_LETTERS_SEARCHED = 2_000
_LETTERS_BETWEEN_HINTS = 70
_STRENGTHS = {"": ENOUGH, "-hints": 1}
_OPPOSITE: dict[Mood, Mood] = {"low": "glad", "glad": "low"}
_REACH = 3
_WISHED_WITHIN = 5
_WOES_WITHIN = 14
_AROUND = ("wished", "denied", "denied-after", "stressed")
_STOPS = frozenset(".!?;,:\n")


class Felt(NamedTuple):
    """A mood, the words it is heard in, the list or frame that heard it, and how strongly."""

    mood: Mood
    span: Span
    rule: str
    strength: int = ENOUGH


@once
def prevailing(said: Utterance) -> Felt | None:
    """What the writer sounds like on the whole; None when nothing, or no one thing, can be heard."""
    every = _readings(said)
    bitter = said.frames("said-bitter")
    if bitter:
        return Felt("low", *bitter[0])
    if said.frames("said-even"):
        return None
    return _bitter(said, every) or _weighed(said, [one for one in every if one.mood])


def felt(said: Utterance, mood: Mood) -> tuple[Felt, ...]:
    """The evidence for `mood`, low or glad, in order."""
    return tuple(one for one in _readings(said) if one.mood == mood)


def mood(said: Utterance) -> Mood:
    """`prevailing` by its name; empty when nothing can be heard."""
    heard = prevailing(said)
    return heard.mood if heard else ""


# --- evidence ------------------------------------------------------------------------------


@once
def _readings(said: Utterance) -> list[Felt]:
    """What is heard of feelings, in order, without overlaps, turned round where it is denied."""
    end = _end(said)
    heard = (*_listed(said), *_framed(said), *_marks(said))
    every = _longest([one for one in heard if one.span.start < end or one.rule.endswith("marks")])
    if not every:
        return []
    around = {name: said.find(f"feelings-{name}") for name in _AROUND}
    return [felt for one in every if (felt := _as_meant(said, one, around))]


def _end(said: Utterance) -> int:
    """Where the words end among which feelings are looked for."""
    return said.sentences[-1][-1].end if said.sentences else len(said.text)


def _listed(said: Utterance) -> Iterable[Felt]:
    """Words and phrases of the lists; mood "" for those that speak of no feeling."""
    for span in said.find("unfelt"):
        yield Felt("", span, "unfelt", 0)
    for mood in _OPPOSITE:
        for kind, strength in _STRENGTHS.items():
            for span in said.find(mood + kind):
                yield Felt(mood, span, mood + kind, strength)


def _framed(said: Utterance) -> Iterable[Felt]:
    for found in said.frames("said-unfelt"):
        yield Felt("", *found, 0)
    for mood in _OPPOSITE:
        for kind, strength in _STRENGTHS.items():
            for found in said.frames(f"said-{mood}{kind}"):
                yield Felt(mood, *found, strength)


def _marks(said: Utterance) -> Iterable[Felt]:
    """Faces and other signs, written as they are listed."""
    text = said.text[:_LETTERS_SEARCHED]
    for mood in _OPPOSITE:
        for mark in said.language.entries(f"{mood}-marks"):
            at = text.find(mark)
            if at >= 0:
                yield Felt(mood, Span(at, at + len(mark)), f"{mood}-marks")


def _longest(every: list[Felt]) -> list[Felt]:
    """Of those that overlap the longest; at one length the one that claims least."""
    kept: list[Felt] = []
    covered: set[int] = set()
    for one in sorted(every, key=lambda one: (one.span.start - one.span.end, one.strength)):
        start, end = one.span
        if covered.isdisjoint((start, end - 1)):  # those before it are as long, or longer
            kept.append(one)
            covered.update(range(start, end))
    return sorted(kept, key=lambda one: one.span)


def _as_meant(said: Utterance, one: Felt, around: Around) -> Felt | None:
    """`one` as it counts: turned round by a "not", stronger by a "so"; None where it is only wished."""
    if not one.mood:
        return one
    before = _before(said, one.span)

    def stands(name: str, within: int) -> bool:
        if not before or not around[name]:
            return False
        start = before[-within:][0].start
        return any(start <= at.start and at.end <= one.span.start for at in around[name])

    if stands("wished", _WISHED_WITHIN):
        return None
    if stands("denied", _REACH) or _denied_after(said, one.span, around["denied-after"]):
        weaker = max(one.strength - 1, 1) if one.mood == "low" else one.strength
        return one._replace(mood=_OPPOSITE[one.mood], strength=weaker)
    stressed = stands("stressed", 2) or _is_called_out(said, one)
    return one._replace(strength=ENOUGH) if stressed else one


def _before(said: Utterance, span: Span) -> tuple[Token, ...]:
    """The words before `span` up to the last stop, `_WISHED_WITHIN` at most."""
    tokens, text = said.tokens, said.text
    at = first = first_from(tokens, span.start)
    while first and at - first < _WISHED_WITHIN:
        following = tokens[first].start if first < len(tokens) else span.start
        if not _STOPS.isdisjoint(text[tokens[first - 1].end : following]):
            break
        first -= 1
    return tokens[first:at]


def _denied_after(said: Utterance, span: Span, denials: tuple[Span, ...]) -> bool:
    """Whether a "not" stands shortly after `span`, in languages that put it there."""
    if not denials:
        return False
    at = first_from(said.tokens, span.end)
    near = [token.start for token in said.tokens[at : at + _REACH]]
    return any(
        denial.start in near and _STOPS.isdisjoint(said.text[span.end : denial.start])
        for denial in denials
    )


def _is_called_out(said: Utterance, one: Felt) -> bool:
    """Whether gladness is followed by an exclamation mark before the next stop."""
    if one.mood != "glad" or "!" not in said.text:
        return False
    rest = said.text[one.span.end : one.span.end + 60]
    return next((letter for letter in rest if letter in ".?!\n;,"), "") == "!"


# --- the whole -----------------------------------------------------------------------------


def _weighed(said: Utterance, every: list[Felt]) -> Felt | None:
    """The mood of all evidence together; of two the last one, when it is set against the other."""
    low, glad = ([one for one in every if one.mood == mood] for mood in _OPPOSITE)
    if not low or not glad:
        return _enough(low or glad)
    last = every[-1].mood
    ending, other = (low, glad) if last == "low" else (glad, low)
    earlier = [one for one in other if one.span.start < ending[-1].span.start]
    closing = [one for one in ending if one.span.start > earlier[-1].span.start]
    if _turns(said, earlier[-1], closing[0]):
        return _enough(closing) or (_enough(ending) if last == "low" else None)
    if _enough(ending) and not _enough(other):
        return _enough(ending)
    return _enough(other) if not _enough(ending) else None


def _enough(every: list[Felt]) -> Felt | None:
    """The strongest of `every`: something strong, or the first of two hints near each other."""
    strong = next((one for one in every if one.strength >= ENOUGH), None)
    near = (
        one
        for one, after in pairwise(every)
        if after.span.start - one.span.end <= _LETTERS_BETWEEN_HINTS
    )
    return strong or next(near, None)


def _turns(said: Utterance, before: Felt, after: Felt) -> bool:
    """Whether `after` is set against `before`: by a turn, in another sentence, or as what came of it."""
    turns = said.frames("said-turn")
    if any(before.span.start < found.span.start < after.span.end for found in turns):
        return True
    if said.sentence_of(before.span) != said.sentence_of(after.span):
        return True
    between = said.text[before.span.end : after.span.start]
    return after.mood == "low" and len(between.split()) > _REACH and "," not in between


def _bitter(said: Utterance, every: list[Felt]) -> Felt | None:
    """Praise thrown in by itself ("lovely.") beside a woe and with no other joy."""
    tokens = said.tokens
    glad = [one for one in every if one.mood == "glad"]
    low = any(one.mood == "low" for one in every)
    for span in said.find("bitter-openings"):
        if span.start >= _end(said):
            break
        at, after = first_from(tokens, span.start), first_from(tokens, span.end)
        follows = bool(said.language.find("woes", tokens[after : after + 1]))
        alone = _is_set_off(said.text, span)
        if _before(said, span) or not (alone or follows):
            continue
        near = tokens[after : after + _WOES_WITHIN]
        near = (*tokens[max(0, at - _WOES_WITHIN) : at], *near) if alone else near
        joys = any(not _overlap(one.span, span) for one in (*glad[:1], *glad[-1:]))
        if not joys and (low or said.language.find("woes", near)):
            return Felt("low", span, "bitter-openings")
    return None


def _is_set_off(text: str, span: Span) -> bool:
    """Whether a stop or a comma, or nothing, follows `span`."""
    return text[span.end : span.end + 1] in {"", ",", ".", "…", "!"}


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
