"""reflect beside what people would use instead. Nothing is judged here: the goals stand in the other rows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import yaml

from benchmarks.families.conversing import begun
from benchmarks.families.engine import dialogue_of, long_script, turns
from benchmarks.families.listening import answers, entries, lists
from benchmarks.families.starting import WORD
from benchmarks.hearing.speed import speed
from benchmarks.pane import Pane
from benchmarks.peers import FOLDER, Peers, installed
from benchmarks.processes import printed, run_time
from benchmarks.row import Row
from benchmarks.samples import ANSWERS
from benchmarks.scene import HERE, Outcome, Scene
from benchmarks.timing import in_turns
from reflect.application.wiring import DEFAULT_PACK
from reflect.plugins.shipped import shipped_folder

ENTRIES = 10_000
"""Entries of the journal, and files that are searched."""
HEARD = 200
_CONFIG = {
    "editor": "",
    "encrypt": False,
    "template": False,
    "default_hour": 9,
    "default_minute": 0,
    "timeformat": "%Y-%m-%d %H:%M",
    "tagsymbols": "@",
    "highlight": False,
    "linewrap": 79,
    "indent_character": "|",
    "display_format": "short",
    "colors": {"body": "none", "date": "none", "tags": "none", "title": "none"},
}

Told = Callable[[Scene, Peers], Iterator[Row]]


def peers(scene: Scene) -> Iterable[Outcome]:
    """Each peer that is there, and a note for each that is not."""
    yield from _naive(scene)
    if not scene.sizes.peers:
        yield "Peers were left out."
        return
    found = installed()
    yield from found.notes
    told: tuple[tuple[str, Told], ...] = (
        ("jrnl", _jrnl),
        ("rg", _ripgrep),
        ("python", _listening),
        ("node", _ink),
    )
    for name, rows in told:
        if name in found.commands:
            try:
                yield from rows(scene, found)
            except Exception as error:  # a peer is somebody else's, and never stops us
                yield f"{name} was left out: {type(error).__name__}."


def _beside(what: str, ours: float, peer: str, theirs: float) -> Row:
    return Row(what, ours, None, "ratio", peer, theirs)


# --- whole programs ---


def _naive(scene: Scene) -> Iterator[Row]:
    """The first question of a script as one would write it first."""
    pack = shipped_folder() / DEFAULT_PACK / "pack.yaml"
    command = scene.subject.floor("naive", str(pack), str(scene.home / "reflect.db"))
    rounds = [(_asked(scene, command), begun(scene)) for _ in range(scene.sizes.starts // 3 + 1)]
    theirs, ours = (median(pair[0] for pair in rounds), median(pair[1][0] for pair in rounds))
    yield _beside("first question readable", ours, "a naive script", theirs)


def _asked(scene: Scene, command: tuple[str, ...]) -> float:
    with Pane(command, scene.environment(scene.home)) as pane:
        pane.wait(pane.edits)
        pane.leave()
        return pane.shown("How are you?")


def _jrnl(scene: Scene, found: Peers) -> Iterator[Row]:
    folder = scene.folder / "jrnl"
    folder.mkdir()
    journal, config = folder / "journal.txt", folder / "jrnl.yaml"
    said = enumerate(_texts(min(ENTRIES, scene.sizes.messages)))
    days = [f"[20{n % 27:02}-{n % 12 + 1:02}-{n % 28 + 1:02} 09:00] {text}\n" for n, text in said]
    journal.write_text("\n".join(sorted(days)))
    jrnl = (*found.commands["jrnl"], "--config-file", str(config))
    told = printed((*jrnl, "--version"), scene.environment(folder))
    version = told.split()[1].lstrip("v")
    journals = {"default": {"journal": str(journal)}}
    # As YAML: it takes JSON for a file of long ago.
    config.write_text(yaml.safe_dump({**_CONFIG, "version": version, "journals": journals}))
    yield from _commands(scene, ("--version",), "jrnl --version", (*jrnl, "--version"))
    what = f"jrnl over {len(days):,} entries"
    yield from _commands(scene, ("search", WORD), what, (*jrnl, "-contains", WORD))


def _ripgrep(scene: Scene, found: Peers) -> Iterator[Row]:
    folder = scene.folder / "files"
    folder.mkdir()
    count = min(ENTRIES, scene.sizes.messages)
    for number, text in enumerate(_texts(count)):
        (folder / f"{number}.txt").write_text(text)
    command = (*found.commands["rg"], "--ignore-case", "--word-regexp", WORD, str(folder))
    yield from _commands(scene, ("search", WORD), f"rg over {count:,} files", command)


def _commands(
    scene: Scene, ours: tuple[str, ...], name: str, theirs: tuple[str, ...]
) -> Iterator[Row]:
    environment = scene.environment(scene.home)
    own = (*scene.subject.command, *ours)
    least, taken = in_turns(
        partial(run_time, theirs, environment),
        partial(run_time, own, environment),
        runs=max(1, scene.sizes.starts // 3),
    )
    yield _beside(f"reflect {ours[0]}", taken, name, least)


def _texts(count: int) -> Iterator[str]:
    chance = random.Random(5)
    for number in range(count):
        yield f"{chance.choice(ANSWERS)} Number {number}."


# --- engines ---


def _listening(scene: Scene, found: Peers) -> Iterator[Row]:
    folder = scene.folder / "listed"
    folder.mkdir()
    listed = tuple(entries(scene.sizes.phrases))
    said = list(answers(listed, min(HEARD, scene.sizes.rounds)))
    (folder / "entries").write_text("\n".join(listed))
    (folder / "answers").write_text("\n".join(said))
    ours = speed(lists(listed), said)
    for name in ("rivescript", "aiml"):
        script = str(HERE / "floors" / f"{name}_peer.py")
        command = (*found.commands["python"], script, *map(str, _files(folder)))
        p50, p99 = map(float, printed(command, scene.environment(folder)).split())
        what = f"listening with {scene.sizes.phrases:,} listed"
        yield _beside(f"{what}, p50", ours.p50, name, p50)
        yield _beside(f"{what}, p99", ours.p99, name, p99)


def _files(folder: Path) -> tuple[Path, Path]:
    return folder / "entries", folder / "answers"


def _ink(scene: Scene, found: Peers) -> Iterator[Row]:
    asked, given = scene.sizes.questions, scene.sizes.answers
    script = str(HERE / "floors" / "ink_peer.js")
    command = (*found.commands["node"], script, str(asked), str(given))
    theirs = float(printed(command, scene.environment(scene.folder), FOLDER))
    long = long_script(scene.folder / "engine", asked)
    ours = median(turns(dialogue_of(long, given), given, asked))
    yield _beside(f"engine turn, {asked} questions", ours, "inkjs", theirs)
