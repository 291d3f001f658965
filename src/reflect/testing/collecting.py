"""Packs and stories as pytest items: a pack is checked, and each of its stories is played."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from reflect.packs.location import MAX_PACK, PACK_FILE, YOURS, Location
from reflect.rehearsal.files import STORIES

if TYPE_CHECKING:
    from reflect.application.wiring import Application
    from reflect.diagnostics import Diagnostic, Place
    from reflect.listening.ear import Ear
    from reflect.packs.compile import Compiled
    from reflect.rehearsal.outcome import Failure
    from reflect.rehearsal.story import Story

_FIRST_KEY = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*"
    rb"""["']?reflect["']?[ \t]*:[ \t]*1[ \t]*(?:#|\r?\n|$)"""
)
"""The first key of a pack behind comments and blank lines; what stands around it is the check's business."""


def collector_for(file: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """What collects `file`; None when it is neither a pack nor a story of one."""
    if file.name == PACK_FILE and _is_pack(file):
        return PackFile.from_parent(parent, path=file)
    if file.parent.name == STORIES and _is_pack(file.parent.parent / PACK_FILE):
        return StoryFile.from_parent(parent, path=file)
    return None


def _is_pack(file: Path) -> bool:
    """Whether the first key of `file` is `reflect: 1`."""
    try:
        with file.open("rb") as opened:
            return _FIRST_KEY.match(opened.read(MAX_PACK)) is not None
    except OSError:
        return False


class Failed(Exception):
    """What is wrong with a pack or a story, in words for its author."""


class Bench:
    """The application that checks and plays, with what was compiled before; one for each run."""

    def __init__(self, app: Application) -> None:
        self._app = app
        self._compiled: dict[tuple[Location, str | None], Compiled] = {}
        self._ears: dict[str, Ear] = {}

    def findings(self, location: Location) -> tuple[Diagnostic, ...]:
        """As `reflect pack check`."""
        from reflect.application.authoring import check_pack

        return check_pack(self._app, location)

    def play(self, location: Location, story: Story) -> Failure | None:
        """Play `story` in its language; raises `Failed` when the pack has errors there."""
        from reflect.rehearsal.play import play

        compiled = self._pack(location, story.language or None)
        if compiled.script is None:
            raise Failed("\n".join(("the pack has errors", *map(str, compiled.diagnostics))))
        return play(compiled.script, story, self._ear(compiled.script.language)).failure

    def _pack(self, location: Location, language: str | None) -> Compiled:
        from reflect.application.authoring import compiled_at

        if (location, language) not in self._compiled:
            self._compiled[location, language] = compiled_at(self._app, location, language)
        return self._compiled[location, language]

    def _ear(self, language: str) -> Ear:
        from reflect.application.hearing import make_ear

        if language not in self._ears:
            self._ears[language] = make_ear(self._app, language)
        return self._ears[language]


_BENCH = pytest.StashKey[Bench]()


def _bench(config: pytest.Config) -> Bench:
    """The bench of this run, with a folder of its own that goes when the run ends."""
    if _BENCH not in config.stash:
        from reflect.testing.bench import application

        stack = ExitStack()
        app = application(Path(stack.enter_context(TemporaryDirectory(prefix="reflect-"))))
        stack.callback(app.close)
        config.add_cleanup(stack.close)
        config.stash[_BENCH] = Bench(app)
    return config.stash[_BENCH]


# --- a pack ------------------------------------------------------------------------


class PackFile(pytest.File):
    """A `pack.yaml`: one item, the check of the pack in all its languages."""

    def collect(self) -> Iterable[pytest.Item]:
        """The one item."""
        yield PackItem.from_parent(self, name="no errors")


class _Item(pytest.Item):
    """Something in a pack's folder that can be as it should or not."""

    place: Place | None = None

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str:
        """The words for the author; a traceback only where reflect itself is at fault."""
        from reflect.errors import ReflectError

        if isinstance(excinfo.value, Failed | ReflectError):
            return self.told(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """File, line from 0, and name."""
        line = self.place.line - 1 if self.place is not None and self.place.line else 0
        return self.path, line, self.name

    def told(self, found: object) -> str:
        """`found` in words, with the pack's files named as whoever started pytest sees them."""
        folder, start = self.pack.path, self.config.invocation_params.dir
        shown = os.path.relpath(folder, start) if Path(folder).is_relative_to(start) else folder
        return str(found).replace(f"{folder}{os.sep}", "" if shown == "." else f"{shown}{os.sep}")

    @property
    def pack(self) -> Location:
        """The pack that this belongs to."""
        folder = self.path.parent
        return Location(YOURS, str(folder if self.path.name == PACK_FILE else folder.parent))


class PackItem(_Item):
    """The check of one pack: an error fails it, a warning is told."""

    def runtest(self) -> None:
        """Check the pack."""
        from reflect.diagnostics import Severity

        findings = _bench(self.config).findings(self.pack)
        errors = [found for found in findings if found.severity is Severity.ERROR]
        if errors:
            raise Failed("\n".join(map(str, errors)))
        for found in findings:
            self.add_report_section("call", "warning", self.told(found))


# --- its stories -------------------------------------------------------------------


class StoryFile(pytest.File):
    """A file of stories: one item for each, and one for what cannot be read."""

    def collect(self) -> Iterable[pytest.Item]:
        """The stories by name, in the order of the file."""
        from reflect.diagnostics import has_errors
        from reflect.errors import PackError
        from reflect.packs.location import read_plain_file
        from reflect.rehearsal.story import STORY_BYTES, read_stories

        try:
            data = read_plain_file(self.path, STORY_BYTES)
        except PackError as error:
            raise self.CollectError(error.message) from None
        stories, findings = read_stories(str(self.path), data)
        if has_errors(findings):
            yield UnreadItem.from_parent(self, name="can be read", findings=findings)
        for name, story in _named(stories):
            yield StoryItem.from_parent(self, name=name, story=story)


def _named(stories: Iterable[Story]) -> Iterator[tuple[str, Story]]:
    """The stories with names that pytest can tell apart."""
    seen: Counter[str] = Counter()
    for story in stories:
        name = " ".join(story.name.split()) or "a story without a name"
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), story


class StoryItem(_Item):
    """One story, played on the pack beside it."""

    def __init__(self, *, story: Story, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._story = story
        self.place = story.place

    def runtest(self) -> None:
        """Play it."""
        from reflect.rehearsal.junit import as_text

        failure = _bench(self.config).play(self.pack, self._story)
        if failure is not None:
            raise Failed(f"{failure.message}\n\n{as_text(failure.transcript)}".rstrip())


class UnreadItem(_Item):
    """A file in which something is no story."""

    def __init__(self, *, findings: tuple[Diagnostic, ...], **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._findings = findings
        self.place = findings[0].place

    def runtest(self) -> None:
        """Say what is wrong."""
        raise Failed("\n".join(map(str, self._findings)))
