"""Items that were noted by hand, outside a session."""

from __future__ import annotations

from reflect.events import ItemNoted, Ref, Span
from reflect.mentorship.item import GOAL_KINDS, NOTED, STATES, Item


def noted(event: ItemNoted, place: Ref) -> Item | None:
    """The item that `event`, which stands at `place`, makes; None when its words were erased."""
    name, _, key = event.item.partition(":")
    if key != NOTED or not name.isalnum() or not event.text:
        return None
    parts = event.parts
    return Item(
        id=event.item,
        kind=event.kind,
        key=key,
        text=_within(place, parts.what) or place,
        day=event.at[:10],
        owner=parts.owner,
        due=parts.due,
        due_words=_within(place, parts.due_words),
        share=event.share,
        state=STATES[event.kind][0],
        kind_of=parts.kind_of if event.kind == "goal" and parts.kind_of in GOAL_KINDS else "",
    )


def _within(place: Ref, span: Span | None) -> Ref | None:
    return Ref(place.session, place.seq, *span) if span is not None else None
