"""Two versions of a pack compared by id: what is only worded anew, what is safe, what would lose old answers.

Answers of earlier sessions find their questions by id. An id that is gone without a word
leaves them without one; a question that asks for another kind of answer would be compared
with what it never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from reflect.packs.outline import plain
from reflect.packs.tree import Map, words_at
from reflect.script import PHASES, Question, Script, Stage, Template, questions_of
from reflect.text import shorten

Weight = Literal["wording", "safe", "loses"]
"""Only words; a change that no answer minds; one that old answers would be lost by."""

ALIKE = 60
"""From this similarity of two wordings (rapidfuzz's ratio, 0 to 100) a new id is offered as the old one's."""

_SHOWN = 60
_ORDER: tuple[Weight, ...] = ("loses", "safe", "wording")
_OPENNESS = ("no", "at the end", "yes")
_TEXTS = ("ask", "how", "example", "labels", "note")


class Change(msgspec.Struct, frozen=True):
    """One difference: the id it is about ("" for the pack as a whole), what it is, what to do about it."""

    weight: Weight
    id: str
    what: str
    advice: str = ""


class Version(msgspec.Struct, frozen=True):
    """A script with the ids that its pack has retired."""

    script: Script
    retired: frozenset[str]

    @classmethod
    def of(cls, script: Script, tree: Map) -> Version:
        """The version that `script` and its resolved `tree` are of."""
        return cls(script, frozenset(words_at(tree, "retired")))


def compare(old: Version, new: Version) -> tuple[Change, ...]:
    """Every difference from `old` to `new`, what loses answers first."""
    found = [*_pack(old.script, new.script), *_stages(old.script, new.script)]
    found += _questions(old, new)
    if found and old.script.version == new.script.version:
        what = f"the version is still {new.script.version}"
        found.append(Change("safe", "", what, "Give it a higher one, so that people can tell."))
    return tuple(sorted(found, key=lambda change: _ORDER.index(change.weight)))


def _pack(old: Script, new: Script) -> Iterator[Change]:
    if old.pack != new.pack:
        what = f"the pack is called `{new.pack}` and was `{old.pack}`"
        yield Change("loses", "", what, "Keep the id: what was answered belongs to it.")
    if old.language != new.language:
        what = f"the language is {new.language} and was {old.language}"
        yield Change("loses", "", what, "Put the other language under translations/.")
    if (old.title, old.about, old.signs) != (new.title, new.about, new.signs):
        yield Change("wording", "", "the pack's title, line or signs")


def _stages(old: Script, new: Script) -> Iterator[Change]:
    was = {stage.id: stage for stage in old.stages}
    now = {stage.id: stage for stage in new.stages}
    for name, stage in was.items():
        if name not in now:
            what = f"the stage is gone ({shorten(stage.title, _SHOWN)})"
            advice = (
                "Keep its id, and change its title: paused sessions cannot take the new version."
            )
            yield Change("loses", name, what, advice)
        else:
            yield from _stage(stage, now[name])
    for name, stage in now.items():
        if name not in was:
            yield Change("safe", name, f"a new stage ({shorten(stage.title, _SHOWN)})")


def _stage(old: Stage, new: Stage) -> Iterator[Change]:
    if (old.title, old.aim, old.signs) != (new.title, new.aim, new.signs):
        yield Change("wording", old.id, "the stage's title, aim or signs")
    if old.lifecycle != new.lifecycle:
        yield Change("safe", old.id, f"the stage serves {', '.join(new.lifecycle) or 'no state'}")


# --- questions ---------------------------------------------------------------------


def _questions(old: Version, new: Version) -> Iterator[Change]:
    was, now = _by_id(old.script), _by_id(new.script)
    renamed = {was_id: now_id for was_id, now_id in new.script.renamed.items() if now_id in now}
    fresh = [question for name, question in now.items() if name not in was]
    for name, question in was.items():
        heir = name if name in now else renamed.get(name, "")
        if heir:
            if heir != name:
                yield Change("safe", name, f"is called `{heir}` now, and `renamed` says so")
            yield from _question(question, now[heir])
        elif name in new.retired:
            yield Change("safe", name, "is retired")
        else:
            yield _gone(question, fresh)
    places_was, places_now = _places(old.script), _places(new.script)
    for name in was.keys() & now.keys():
        if places_was[name] != places_now[name]:
            yield Change("safe", name, f"stands under {places_now[name]} now")
    heirs = set(renamed.values())
    for question in fresh:
        if question.id not in heirs:
            yield Change("safe", question.id, f"a new question: {_first(question)}")


def _gone(question: Question, fresh: Iterable[Question]) -> Change:
    what = f"is not asked any more: {_first(question)}"
    near = _nearest(question, fresh)
    if near:
        advice = f"If `{near}` is the same question, write `{question.id}: {near}` under `renamed`."
    else:
        advice = f"Write `{question.id}` under `retired`, or keep it."
    return Change("loses", question.id, what, advice)


def _nearest(question: Question, others: Iterable[Question]) -> str:
    """The id of the question most like this one, "" when none is like it."""
    from rapidfuzz import fuzz

    alike = [
        (max(fuzz.ratio(plain(a), plain(b)) for a in question.ask for b in other.ask), other.id)
        for other in others
        if other.kind == question.kind and other.ask and question.ask
    ]
    ratio, name = max(alike, default=(0, ""))
    return name if ratio >= ALIKE else ""


def _question(old: Question, new: Question) -> Iterator[Change]:
    name = old.id
    if (old.kind, old.low, old.high) != (new.kind, new.low, new.high):
        what = f"takes {_kind(new)} and took {_kind(old)}"
        advice = "Give it an id of its own and retire this one: answers of last time do not fit."
        yield Change("loses", name, what, advice)
    else:
        yield from _options(old, new)
    if any(getattr(old, key) != getattr(new, key) for key in _TEXTS) or _said(old) != _said(new):
        yield Change("wording", name, "worded anew")
    yield from _conduct(old, new)


def _options(old: Question, new: Question) -> Iterator[Change]:
    was = {option.id: option.label for option in old.options}
    now = {option.id: option.label for option in new.options}
    for gone in was.keys() - now.keys():
        advice = f"Keep the id `{gone}` and change its label: who chose it chose something."
        yield Change("loses", old.id, f"the option `{gone}` is gone", advice)
    for added in now.keys() - was.keys():
        yield Change("safe", old.id, f"a new option `{added}`")
    if any(was[same] != now[same] for same in was.keys() & now.keys()):
        yield Change("wording", old.id, "the label of an option")


def _conduct(old: Question, new: Question) -> Iterator[Change]:
    """What a question does, apart from its words."""
    if old.keep != new.keep:
        yield Change("safe", old.id, f"answers become {new.keep or 'nothing'} from now on")
    if old.share != new.share:
        more = _OPENNESS.index(new.share) > _OPENNESS.index(old.share)
        advice = "Old answers stay as private as they were promised." if more else ""
        yield Change("safe", old.id, f"share is {new.share} and was {old.share}", advice)
    if _rules(old) != _rules(new):
        yield Change("safe", old.id, "is asked, checked or followed up under other conditions")


def _rules(question: Question) -> tuple[object, ...]:
    """When it is asked, and what its answers lead to."""
    return (
        question.when.text if question.when else "",
        tuple(must.check.text for must in question.must),
        tuple((probe.id, probe.when.text) for probe in question.probes),
        (question.deeper, question.skip, question.audience, question.moves_to, question.check),
    )


def _said(question: Question) -> tuple[Template | tuple[Template, ...], ...]:
    """The words of its checks and follow-ups, where there are as many as before."""
    return (*(must.say for must in question.must), *(probe.ask for probe in question.probes))


def _by_id(script: Script) -> dict[str, Question]:
    return {question.id: question for stage in script.stages for question in stage.questions()}


def _places(script: Script) -> dict[str, str]:
    return {
        question.id: f"`{phase}` of `{stage.id}`"
        for stage in script.stages
        for phase in PHASES
        for block in stage.blocks(phase)
        for question in questions_of(block)
    }


def _kind(question: Question) -> str:
    ends = f" from {question.low} to {question.high}"
    return f"`{question.kind}`{ends if question.kind == 'scale' else ''}"


def _first(question: Question) -> str:
    return shorten(plain(question.ask[0]) if question.ask else "", _SHOWN)
