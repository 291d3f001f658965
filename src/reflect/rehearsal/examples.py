"""Whether the `fires` and `quiet` examples of every probe do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.dialogue.bearing import asked_about, bears_questions
from reflect.dialogue.given import Given, holds
from reflect.events import Answered, Expectation, Listen, SessionStarted
from reflect.listening.ear import Ear
from reflect.packs.places import Places
from reflect.rehearsal import codes
from reflect.script import PHASES, Phase, Probe, Question, Script, questions_of

_NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def check_examples(script: Script, ear: Ear, places: Places) -> tuple[Diagnostic, ...]:
    """Every example that the Ear hears another way than its author; warnings.

    A condition that also reads other answers than this one is not judged.
    """
    found = [
        diagnostic
        for stage in script.stages
        for phase in PHASES
        for block in stage.blocks(phase)
        for question in questions_of(block)
        for diagnostic in _Examples(script, question, phase, ear, places).findings()
    ]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.place))


class _Examples:
    """The examples of one question's probes."""

    def __init__(
        self, script: Script, question: Question, phase: Phase, ear: Ear, places: Places
    ) -> None:
        self._phase = phase
        self._script = script
        self._question = question
        self._ear = ear
        self._places = places
        self._started = SessionStarted("", "", script.pack, "", script.language, "short", "")

    def findings(self) -> Iterator[Diagnostic]:
        """What the Ear hears another way."""
        for at, probe in enumerate(self._question.probes):
            if probe.when.subjects() != {self._question.id}:
                continue
            for number, text in enumerate(probe.fires):
                yield from self._fires(probe, text, self._place(at, "fires", number))
            for number, text in enumerate(probe.quiet):
                yield from self._quiet(probe, text, self._place(at, "quiet", number))

    def _place(self, probe: int, key: str, number: int) -> Place:
        return self._places.probe(self._question.id, probe, key, number)

    def _fires(self, probe: Probe, text: str, place: Place) -> Iterator[Diagnostic]:
        given = self._hear(text)
        if given is None:
            yield self._no_answer(text, place)
            return
        asking = next((one for one in self._question.probes if self._asks(one, given)), None)
        if asking is probe:
            return
        if self._asks(probe, given) and asking is not None:
            message = f"`{text}` makes the probe before this one ask ({asking.when.text})."
            yield _warning(
                codes.FIRES_EARLIER, place, message, "Change it, or the order of the probes."
            )
            return
        message = f"`{text}` does not make it ask ({probe.when.text})."
        yield _warning(codes.FIRES_NOT, place, message, "Change the example or the condition.")

    def _quiet(self, probe: Probe, text: str, place: Place) -> Iterator[Diagnostic]:
        given = self._hear(text)
        if given is None:
            yield self._no_answer(text, place)
        elif self._asks(probe, given):
            message = f"`{text}` makes it ask ({probe.when.text})."
            yield _warning(codes.NOT_QUIET, place, message, "Change the example or the condition.")

    def _asks(self, probe: Probe, given: dict[str, Given]) -> bool:
        (heard,) = given.values()
        bears = bears_questions(heard.event.parts, self._phase)
        return bears and holds(probe.when, given, self._started)

    def _hear(self, text: str) -> dict[str, Given] | None:
        """`text` as the answer, None when it is none."""
        question = self._question
        listen = tuple(Listen(n, self._script.signals[n]) for n in question.listen)
        expectation = Expectation(
            kind=question.kind,
            options=question.options,
            low=question.low,
            high=question.high,
            check=question.check,
            wants=question.keep if question.keep in ("action", "goal") else "",
            listen=listen,
            phase=asked_about(question.keep, self._phase),
        )
        said = self._ear.hear(text, expectation, _NOW)
        if said.problem or said.complaint:
            return None
        event = Answered(
            question.id, "", text=said.text, value=said.value, heard=said.heard, parts=said.parts
        )
        return {question.id: Given(question.id, 0, 0, event, said.value)}

    def _no_answer(self, text: str, place: Place) -> Diagnostic:
        message = f"`{text}` is no answer to `{self._question.id}`."
        return _warning(codes.NO_ANSWER, place, message, "Give an answer of its kind.")


def _warning(code: str, place: Place, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, place, message, hint)
