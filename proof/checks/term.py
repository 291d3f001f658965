"""The whole program in a terminal with what is hostile: a pack, a shared file, what is typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec
import pyte
import yaml
from msgspec.structs import replace
from tests.faults.program import COLUMNS, FIRST, ROWS, Window, environment, reflect
from tests.review.made import bundle
from tests.review.test_hostile import SHOWN
from tests.sharing.samples import HOSTILE, RAW, hostile

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.checks.text import DANGEROUS
from proof.trials import hold, rounds

LEAST = 28
_PATIENCE = 20.0
_ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours
    rb"|\x1b\[[0-9]*[ABCDGJKP]"  # a cursor that moves in the line, and erasing
    rb"|\x1b\[[0-9]*(?:;[0-9]*)?H"
    rb"|\x1b\[\?(?:1|7|12|25|2004)[hl]"  # keys, wrapping, the cursor, pastes
    rb"|\x1b\[6n|\x1b\[0? ?q|\x1b\[>4;?[0-9]*m"
)
"""What prompt-toolkit and the program themselves write."""
_BARE = b"\r\n\t\x08"
_RAW = tuple(text for text in RAW if "\ud800" not in text)
_SEQUENCES = (
    *(
        "\x1b]0;owned\x07",
        "\x1b]2;owned\x1b\\",
        "\x1b]52;c;b3duZWQ=\x07",
        "\x1b]8;;http://x\x07y\x1b]8;;\x07",
    ),
    *(
        "\x1b[2J\x1b[H",
        "\x1bc",
        "\x1b[6n",
        "\x1b[21t",
        "\x1bP$q\x1b\\",
        "\x9b2J",
        "\x9d0;owned\x9c",
    ),
    *("\x1b[?1049h", "\x1b[8m", "\u202egnp.exe", "a\x08b\x7f", "\x85", "\x07", "\u200b\U000e0041"),
)

OPEN_DOOR = """
import reflect.text as text

def same(words):
    return words

text.clean_input = text.for_terminal = same
text.Untrusted.__str__ = lambda self: self._raw
text.is_plain = lambda words: True
"""
"""Cleans nothing, neither what comes in nor what goes out."""


class Scene(NamedTuple):
    """A command in a window, with what is typed in it."""

    home: Path
    arguments: tuple[str, ...]
    typed: tuple[str, ...] = ()
    environ: Mapping[str, str] | None = None

    def __str__(self) -> str:
        return " ".join(Path(one).name[:24] for one in self.arguments) or "a session"


def run(form: Form) -> Figure:
    """Show hostile things in every command that shows something; scan each byte that comes."""
    scanned = [0]
    failures: list[str] = []
    scenes = 0
    for seed, folder in rounds(form):
        several = list(_scenes(folder, Random(seed)))
        failures += hold(several, lambda scene: wrong(scene, scanned))
        scenes += len(several)
    says = (
        f"{scenes} windows, {scanned[0]:,} bytes scanned, {len(failures)} with a foreign sequence"
    )
    return Figure(scenes, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that cleans nothing."""
    home = form.folder / "reflect"
    environ = broken(home, OPEN_DOOR)
    reflect(home, lines=(*FIRST, *_SEQUENCES[:4]), environ=environ)
    scene = Scene(home, ("show",), environ=environ)
    found = hold([scene], lambda one: wrong(one, [0]))
    return Figure(1, tuple(found), f"{len(found)} found out")


def _scenes(folder: Path, random: Random) -> Iterator[Scene]:
    """A mentee's home with hostile words and packs, and a mentor's with a hostile file."""
    home = folder / "mentee" / "reflect"
    home.parent.mkdir()
    names = random.sample(_SEQUENCES, 2)
    said = random.sample((*_SEQUENCES, *_RAW, *HOSTILE), 12)
    reflect(home, lines=(*names, *FIRST[2:], *(f"I told them {one} there" for one in said)))
    packs = _packs(folder, random)
    shown = (
        "show",
        "history",
        "journey",
        "actions",
        "goals",
        "wins",
        "questions",
        "next",
        "prepare",
    )
    yield from (Scene(home, (name,)) for name in shown)
    yield Scene(home, ("search", random.choice(_SEQUENCES)))
    yield Scene(home, ("export", "--format", "text"))
    yield Scene(home, ("export", "--format", "markdown"))
    yield Scene(home, ("share", "--preview", "--format", "markdown"))
    yield Scene(home, (random.choice(_SEQUENCES),))
    yield Scene(home, ("--pack", random.choice(_SEQUENCES)))
    yield Scene(home, ("settings", random.choice(_SEQUENCES), random.choice(_SEQUENCES)))
    for name in ("check", "inspect", "test"):
        yield from (Scene(home, ("pack", name, str(pack))) for pack in packs)
    yield Scene(home, (), tuple(random.sample(_SEQUENCES, 4)))
    yield from _mentors(folder, random)


def _packs(folder: Path, random: Random) -> list[Path]:
    """Packs with such words in them: as they are, and as YAML writes them."""
    one, two = (folder / name / "pack.yaml" for name in ("raw", "escaped"))
    words = random.choice(_SEQUENCES)
    tree = {"reflect": 1, "pack": f"p{words}", "version": "1.0.0", "title": f"T {words}"}
    tree |= {"language": "en", f"k{words}": words, "worked": [{"id": words, "ask": f"{words}?"}]}
    for path in (one, two):
        path.parent.mkdir()
    two.write_text(yaml.safe_dump(tree, allow_unicode=False), "utf-8")
    head = "reflect: 1\npack: raw\nversion: 1.0.0\nlanguage: en\n"
    text = head + f"title: T {words}\n{words}: {words}\nworked:\n  - id: a\n    ask: A {words}?\n"
    one.write_bytes(text.encode("utf-8", "replace"))
    return [one.parent, two.parent]


def _mentors(folder: Path, random: Random) -> Iterator[Scene]:
    """A home in which a hostile file was opened."""
    place = folder / "mentor"
    place.mkdir()
    home = place / "reflect"
    texts = tuple(random.sample((*_SEQUENCES, *_RAW), 12))
    file = place / "file.reflect"
    shared = replace(hostile(random.randrange(12), texts), mentee="Noor", mentor="Daniel")
    file.write_text(json.dumps(msgspec.to_builtins(bundle(1, shared))))
    opened = reflect(home, "review", str(file))
    damaged = place / "bad.reflect"
    damaged.write_bytes(b'{"schema_version": 1, "' + texts[0].encode("utf-8", "replace") + b'": 1}')
    yield Scene(home, ("review", str(damaged)))
    assert opened.code == 0, opened.err
    for line in SHOWN:
        yield Scene(home, line)


def wrong(scene: Scene, scanned: list[int]) -> str:
    """What is wrong with what the window got; "" for nothing."""
    with Window(
        scene.home, *scene.arguments, environ=scene.environ or environment(scene.home)
    ) as window:
        _talk(window, scene.typed)
        data = bytes(window.raw)
    scanned[0] += len(data)
    return scan(data) or emulated(data)


def _talk(window: Window, typed: tuple[str, ...]) -> None:
    """Paste each of the words, then leave; a command that asks something is left at once."""
    for words in typed:
        window.until_ready()
        since = len(window.raw)
        window.type(b"\x1b[200~" + words.encode("utf-8", "replace") + b"\x1b[201~ and more words\r")
        window.until_ready(since)
    ended = window.process.poll
    window.until(lambda: ended() is not None or window.ready(), "its end", _PATIENCE)
    if ended() is None:
        window.type("\x03")
    window.ended(_PATIENCE)


def scan(data: bytes) -> str:
    """The first thing in `data` that is neither text nor a sequence that we write ourselves."""
    left = _ALLOWED.sub(b"", data)
    for number, byte in enumerate(left):
        if (byte < 0x20 and byte not in _BARE) or byte == 0x7F:
            return f"a byte {byte:#04x} in {left[max(0, number - 12) : number + 12]!r}"
    text = left.decode("utf-8", "replace").replace("\r", "").replace("\b", "")
    found = DANGEROUS.search(text)
    return f"U+{ord(found[0]):04X} in {text[max(0, found.start() - 12) :][:24]!a}" if found else ""


class _Screen(pyte.Screen):
    """An emulator that says what was done to its window."""

    answered = ""

    def write_process_input(self, data: str) -> None:
        """Keep what the terminal would type by itself."""
        self.answered += data


def emulated(data: bytes) -> str:
    """What is wrong with a terminal that got `data`."""
    screen = _Screen(COLUMNS, ROWS)
    pyte.ByteStream(screen).feed(data)
    if screen.title or screen.icon_name:
        return f"the window is called {screen.title!a} {screen.icon_name!a}"
    if screen.answered and not screen.answered.startswith("\x1b["):
        return "the terminal typed something"
    cells = "".join(screen.display)
    return "a cell holds what cannot be seen" if DANGEROUS.search(cells) else ""


CHECK = Check(
    "T-TERM",
    ("G12",),
    "a terminal gets text and our own sequences, nothing else",
    run,
    control,
    seconds=7,
)
