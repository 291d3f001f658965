"""Where reflect keeps its things, and what the environment decides.

Everything lives below one folder that nobody else on the machine may enter. This
module is imported at every start and imports next to nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reflect.errors import ReflectError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
PUT_ASIDE = "unsaved-{}.txt"
"""A file of the home with words that could not be stored, by its time."""


class Home(NamedTuple):
    """The places of one person's reflect, all below `root`."""

    root: Path

    @classmethod
    def find(cls, environ: Mapping[str, str], platform: str = sys.platform) -> Home:
        """The home that `environ` names; nothing is created.

        REFLECT_HOME moves everything. Otherwise it is `reflect` in the place for
        programs' data: $XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support
        on macOS, %LOCALAPPDATA% on Windows.
        """
        chosen = environ.get("REFLECT_HOME")
        if chosen:
            return cls(Path(chosen).expanduser().absolute())
        return cls(_data_folder(environ, platform) / "reflect")

    @property
    def database(self) -> Path:
        """The file that holds every answer."""
        return self.root / "reflect.db"

    @property
    def packs(self) -> Path:
        """The mentee's own packs: folders with a `pack.yaml`, or single files."""
        return self.root / "packs"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / "cache"

    @property
    def logs(self) -> Path:
        """Reports of our own faults; never what was answered."""
        return self.root / "logs"

    @property
    def backups(self) -> Path:
        """Verified copies of the database."""
        return self.root / "backups"

    @property
    def exports(self) -> Path:
        """Where files go that were shared or exported without naming a place."""
        return self.root / "exports"

    @property
    def consents(self) -> Path:
        """Which plug-ins with code were allowed."""
        return self.root / "plugins.json"

    def create(self) -> Home:
        """Make the folders that are missing, each open to its owner only, under any umask.

        Folders that were there keep their modes. Raises ReflectError "home-not-usable".
        """
        try:
            for folder in (self.packs, self.cache, self.logs, self.backups, self.exports):
                make_private_folder(folder)
        except OSError as error:
            raise ReflectError(
                "home-not-usable",
                f"cannot make the folder {self.root}: {os.strerror(error.errno or 0)}",
                "set REFLECT_HOME to a folder that you may write to",
            ) from error
        return self


def _data_folder(environ: Mapping[str, str], platform: str) -> Path:
    """The place for programs' data; a relative XDG_DATA_HOME is ignored, as its standard says."""
    home = Path(environ.get("HOME") or "~").expanduser()
    if platform == "darwin":
        return home / "Library" / "Application Support"
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    named = Path(environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else home / ".local" / "share"


def make_private_folder(folder: Path) -> None:
    """Make `folder` and its missing parents with mode 0700; OSError when that cannot be."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    try:
        folder.mkdir(mode=PRIVATE_FOLDER)
    except FileExistsError:
        if folder.is_dir():
            return
        raise
    folder.chmod(PRIVATE_FOLDER)


def write_private_file(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path`, whole or not at all, with mode 0600.

    OSError when that cannot be; then the old file stands. What a kill has left of others in that folder goes.
    """
    from reflect.unfinished import beside, sweep

    sweep(path.parent)
    part = beside(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(part, flags, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            part.chmod(PRIVATE_FILE)
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def today(environ: Mapping[str, str], clock: Callable[[], datetime] | None = None) -> datetime:
    """Now, as local time with its offset; REFLECT_TODAY=YYYY-MM-DD sets the day and keeps the time.

    `clock` gives local time; without an offset it is taken to be in the machine's
    zone. Raises UsageError "bad-today".
    """
    from datetime import datetime

    moment = clock() if clock else datetime.now()
    named = environ.get("REFLECT_TODAY")
    if named:
        moment = _on_day(moment, named)
    return moment if moment.tzinfo else moment.astimezone()


def _on_day(moment: datetime, named: str) -> datetime:
    """`moment` moved to the day `named`, which must be written YYYY-MM-DD."""
    from datetime import date

    try:
        day = date.fromisoformat(named)
    except ValueError:
        day = None
    if day is None or day.isoformat() != named:
        raise UsageError(
            "bad-today",
            "REFLECT_TODAY does not hold a day",
            "write it as year, month and day: REFLECT_TODAY=2026-03-02",
        )
    return moment.replace(year=day.year, month=day.month, day=day.day)


class PluginChoice(NamedTuple):
    """Which plug-ins besides the built-in one to use: those in `names`, or all of them for None."""

    names: frozenset[str] | None

    def wants(self, name: str) -> bool:
        """Whether the plug-in called `name` is among them."""
        return self.names is None or name in self.names

    def __str__(self) -> str:
        return "all" if self.names is None else ",".join(sorted(self.names)) or "none"


ALL_PLUGINS = PluginChoice(None)
NO_PLUGINS = PluginChoice(frozenset())


def plugin_choice(environ: Mapping[str, str]) -> PluginChoice:
    """What REFLECT_PLUGINS says: `all` (also when it is not set), `none`, or names with commas."""
    named = environ.get("REFLECT_PLUGINS", "").strip()
    if named in ("", "all"):
        return ALL_PLUGINS
    if named == "none":
        return NO_PLUGINS
    return PluginChoice(frozenset(filter(None, map(str.strip, named.split(",")))))
