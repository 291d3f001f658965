"""Stories: read, and played on the pack that they were written for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.mutants import SHIPPED

from proof.fuzzing.holding import Fault, in_time, placed
from proof.fuzzing.packs import compiled
from reflect.listening.cues import builtin_cues
from reflect.listening.ear import Ear
from reflect.packs.cache import Cache
from reflect.packs.compile import PackFiles, PackText
from reflect.packs.lexicon import read_lexicons
from reflect.rehearsal.play import play
from reflect.rehearsal.story import read_stories
from reflect.script import Script

PACK = "what-now"
_PLAYED = 2
"""Stories of a file that are played."""
_MOST_MS = 1_000
"""For one story, which may be a long conversation: every line is heard as if it had been typed."""


@cache
def seeds() -> tuple[bytes, ...]:
    """Each story of the pack, and one of each other file."""
    files = {path: path.read_bytes() for path in sorted(SHIPPED.glob("*/stories/*.yaml"))}
    mine = (one for path, data in files.items() if path.parts[-3] == PACK for one in _each(data))
    return (*mine, *(_each(data)[0] for data in files.values()))


def target(data: bytes) -> str:
    """Reads the stories in `data`, and plays the first."""
    found, findings = in_time(lambda: read_stories("story.yaml", data))
    placed(findings)
    if not found and not findings:
        raise Fault("no story, and nothing is said")
    for one in found[:_PLAYED]:
        in_time(lambda one=one: play(_script(), one, _ear()), _MOST_MS)  # type: ignore[misc]
    return "played" if found else "refused"


def _each(data: bytes) -> list[bytes]:
    """The stories of a file, each alone."""
    parts = (b"\n" + data).split(b"\n- story:")
    return [b"- story:" + part for part in parts[1:]] or [data]


@cache
def _script() -> Script:
    pack = (SHIPPED / PACK / "pack.yaml").read_bytes()
    script = compiled(PackFiles("shipped", PackText("pack.yaml", pack)), None).script
    assert script is not None
    return script


@cache
def _ear() -> Ear:
    words = SHIPPED / "core" / "lexicon" / "en.yaml"
    with TemporaryDirectory() as kept:
        lexicon = read_lexicons([str(words)], Cache(Path(kept))).language("en")
    return Ear(lexicon, builtin_cues())
