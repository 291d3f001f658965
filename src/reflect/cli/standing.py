"""Lists of items of which it matters how they stand, and since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reflect.cli.carrying_on import entry, record, spoken_day

if TYPE_CHECKING:
    from reflect.application.carried import Carried
    from reflect.application.item_history import Stood
    from reflect.cli.desk import Desk
    from reflect.script import Keep


def list_standing(
    desk: Desk,
    kind: Keep,
    names: Mapping[str, str],
    *,
    everything: bool,
    as_json: bool,
    empty: str,
) -> None:
    """Show the items of `kind`: words, state (by its name in `names`), since when, where from."""
    from reflect.application.carried import carried
    from reflect.application.item_history import stood

    store = desk.kept()
    relation = desk.app.relation()
    if store is None or relation is None:
        found = []
    else:
        items = carried(store, relation.id, kind, closed=everything)
        found = [(item, stood(store, relation.id, item.id)) for item in items]
    if as_json:
        desk.json({f"{kind}s": [_record(item, how) for item, how in found]})
        return
    for item, how in found:
        since = f", since {spoken_day(desk, how.since)}" if how.since != item.day else ""
        before = f"before: “{how.before}”" if how.before else ""
        state = f"{names.get(item.state, item.state)}{since}"
        notes = [item.kind_of, state, where_from(desk, item), _last(desk, item), before]
        for line in entry(desk, item, notes):
            desk.show(line)
    if store is not None and not found:
        desk.talk(empty)


def _last(desk: Desk, item: Carried) -> str:
    """When somebody was last spoken to, or a term was last spoken of."""
    said = "last talked about" if item.kind == "agreement" else "last word"
    return f"{said} on {spoken_day(desk, item.seen)}" if item.seen else ""


def _record(item: Carried, how: Stood) -> dict[str, object]:
    return {**record(item), "since": how.since, "before": how.before}


def where_from(desk: Desk, item: Carried) -> str:
    """The session that an item comes from, or that it was noted by hand."""
    day = spoken_day(desk, item.day)
    return f"session of {day}" if item.session else f"noted on {day}"
