"""What plug-ins bring, wrapped so that every later call is made apart from us and its result checked.

What they are given is frozen, or a copy of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Protocol

import msgspec

from reflect.errors import ReflectError
from reflect.events import Span
from reflect.plugins.isolation import AT_ONCE, BATCH, Outcome
from reflect.text import for_terminal, shorten

if TYPE_CHECKING:
    from reflect.listening.cues import Cue, Heard
    from reflect.listening.kinds import AnswerKind
    from reflect.listening.utterance import Utterance
    from reflect.packs.rules import LintRule
    from reflect.script import Script
    from reflect.sharing.document import Collection
    from reflect.sharing.exporter import Exporter

MOST_BYTES = 16 * 1024 * 1024
"""Bytes of one exported document."""
_MOST_FOUND = 1_000
_SENTENCE = 300


class Apart(Protocol):
    """The door to one plug-in."""

    @property
    def place(self) -> str:
        """Its name and version."""

    def run(self, doing: str, action: Callable[[], object], seconds: float) -> Outcome:
        """As `run_apart`; what goes wrong has been reported, and a plug-in that is off fails at once."""

    def refuse(self, message: str, hint: str) -> None:
        """Report that what came back cannot be used."""


def guarded_cue(cue: Cue, apart: Apart) -> Cue:
    """`cue`, which raises `Unheard` when it fails."""
    from reflect.listening.cues import Cue, Unheard

    copies = _Copies()

    def hear(said: Utterance) -> Heard:
        doing = f"when it listened for {cue.name}"
        outcome = apart.run(doing, lambda: _places(cue.hear(copies.of(said))), AT_ONCE)
        if outcome.failed:
            raise Unheard
        found = outcome.value
        if found is None or isinstance(found, tuple):
            return found
        apart.refuse(f"the cue {cue.name} gave something else than places", "see Cue")
        raise Unheard

    return Cue(cue.name, str(cue.definition), hear)


def guarded_kind(kind: AnswerKind, apart: Apart) -> AnswerKind:
    """`kind`, which lets every answer pass when it fails."""
    from reflect.listening.kinds import AnswerKind

    def check(text: str) -> str | None:
        outcome = apart.run(f"when it checked a {kind.name}", lambda: kind.check(text), AT_ONCE)
        said = outcome.value
        if said is None:
            return None
        if isinstance(said, str) and said.strip():
            return _sentence(said)
        message = f"the check of {kind.name} gave neither None nor a sentence"
        apart.refuse(message, "return None when the answer will do")
        return None

    return AnswerKind(kind.name, kind.help, check)


def guarded_rule(rule: LintRule, apart: Apart) -> LintRule:
    """`rule`, which finds nothing when it fails."""
    from reflect.packs.rules import LintRule

    def check(script: Script) -> tuple[tuple[str, str], ...]:
        doing = f"when it held a pack against {rule.code}"
        found = apart.run(doing, lambda: _findings(rule, script), BATCH).value
        if found is None or isinstance(found, tuple):
            return found or ()
        message = f"the rule {rule.code} gave something else than ids with messages"
        apart.refuse(message, "yield pairs: the id of a question and a message")
        return ()

    return LintRule(rule.code, rule.help, check)


def guarded_exporter(exporter: Exporter, apart: Apart) -> Exporter:
    """`exporter`, which raises `ReflectError` "exporter-failed" when it fails."""
    from reflect.sharing.exporter import Exporter

    def write(sessions: Collection) -> bytes:
        doing = f"when it wrote {exporter.name}"
        outcome = apart.run(doing, lambda: exporter.write(sessions), BATCH)
        if outcome.failed:
            raise _no_export(exporter.name, outcome.diagnostics[0].message, apart)
        if type(outcome.value) is not bytes:
            raise _no_export(exporter.name, "the plug-in gave something else than bytes", apart)
        if len(outcome.value) > MOST_BYTES:
            most = f"the plug-in gave more than {MOST_BYTES // 1024 // 1024} MiB"
            raise _no_export(exporter.name, most, apart)
        return outcome.value

    return Exporter(exporter.name, exporter.suffix, exporter.help, write)


class _Copies:
    """Answers for a plug-in's cues, on word lists of their own: what is done to one reaches nobody else."""

    def __init__(self) -> None:
        self._of = 0
        self._mine: Utterance | None = None

    def of(self, said: Utterance) -> Utterance:
        """A copy of `said`."""
        from reflect.listening.dates import Dates
        from reflect.listening.language import Language
        from reflect.listening.utterance import Utterance
        from reflect.listening.words import Words
        from reflect.script import Lexicon

        if self._mine is None or self._of != id(said.language):
            theirs = said.lexicon
            language = Language(Lexicon(theirs.language, dict(theirs.lists)))
            dates = Dates(language)
        else:
            language, dates = self._mine.language, self._mine.dates
        self._of = id(said.language)
        self._mine = Utterance(said.text, Words(said.text), language, dates, said.kind, said.today)
        return self._mine


def _places(found: object) -> object:
    """`found` as spans when it is places; itself when it is something else."""
    if found is None or not isinstance(found, (tuple, list)):
        return found
    places = tuple(Span(*place) for place in found[:_MOST_FOUND])
    sound = all(type(place.start) is int and type(place.end) is int for place in places)
    return places if sound else "no places"


def _findings(rule: LintRule, script: Script) -> object:
    """The findings of `rule` in a copy of `script`; something else when they are none."""
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(script), type=type(script))
    pairs = [tuple(pair) for pair in islice(rule.check(copy), _MOST_FOUND)]
    if not all(len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in pairs):
        return "no findings"
    return tuple((str(name), _sentence(message)) for name, message in pairs)


def _sentence(text: str) -> str:
    return shorten(for_terminal(text), _SENTENCE)


def _no_export(name: str, message: str, apart: Apart) -> ReflectError:
    hint = "Nothing was written. Tell its author, or choose another format."
    return ReflectError("exporter-failed", f"{apart.place}, format {name}: {message}", hint)
