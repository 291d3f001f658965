"""What follows from two sheets side by side: points for the agenda, and terms that both have named."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reflect.sharing.side_by_side import Row, talk_about, term

if TYPE_CHECKING:
    from reflect.application.comparing import Compared
    from reflect.application.wiring import Application

_OFFERED = "compared"
"""The mark that names the two sheets about which was asked."""


class Point(NamedTuple):
    """Something that may follow from a row: its words as they are kept, and whether they are kept already."""

    row: Row
    text: str
    kept: bool

    def __repr__(self) -> str:
        return "<Point>"


def points(app: Application, found: Compared) -> tuple[Point, ...]:
    """What the two could talk about: each row in which they differ."""
    rows = found.comparison.of("differ")
    texts = [talk_about(row, found.names, found.phrases) for row in rows]
    known = _kept_points(app, found)
    return tuple(Point(row, text, text in known) for row, text in zip(rows, texts, strict=True))


def terms(app: Application, found: Compared) -> tuple[Point, ...]:
    """What the two could hold to, since both have said it."""
    from reflect.application.carried import carried

    items = carried(app.reading_store, found.relation.id, "agreement", closed=True)
    known = {item.text for item in items}
    rows = ((row, term(row, found.phrases)) for row in found.comparison.rows)
    return tuple(Point(row, text, text in known) for row, text in rows if text)


def put_on_agenda(app: Application, found: Compared, point: Point) -> None:
    """Keep a difference: for a mentee as a question, for a mentor as a note for the next reply."""
    if found.relation.role == "mentee":
        from reflect.application.by_hand import note_item

        note_item(app, found.relation, "question", point.text)
        return
    from reflect.application.reviewing import keep_note
    from reflect.events import Note

    keep_note(
        app,
        found.theirs.case,
        Note(
            id=_note_id(found, point.text),
            kind="agenda",
            share=found.theirs.share,
            day=app.now().date().isoformat(),
            about=point.row.about,
            text=point.text,
        ),
    )


def keep_term(app: Application, found: Compared, point: Point) -> None:
    """Keep what both have said as a term that is agreed."""
    from reflect.application.by_hand import note_item

    note_item(app, found.relation, "agreement", point.text, [("state", "agreed")])


def was_offered(app: Application, found: Compared) -> bool:
    """Whether was asked before what becomes of these two sheets."""
    return app.reading_store.mark(_mark(found)) == found.sheets


def remember_offer(app: Application, found: Compared) -> None:
    """Note that was asked, so that nobody is asked about the same two sheets again."""
    app.store.put_mark(_mark(found), found.sheets)


def _mark(found: Compared) -> str:
    return f"{_OFFERED} {found.relation.id} {found.comparison.pack}"


def _kept_points(app: Application, found: Compared) -> set[str]:
    """The words of points that were kept before, whatever became of them."""
    if found.relation.role == "mentee":
        from reflect.application.carried import carried

        items = carried(app.reading_store, found.relation.id, "question", closed=True)
        return {item.text for item in items}
    known = {note.id for note in found.theirs.case.notes}
    rows = found.comparison.of("differ")
    texts = (talk_about(row, found.names, found.phrases) for row in rows)
    return {text for text in texts if _note_id(found, text) in known}


def _note_id(found: Compared, text: str) -> str:
    """The name of the note, the same each time: kept twice, here or in a copy, it is one note."""
    from reflect.sharing.aliases import named

    return named(_OFFERED, found.theirs.case.name, found.sheets, text)
