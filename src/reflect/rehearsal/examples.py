"""Whether the `fires` and `quiet` examples of every probe do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.dialogue.given import Given, holds
from reflect.events import Answered, Expectation, Listen, SessionStarted
from reflect.listening.ear import Ear
from reflect.packs.tree import List, Map, Node, Text, texts_at
from reflect.rehearsal import codes
from reflect.script import Probe, Question, Script

_NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


def check_examples(
    script: Script, ear: Ear, file: str, tree: Node | None = None
) -> tuple[Diagnostic, ...]:
    """Every example that the Ear hears another way than its author; warnings.

    `file` holds the pack; with its `tree` a diagnostic names the example's own line, else that of
    the probe's `when`. A condition that also reads other answers than this one is not judged.
    """
    places = _Places(file, tree)
    found = [
        diagnostic
        for stage in script.stages
        for question in stage.questions()
        for diagnostic in _Examples(script, question, ear, places).findings()
    ]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.place))


class _Places:
    """Where the examples of a probe stand, found by the line of its `when`."""

    def __init__(self, file: str, tree: Node | None) -> None:
        self._file = file
        self._maps = {_line_of(node.values["when"]): node for node in _probes_in(tree)}

    def of(self, probe: Probe, key: str, number: int) -> Place:
        """The place of example `number` under `key`."""
        node = self._maps.get(probe.when.line)
        texts = texts_at(node, key) if node else ()
        texts = texts or (
            (found,) if node and isinstance(found := node.values.get(key), Text) else ()
        )
        said = probe.fires if key == "fires" else probe.quiet
        if number < len(texts) and texts[number].value.strip() == said[number]:
            return texts[number].place
        return Place(self._file, probe.when.line, 1 if probe.when.line else 0)


def _probes_in(node: Node | None) -> Iterator[Map]:
    """Every map with a `when` and examples."""
    if isinstance(node, Map) and "when" in node.values and {"fires", "quiet"} & node.values.keys():
        yield node
    children = node.values.values() if isinstance(node, Map) else ()
    for child in node.items if isinstance(node, List) else children:
        yield from _probes_in(child)


def _line_of(node: Node) -> int:
    """The line of a condition: that of its first sentence."""
    return node.items[0].line if isinstance(node, List) and node.items else node.line


class _Examples:
    """The examples of one question's probes."""

    def __init__(self, script: Script, question: Question, ear: Ear, places: _Places) -> None:
        self._script = script
        self._question = question
        self._ear = ear
        self._places = places
        self._started = SessionStarted("", "", script.pack, "", script.language, "short", "")

    def findings(self) -> Iterator[Diagnostic]:
        """What the Ear hears another way."""
        for probe in self._question.probes:
            if probe.when.subjects() != {self._question.id}:
                continue
            for number, text in enumerate(probe.fires):
                yield from self._fires(probe, text, self._places.of(probe, "fires", number))
            for number, text in enumerate(probe.quiet):
                yield from self._quiet(probe, text, self._places.of(probe, "quiet", number))

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
        return holds(probe.when, given, self._started)

    def _hear(self, text: str) -> dict[str, Given] | None:
        """`text` as the answer, None when it is none."""
        question = self._question
        listen = tuple(Listen(n, self._script.signals[n]) for n in question.listen)
        expectation = Expectation(
            kind=question.kind,
            options=question.options,
            low=question.low,
            high=question.high,
            wants=question.keep if question.keep in ("action", "goal") else "",
            listen=listen,
        )
        said = self._ear.hear(text, expectation, _NOW)
        if said.problem:
            return None
        event = Answered(question.id, "", text=said.text, value=said.value, heard=said.heard)
        return {question.id: Given(question.id, 0, 0, event, said.value)}

    def _no_answer(self, text: str, place: Place) -> Diagnostic:
        message = f"`{text}` is no answer to `{self._question.id}`."
        return _warning(codes.NO_ANSWER, place, message, "Give an answer of its kind.")


def _warning(code: str, place: Place, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, place, message, hint)
