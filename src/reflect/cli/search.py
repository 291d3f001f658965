"""`reflect search`: answers by their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import click

from reflect.cli.desk import Desk, json_option, pass_desk
from reflect.cli.options import all_mentorships_option, mentorship_option

if TYPE_CHECKING:
    from reflect.transcripts.search import Order
    from reflect.transcripts.store import Store
    from reflect.transcripts.values import Hit

INDENT = "    "
LINES = 2
_WHITE = re.compile(r"\s")


class Found(NamedTuple):
    """A hit, the number of its session in `reflect history`, and whether the mentor may not see it."""

    hit: Hit
    number: int
    private: bool


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--newest", "order", flag_value="newest", default="newest", help="Newest first (default)."
)
@click.option("--relevance", "order", flag_value="relevance", help="Best first.")
@click.option("--stage", metavar="ID", help="Only in sessions about this stage.")
@click.option("--pack", metavar="ID", help="Only in sessions of this pack.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@mentorship_option
@all_mentorships_option
@json_option
@pass_desk
def command(
    desk: Desk,
    words: tuple[str, ...],
    order: Order,
    stage: str | None,
    pack: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find answers by their words.

    An answer must hold all WORDS; `*` stands for any ending. The number in front is that
    of `reflect history`; it serves `reflect show`.
    """
    from reflect.cli.sessions import scope

    store = desk.kept()
    found: list[Found] = []
    if store is not None:
        hits = store.search(
            " ".join(words),
            order=order,
            stage=stage,
            pack=pack,
            mentorship=scope(desk),
            limit=limit,
        )
        found = _placed(store, hits) if hits else []
    if as_json:
        desk.json({"hits": [_record(one) for one in found]})
    elif store is not None and not found:
        desk.talk("No answer holds these words.")
    for one in () if as_json else found:
        _show(desk, one)


def _placed(store: Store, hits: list[Hit]) -> list[Found]:
    """Each hit with its number and whether it is private."""
    from reflect.application.marking import Marking

    marking, numbers = Marking(store), store.places(hit.session for hit in hits)
    return [
        Found(hit, numbers[hit.session], marking.is_private(hit.session, hit.key)) for hit in hits
    ]


def _record(found: Found) -> dict[str, object]:
    import msgspec

    record = msgspec.structs.asdict(found.hit)
    return {"number": found.number, **record, "private": found.private}


def _show(desk: Desk, found: Found) -> None:
    from reflect.cli.table import columns

    hit, mark = found.hit, "[private]" if found.private else ""
    (line,) = columns([(f"{found.number:3}", hit.day, hit.stage, mark)], desk.columns)
    desk.show(line)
    marks = ("\x1b[1m", "\x1b[22m") if desk.coloured else ("*", "*") if desk.on_screen else ("", "")
    desk.styled(INDENT + _marked(hit, (desk.columns - len(INDENT)) * LINES, *marks))


def _marked(hit: Hit, width: int, before: str, after: str) -> str:
    """About `width` characters around the first hit, each hit between its marks."""
    from reflect.text import for_terminal

    text = _WHITE.sub(" ", hit.text)
    start, end = _window(text, hit.spans[0].start if hit.spans else 0, width)
    pieces, at = ["… " if start else ""], start
    for span in hit.spans:
        if start <= span.start and span.end <= end:
            pieces += [for_terminal(text[at : span.start]), before]
            pieces += [for_terminal(text[span.start : span.end]), after]
            at = span.end
    return "".join((*pieces, for_terminal(text[at:end]), " …" if end < len(text) else ""))


def _window(text: str, around: int, width: int) -> tuple[int, int]:
    """Where to begin and end, between words, so that `around` stands in the first third."""
    start = max(0, around - width // 3)
    if start:
        start = text.find(" ", start, around) + 1 or start
    end = min(len(text), start + width)
    if end < len(text):
        end = max(text.rfind(" ", start, end), around + 1) if " " in text[around:end] else end
    return start, end
