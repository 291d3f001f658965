"""An inspection, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reflect.sharing.layout import counted, wrapped

if TYPE_CHECKING:
    from reflect.application.inspecting import Inspection
    from reflect.cli.desk import Desk

_READERS = {"yes": "may be shared", "at the end": "decided one by one", "no": "private"}


def show_inspection(desk: Desk, found: Inspection) -> None:
    """What a pack would do, on stdout, in at most as many columns as there are."""
    for label, text in _lines(found):
        first = f"{label:<10}" if label else " " * 10
        for line in wrapped(text, desk.columns, first=first, rest=" " * 10):
            desk.show(line)


def _lines(found: Inspection) -> Iterator[tuple[str, str]]:
    yield "", f"{found.title} ({found.id} {found.version})"
    if found.about:
        yield "", found.about
    yield "made", found.made_from or "it does not say after which method"
    yield "speaks", ", ".join(found.languages)
    if found.extends:
        yield "builds on", found.extends
    asks = ", ".join(
        (
            counted(found.questions, "question"),
            counted(found.wordings, "wording"),
            counted(found.probes, "follow-up"),
        )
    )
    yield "asks", f"{asks}; {_whom(found.audience)}; {_article(found.kind)}"
    yield "keeps", _counts(found.kept) or "nothing beyond the answers"
    yield (
        "carries",
        ", ".join((*(f"last {name}" for name in found.reads_last), *found.journey))
        or "nothing from earlier sessions",
    )
    yield (
        "shares",
        ", ".join(
            f"{found.shares[how]} {_READERS[how]}" for how in _READERS if how in found.shares
        ),
    )
    if found.moves:
        yield "moves", f"a yes can move the mentorship to: {', '.join(found.moves)}"
    if found.replaces:
        yield "replaces", f"in words of its own, what reflect says at: {', '.join(found.replaces)}"
    for number, stage in enumerate(found.stages):
        longest = (
            f"{stage.title}: at most {counted(stage.short_questions, 'question')} short"
            f" (about {stage.short_minutes} min), {stage.long_questions} long"
            f" (about {stage.long_minutes} min)"
        )
        yield "" if number else "longest", longest
    yield "promise", "It is text only: it runs nothing, reaches no file and always ends."
    yield "digest", found.digest


def _whom(audience: str) -> str:
    return "asked of both, each alone" if audience == "both" else f"asked of the {audience}"


def _article(kind: str) -> str:
    return "a reflection" if kind == "reflection" else "an exercise"


def _counts(kept: dict[str, int]) -> str:
    return ", ".join(counted(number, kind) for kind, number in kept.items())
