"""What is projected is a fold: however the record came about, and however often it is made anew."""

from __future__ import annotations

import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reflect.application.projecting import Projections
from reflect.events import Event
from reflect.transcripts.codec import digest
from reflect.transcripts.store import Store
from tests.mentorship.journeys import DATA, JOURNEY, streams
from tests.mentorship.test_journeys import journeys

from .profile import ordinarily

PLAYED = tuple(
    (stream, (replace(events[0], digest=digest(DATA)), *events[1:]))
    for stream, events in streams().known
)
MEMORY = Path("/dev/shm")


def parts(events: list[Event], random: Random) -> list[list[Event]]:
    """`events` in a few appends."""
    cuts = sorted(random.sample(range(1, len(events)), min(len(events) - 1, random.randrange(4))))
    ends = [0, *cuts, len(events)]
    return [events[start:end] for start, end in pairwise(ends)]


def kept(path: Path, journey: list[Event], order: Random | None) -> tuple[str, str, list[object]]:
    """A record of the journey and its sessions: one stream after the other, or a bit of each in any order."""
    whole = [(JOURNEY, journey), *((stream, list(events)) for stream, events in PLAYED)]
    queues = {stream: parts(events, order or Random(0)) for stream, events in whole if events}
    turns = [stream for stream, queue in queues.items() for _ in queue]
    if order is not None:
        order.shuffle(turns)
    with Store.open(path, Projections()) as store:
        store.put_script(digest(DATA), DATA)
        for stream in turns:
            before = len(store.events(stream.id))
            store.append(stream, before, queues[stream].pop(0))
        found = store.projected()
        assert store.rows("SELECT 1 FROM m_items")
        assert store.check() == []
        store.rebuild()
        once = store.projected()
        store.rebuild()
        assert store.projected() == once == found
        return found, once, [store.sessions(), lengths(store)]


def lengths(store: Store) -> list[tuple[object, ...]]:
    return store.rows("SELECT id, length FROM streams ORDER BY id")


@ordinarily(9, share=0.5)
@given(journeys, st.lists(st.integers(0, 2**30), min_size=2, max_size=2))
def test_any_interleaving_is_kept_and_folded_the_same(
    journey: list[Event], seeds: list[int]
) -> None:
    folder = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None))
    try:
        found = [kept(folder / "plain.db", journey, None)]
        for seed in seeds:
            found.append(kept(folder / f"{len(found)}.db", journey, Random(seed)))
    finally:
        shutil.rmtree(folder)
    assert found[1:] == found[:1] * len(seeds)
