"""Every measurement, in the order of the table."""

from __future__ import annotations

from benchmarks.families.carrying_on import rebuilding, screens
from benchmarks.families.conversing import beginning, going_on
from benchmarks.families.counting import instructions
from benchmarks.families.discovering import discovery
from benchmarks.families.engine import engine
from benchmarks.families.keeping import durable_answer, syncs
from benchmarks.families.listening import listening
from benchmarks.families.memory import conversation_memory, listing_memory
from benchmarks.families.packs import long_pack
from benchmarks.families.peers import peers
from benchmarks.families.searching import search
from benchmarks.families.starting import listings, version
from benchmarks.growth.measure import growth
from benchmarks.scene import Family

FAMILIES: tuple[Family, ...] = (
    version,
    listings,
    screens,
    rebuilding,
    beginning,
    going_on,
    listening,
    engine,
    durable_answer,
    syncs,
    search,
    long_pack,
    listing_memory,
    conversation_memory,
    discovery,
    instructions,
    peers,
    growth,
)
