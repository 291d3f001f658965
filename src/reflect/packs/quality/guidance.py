"""What helps to answer, and what shows that a probe does its work."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.diagnostics import Diagnostic
from reflect.packs import codes
from reflect.packs.places import Places
from reflect.packs.quality.found import warning
from reflect.script import Question, Script


def guidance(script: Script, places: Places) -> Iterator[Diagnostic]:
    """What is missing beside the questions themselves."""
    for stage in script.stages:
        for question in stage.questions():
            yield from no_how_or_example(question, places)
            yield from no_labels(question, places)
            yield from no_examples(question, places)


def no_how_or_example(question: Question, places: Places) -> Iterator[Diagnostic]:
    """A text question helps with a line on how to answer it and with an example."""
    if not question.is_text:
        return
    shown = (("how", question.how), ("example", question.example))
    missing = [key for key, template in shown if not template]
    if missing:
        names = " and no ".join(f"`{key}`" for key in missing)
        message = f"`{question.id}` has no {names}."
        hint = "`how` is one line on how to answer, `example` an answer somebody could have given."
        yield warning(codes.NO_HOW_OR_EXAMPLE, places.question(question.id), message, hint)


def no_labels(question: Question, places: Places) -> Iterator[Diagnostic]:
    """A scale says what its ends mean."""
    if question.kind == "scale" and not question.labels:
        message = (
            f"Nobody can tell what {question.low} and {question.high} mean in `{question.id}`."
        )
        hint = "Add `labels`, one for the lowest and one for the highest."
        yield warning(codes.NO_LABELS, places.question(question.id, "scale"), message, hint)


def no_examples(question: Question, places: Places) -> Iterator[Diagnostic]:
    """A probe shows what makes it ask, and what does not."""
    for number, probe in enumerate(question.probes):
        shown = (("fires", probe.fires), ("quiet", probe.quiet))
        missing = [key for key, examples in shown if not examples]
        if missing:
            names = " and no ".join(f"`{key}`" for key in missing)
            message = f"A probe of `{question.id}` has no {names}."
            hint = (
                "Write an answer that makes it ask under `fires`, one that does not under `quiet`."
            )
            place = places.probe(question.id, number)
            yield warning(codes.NO_PROBE_EXAMPLES, place, message, hint)
