"""Packs that point elsewhere: by links, names, devices, archives. Nothing outside is read or written."""

from __future__ import annotations

import io
import os
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from tests.faults.program import environment, reflect

from proof.broken import broken
from proof.check import Check, Figure, Form
from proof.trials import hold, rounds

LEAST = 40
_CANARY = "wagtail7q4x"
_PACK = f"""\
reflect: 1
pack: {{}}
version: 1.0.0
title: {_CANARY}
language: en
worked:
  - id: calm
    ask: When was it calm?
"""
_DEADLINE = 20.0

FOLLOWING = """
from pathlib import Path
from reflect.packs import location, parcel

def read_plain_file(path, most, *below):
    return Path(path, *below).read_bytes()[: most + 1]

location.read_plain_file = parcel.read_plain_file = read_plain_file
parcel._check_member = lambda member: None
"""
"""Follows links, and takes whatever a zip calls its files."""


class Case(NamedTuple):
    """A trap by its name: what is made in a folder, and what is typed."""

    name: str
    make: Callable[[Path], tuple[str, ...]]

    def __str__(self) -> str:
        return self.name


def run(form: Form) -> Figure:
    """Type a command for each trap; it is refused, in time, and leaves no trace."""
    trials = 0
    failures: list[str] = []
    for _, folder in rounds(form):
        cases = list(_cases())
        failures += hold(cases, lambda case, folder=folder: wrong(case, folder))  # type: ignore[misc]
        trials += len(cases)
    says = f"{trials} links, names, devices and archives, {len(failures)} followed or taken"
    return Figure(trials, tuple(failures), says, LEAST)


def control(form: Form) -> Figure:
    """A program that follows links."""
    wanted = ("pack.yaml is a link", "a translation is a link")
    cases = [case for case in _cases() if case.name in wanted]
    found = hold(cases, lambda case: wrong(case, form.folder, FOLLOWING))
    return Figure(len(cases), tuple(found), f"{len(found)} found out")


def wrong(case: Case, folder: Path, how: str = "") -> str:
    """What is wrong after the trap; "" when nothing is."""
    place = folder / case.name.replace(" ", "-").replace("/", "_")[:60]
    (place / "trap").mkdir(parents=True)
    home = place / "reflect"
    secret = place / "elsewhere" / "pack.yaml"
    secret.parent.mkdir()
    secret.write_text(_PACK.format("elsewhere"), "utf-8")
    typed = case.make(place / "trap")
    environ: Mapping[str, str] = broken(home, how) if how else environment(home)
    before = _contents(place)
    ran = reflect(home, *typed, environ=environ, deadline=_DEADLINE)
    if ran.code not in (1, 2):
        return f"it ended with {ran.code}"
    if _CANARY in ran.out + ran.err or "root:" in ran.out + ran.err:
        return "what stands elsewhere was shown"
    if "Traceback" in ran.err:
        return "a traceback"
    packs = home / "packs"
    if packs.is_dir() and any(packs.iterdir()):
        return "it was let in"
    return "" if _contents(place) == before else "something outside the home was changed"


def _contents(place: Path) -> dict[str, str]:
    """What lies outside the home and the user's own folder, with what is in plain files."""
    found = {}
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place)
        if name.parts[0] in ("reflect", "somebody", "broken"):
            continue
        plain = stat.S_ISREG(path.lstat().st_mode)
        found[str(name)] = sha256(path.read_bytes()).hexdigest() if plain else "no file"
    return found


# --- traps -------------------------------------------------------------------------------


def _cases() -> Iterator[Case]:
    yield from _folders()
    yield from (Case(f"zip of {name}", _zipped(made)) for name, made in _archives())
    for name in ("../elsewhere", "../elsewhere/pack.yaml", "/etc/passwd", "a/../../x", "..", "."):
        for typed in (("--pack", name), ("pack", "test", name), ("pack", "remove", name)):
            yield Case(f"{' '.join(typed)}", lambda _, typed=typed: typed)  # type: ignore[misc]
    for name in ("../elsewhere", "/etc/passwd", "four-stages", "Ward", "a" * 300, "con.", "."):
        yield Case(f"a pack called {name[:20]}", _called(name))
    for name in ("../elsewhere", "/etc/passwd", "elsewhere/pack.yaml"):
        yield Case(f"a pack that extends {name}", _extending(name))


def _folders() -> Iterator[Case]:
    def linked(inside: str, to: str) -> Callable[[Path], tuple[str, ...]]:
        def make(trap: Path) -> tuple[str, ...]:
            whole = trap / "ward"
            (whole / inside).parent.mkdir(parents=True)
            if inside != "pack.yaml":
                (whole / "pack.yaml").write_text(_PACK.replace(_CANARY, "Ward").format("ward"))
            (whole / inside).symlink_to(to if to.startswith("/") else (trap.parent / to))
            return "pack", "add", str(whole), "--yes"

        return make

    secret = "elsewhere/pack.yaml"
    yield Case("pack.yaml is a link", linked("pack.yaml", secret))
    yield Case("pack.yaml is a link to passwd", linked("pack.yaml", "/etc/passwd"))
    yield Case("pack.yaml is a link to zeros", linked("pack.yaml", "/dev/zero"))
    yield Case("a translation is a link", linked("translations/de.yaml", secret))
    yield Case("a story is a link", linked("stories/one.yaml", secret))
    yield Case("the translations are a linked folder", _linked_folder)
    yield Case("pack.yaml is a pipe", _special(os.mkfifo))
    yield Case("pack.yaml is a folder", _special(os.mkdir))
    yield Case("a device", lambda _: ("pack", "add", "/dev/zero", "--yes"))
    yield Case("a file that is no pack", lambda _: ("pack", "add", "/etc/passwd", "--yes"))


def _linked_folder(trap: Path) -> tuple[str, ...]:
    """Translations that lie somewhere else."""
    (trap / "ward").mkdir()
    (trap / "ward" / "pack.yaml").write_text(_PACK.replace(_CANARY, "Ward").format("ward"))
    other = trap.parent / "elsewhere"
    (other / "de.yaml").write_text(f"reflect: 1\npack: ward\nlanguage: de\ntitle: {_CANARY}\n")
    (trap / "ward" / "translations").symlink_to(other)
    return "pack", "add", str(trap / "ward"), "--yes"


def _special(make_it: Callable[[Path], None]) -> Callable[[Path], tuple[str, ...]]:
    def make(trap: Path) -> tuple[str, ...]:
        (trap / "ward").mkdir()
        make_it(trap / "ward" / "pack.yaml")
        return "pack", "add", str(trap / "ward"), "--yes"

    return make


def _called(name: str) -> Callable[[Path], tuple[str, ...]]:
    def make(trap: Path) -> tuple[str, ...]:
        (trap / "one.yaml").write_text(_PACK.replace(_CANARY, "Ward").format(f'"{name}"'))
        return "pack", "add", str(trap / "one.yaml"), "--yes"

    return make


def _extending(name: str) -> Callable[[Path], tuple[str, ...]]:
    def make(trap: Path) -> tuple[str, ...]:
        text = _PACK.replace(_CANARY, "Ward").format("ward") + f"extends: {name}\n"
        (trap / "one.yaml").write_text(text)
        return "pack", "add", str(trap / "one.yaml"), "--yes"

    return make


Members = list[tuple[zipfile.ZipInfo | str, bytes]]


def _archives() -> Iterator[tuple[str, Members]]:
    good = _PACK.format("ward").encode()
    for name in (
        *("../pack.yaml", "ward/../../elsewhere/pack.yaml", "/etc/pack.yaml", "ward\\..\\x.yaml"),
        *("C:/pack.yaml", "ward/\u202epack.yaml", "ward/a\x01b", "ward//../../x.yaml"),
    ):
        yield f"a name {name!a}", [("ward/pack.yaml", good), (name, good)]
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR):
        info = zipfile.ZipInfo("pack.yaml")
        info.external_attr = (kind | 0o777) << 16
        yield f"a kind {kind:o}", [(info, b"/etc/passwd")]
    yield "zeros", [("pack.yaml", good), ("stories/big.yaml", b"\0" * 50_000_000)]
    many: Members = [(f"stories/{number}.yaml", b"") for number in range(1_100)]
    yield "many files", [("pack.yaml", good), *many]
    noise: Members = [(f"stories/{number}.yaml", os.urandom(200_000)) for number in range(30)]
    yield "five megabytes", [("pack.yaml", good), *noise]
    yield "one name twice", [("pack.yaml", good), ("pack.yaml", good)]
    yield "a name in two cases", [("pack.yaml", good), ("PACK.yaml", good)]
    yield "two packs", [("one/pack.yaml", good), ("two/pack.yaml", good)]
    yield "no pack", [("readme", b"")]


def _zipped(members: Members) -> Callable[[Path], tuple[str, ...]]:
    def make(trap: Path) -> tuple[str, ...]:
        data = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
            warnings.simplefilter("ignore")
            for name, content in members:
                archive.writestr(name, content)
        (trap / "a.zip").write_bytes(data.getvalue())
        return "pack", "add", str(trap / "a.zip"), "--yes"

    return make


CHECK = Check(
    "T-PACK-PATH",
    ("G9",),
    "no pack leads outside its folder, by link, name or archive",
    run,
    control,
    seconds=7,
)
