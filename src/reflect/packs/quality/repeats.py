"""Wordings that a mentee would meet twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reflect.diagnostics import Diagnostic
from reflect.packs import codes
from reflect.packs.quality.found import warning
from reflect.packs.quality.texts import Said

_MOST_COMPARED = 1_500
"""Wordings, each of which is compared with every other."""
NEARLY = 95
"""From this likeness (rapidfuzz's ratio, 0 to 100) two wordings are the same sentence to a reader."""


def repeated_wordings(texts: Iterable[Said]) -> Iterator[Diagnostic]:
    """Each wording that stands in the pack before, in the same words or nearly."""
    first: dict[str, Said] = {}
    distinct: list[tuple[str, Said]] = []
    for said in texts:
        if said.part not in ("ask", "probe"):
            continue
        folded = _folded(said)
        before = first.setdefault(folded, said)
        if before is said:
            distinct.append((folded, said))
        elif _meet(before, said):
            yield _finding(said, before, "the same as")
    yield from _nearly(distinct[:_MOST_COMPARED])


def _folded(said: Said) -> str:
    """The wording as readers remember it: without capitals, marks and double blanks."""
    kept = "".join(one if one.isalnum() or one in "{}" else " " for one in said.written.casefold())
    return " ".join(kept.split()) or said.written


def _meet(one: Said, other: Said) -> bool:
    """Whether one person can be asked both."""
    return "both" in (one.audience, other.audience) or one.audience == other.audience


def _nearly(distinct: list[tuple[str, Said]]) -> Iterator[Diagnostic]:
    """Compares each wording with those of about its length: others cannot be alike."""
    from rapidfuzz import fuzz, process

    order = {id(said): number for number, (_, said) in enumerate(distinct)}
    by_length = sorted(distinct, key=lambda one: len(one[0]))
    texts = [text for text, _ in by_length]
    start = 0
    for at, (text, said) in enumerate(by_length):
        while len(texts[start]) * (200 - NEARLY) < len(text) * NEARLY:
            start += 1
        near = process.extractOne(text, texts[start:at], scorer=fuzz.ratio, score_cutoff=NEARLY)
        if near is None:
            continue
        pair = sorted((said, by_length[start + near[2]][1]), key=lambda one: order[id(one)])
        if _meet(*pair):
            yield _finding(pair[1], pair[0], "nearly the same as")


def _finding(said: Said, before: Said, how: str) -> Diagnostic:
    message = (
        f"This wording of `{said.id}` is {how} the one of `{before.id}`, line {before.place.line}."
    )
    hint = "Put it another way, or take it out: the mentee notices."
    return warning(codes.REPEATED_WORDING, said.place, message, hint)
