"""Files as a mentee's program makes them, for a mentorship called `SHIP`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from reflect.mentorship.item import STATES
from reflect.sharing.aliases import named
from reflect.sharing.sealing import seal
from reflect.sharing.shared import SCHEMA_VERSION, Bundle, Shared
from reflect.sharing.wire import encode
from tests.sharing.samples import BELIEVABLE

SHIP = named("mentorship of Noor")
EARLIER = replace(
    BELIEVABLE,
    day="2026-10-22",
    since=None,
    state="goals",
    stages=BELIEVABLE.stages[:2],
    sessions=BELIEVABLE.sessions[:2],
    items=tuple(
        replace(item, state=STATES[item.kind][0], open=True, lines=())
        for item in BELIEVABLE.items
        if item.day <= "2026-10-22"
    ),
    takings=(),
    read=(),
)


def bundle(number: int = 2, shared: Shared = BELIEVABLE, **more: Any) -> Bundle:
    """A file with a name of its own."""
    ship = more.pop("mentorship", SHIP)
    name = more.pop("share", named("share", ship, str(number)))
    return Bundle(
        schema_version=SCHEMA_VERSION,
        share=name,
        mentorship=ship,
        number=number,
        shared=shared,
        **more,
    )


def put(folder: Path, made: Bundle, key: str | None = None) -> str:
    """The file of a bundle, sealed for `key` if there is one; gives its path."""
    data = encode(made)
    path = folder / f"{made.share}.reflect"
    path.write_bytes(seal(data, [key]) if key else data)
    return str(path)
