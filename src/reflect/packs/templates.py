"""Reads texts with `{placeholders}` into templates, and says what cannot be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from reflect.diagnostics import Place
from reflect.packs import codes
from reflect.packs.facts import Facts, Here
from reflect.packs.report import Report, clip
from reflect.packs.tree import Text
from reflect.script import Placeholder, Source, Template

_PEOPLE: dict[str, Source] = {
    "mentee": "mentee",
    "mentor": "mentor",
    "other": "other",
    "stage": "stage",
}
_FOLLOWS: dict[str, Source] = {"match": "match", "quote": "quote"}


class Surroundings(msgspec.Struct, frozen=True):
    """Where a text stands, and so what can be put into it.

    In a `question` nothing but answers that are read from `here`, in a `probe` also the
    answer it follows on from, in `core` no answers by id but the engine's own
    names: those in `engine`, or any when that is None.
    """

    where: Literal["question", "probe", "core"] = "question"
    here: Here = Here()
    engine: frozenset[str] | None = frozenset()


class Templates:
    """Makes templates of texts, for one pack."""

    def __init__(self, facts: dict[str, Facts], report: Report) -> None:
        self._facts = facts
        self._report = report

    def read(self, text: Text | None, around: Surroundings) -> Template:
        """The template of `text`; empty when there is no text. Whatever is wrong is reported."""
        if text is None:
            return ()
        if "{" not in text.value:
            return (text.value,)
        pieces: list[str | Placeholder] = []
        literal: list[str] = []
        for piece in self._pieces(text, around):
            if isinstance(piece, str):
                literal.append(piece)
                continue
            _close(literal, pieces)
            pieces.append(piece)
        _close(literal, pieces)
        return tuple(pieces)

    def _pieces(self, text: Text, around: Surroundings) -> Iterator[str | Placeholder]:
        value, position = text.value, 0
        while not self._report.settled:
            brace = value.find("{", position)
            if brace < 0:
                yield value[position:]
                return
            yield value[position:brace]
            if value.startswith("{{", brace):
                yield "{"
                position = brace + 2
                continue
            closing = value.find("}", brace)
            inside = value[brace + 1 : closing]
            if closing < 0 or "{" in inside or not inside.strip():
                self._bad(value[brace : closing + 1 if closing > 0 else None], text.at(brace))
                return
            position = closing + 1
            found = self._placeholder(inside, text.at(brace), around)
            if found is not None:
                yield found

    def _bad(self, found: str, place: Place) -> None:
        why = "is opened and never closed"
        if found.endswith("}"):
            why = "holds another brace" if "{" in found[1:] else "names nothing"
        message = f"`{clip(found)}` {why}."
        hint = "Write `{name}` or `{name|words}`, and `{{` where you mean a brace."
        self._report.error(codes.BAD_PLACEHOLDER, place, message, hint)

    def _placeholder(self, inside: str, place: Place, around: Surroundings) -> Placeholder | None:
        name, _, fallback = inside.partition("|")
        name, fallback = name.strip(), fallback.strip()
        if name in _PEOPLE:
            return Placeholder(_PEOPLE[name], "", fallback)
        if name in _FOLLOWS:
            return self._following(name, fallback, place, around)
        if around.where == "core":
            return self._engine(name, fallback, place, around)
        for source, start in (("quote", "quote of "), ("last", "last.")):
            if name.startswith(start):
                return self._answer(source, name.removeprefix(start).strip(), inside, place, around)
        return self._answer("answer", name, inside, place, around)

    def _following(
        self, name: str, fallback: str, place: Place, around: Surroundings
    ) -> Placeholder | None:
        if around.where != "question":
            return Placeholder(_FOLLOWS[name], "", fallback)
        message = f"`{{{name}}}` can be filled only in a probe."
        hint = "Put it into the `ask` of a probe, or take it out."
        if name == "quote":
            hint = "Name the question whose answer you mean: `{quote of id|words}`."
        self._report.error(codes.PLACEHOLDER_OUT_OF_PLACE, place, message, hint)
        return None

    def _engine(
        self, name: str, fallback: str, place: Place, around: Surroundings
    ) -> Placeholder | None:
        plain = name.replace("-", "").replace("_", "")
        known = plain.isascii() and plain.isalnum() and name == name.lower()
        if known and (around.engine is None or name in around.engine):
            return Placeholder("engine", name, fallback)
        self._unknown(name, place, around.engine or ())
        return None

    def _answer(
        self, source: str, name: str, inside: str, place: Place, around: Surroundings
    ) -> Placeholder | None:
        _, bar, fallback = inside.partition("|")
        facts = self._facts.get(name)
        if facts is None:
            self._unknown(name, place, self._facts)
            return None
        if source != "last" and not self._reachable(facts, place, around):
            return None
        sure = source != "last" and _sure(facts, around.here)
        if not bar and not sure:
            written = inside.strip()
            message = f"`{{{clip(written)}}}` may have nothing to fill in."
            hint = f"Say what stands then: `{{{clip(written)}|words}}`."
            self._report.error(codes.MISSING_FALLBACK, place, message, hint)
        kinds: dict[str, Source] = {"quote": "quote", "last": "last"}
        return Placeholder(kinds.get(source, "answer"), name, fallback.strip())

    def _reachable(self, facts: Facts, place: Place, around: Surroundings) -> bool:
        if around.here.sees(facts):
            return True
        code, message, hint = out_of_sight(facts, around.here)
        self._report.error(code, place, message, hint)
        return False

    def _unknown(self, name: str, place: Place, names: Iterable[str]) -> None:
        message = f"Nothing called `{clip(name)}` can be put into this text."
        hint = self._report.meant(name, names, _PEOPLE, _FOLLOWS)
        hint = hint or "Write the id of an earlier question, or mentee, mentor, other or stage."
        self._report.error(codes.UNKNOWN_PLACEHOLDER, place, message, hint)


def _close(literal: list[str], pieces: list[str | Placeholder]) -> None:
    """Add the characters gathered in `literal` to `pieces` as one piece, and begin anew."""
    joined = "".join(literal)
    if joined:
        pieces.append(joined)
    literal.clear()


def out_of_sight(facts: Facts, here: Here) -> tuple[str, str, str]:
    """The code, the message and the hint when the answer of `facts` cannot be read from `here`."""
    earlier = f"or write `last.{facts.id}` for an earlier session's answer."
    if facts.stage != here.stage:
        message = f"`{facts.id}` is asked in another stage."
        return codes.OUT_OF_REACH, message, f"Name a question of this stage, {earlier}"
    if facts.order >= here.order:
        message = f"`{facts.id}` (line {facts.place.line}) is not asked before this."
        return codes.READ_TOO_EARLY, message, f"Put it above this question, {earlier}"
    if facts.looped:
        message = (
            f"`{facts.id}` is asked several times in `{facts.group}` and can be read only there."
        )
        return codes.OUT_OF_REACH, message, f"Put this question into `{facts.group}`."
    message = f"Only one question of `{facts.group}` is asked in a session."
    return codes.OUT_OF_REACH, message, "Name a question outside this group."


def _sure(facts: Facts, here: Here) -> bool:
    return facts.steady and (not facts.group or (facts.looped and facts.group == here.group))
