"""What every command has at hand: the application, and where data and talk go."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import date

    from reflect.application.unlocking import Asker
    from reflect.application.wiring import Application
    from reflect.diagnostics import Diagnostic
    from reflect.transcripts.store import Store

SCHEMA_VERSION = 1
REVIEWS = "What others shared with you: reflect review list"


class Desk:
    """One run of the program; `debug`, `no_plugins`, `plain` and `passphrase_fd` are its global options."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.debug = False
        self.no_plugins = False
        self.plain = False
        self.all_mentorships = False
        self.passphrase_fd: int | None = None
        self.plugins_shown = False

    @cached_property
    def app(self) -> Application:
        """The application, made when a command first needs it."""
        from reflect.application.wiring import Application
        from reflect.settings import NO_PLUGINS

        app = Application(self.environ, plugins=NO_PLUGINS if self.no_plugins else None)
        app.asker = self._asker
        return app

    def _asker(self) -> Asker:
        from reflect.cli.passphrase import asker

        return asker(self.passphrase_fd)

    def reading(self, app: Application) -> Desk:
        """A desk like this one, at which `app` is read."""
        other = Desk(self.environ)
        other.debug, other.plain, other.all_mentorships = self.debug, self.plain, True
        other.__dict__["app"] = app
        return other

    def tell_of_plugins(self) -> None:
        """Name the plug-ins that failed in this run, each with its first fault, unless they were shown."""
        if self.plugins_shown or "app" not in self.__dict__:
            return
        first: dict[str, str] = {}
        for found in self.app.plugin_faults:
            first.setdefault(found.place.file, found.message)
        if first:
            self.talk(
                "Plug-ins that failed, and were left out there (see: reflect plugins doctor):"
            )
        for place, message in first.items():
            self.talk(f"  {place}: {message}")

    def close(self) -> None:
        """Close what a command opened."""
        if "app" in self.__dict__:
            self.app.close()

    def kept(self) -> Store | None:
        """The store for reading; None, and a friendly line, when nothing was kept yet."""
        from reflect.errors import StoreError

        try:
            store = self.app.reading_store
        except StoreError as error:
            if error.code not in ("nothing-kept", "no-store"):
                raise
            self.nothing_kept()
            return None
        if not store.mentorships() and self.only_reviews():
            self.nothing_kept()
            return None
        return store

    def nothing_kept(self) -> None:
        """Say that there is no session yet."""
        hint = REVIEWS if self.only_reviews() else "Begin one with: reflect"
        self.talk(f"There is no reflection here yet. {hint}")

    def only_reviews(self) -> bool:
        """Whether this is a mentor's home, in which nothing but what others shared is kept."""
        from reflect.application.reviewing import reviews_only
        from reflect.errors import ReflectError

        try:
            return reviews_only(self.app)
        except ReflectError:
            return False

    @cached_property
    def today(self) -> date:
        """The local date of this run."""
        return self.app.now().date()

    # --- where it goes ---

    def show(self, text: str) -> None:
        """Text to be read, on stdout; nothing in it is obeyed by a terminal.

        On a screen no word is cut by its edge.
        """
        from reflect.text import for_terminal

        lines = for_terminal(text).split("\n")
        if self.on_screen:
            lines = [part for line in lines for part in self._fitted(line)]
        self.styled("\n".join(lines))

    def data(self, document: str) -> None:
        """A document on stdout: byte for byte in a file or a pipe, safe on a screen."""
        from reflect.text import for_terminal

        self.styled(for_terminal(document) if self.on_screen else document)

    def styled(self, text: str) -> None:
        """Text on stdout whose foreign parts are safe already and whose styles are ours."""
        sys.stdout.write(text + "\n")

    def json(self, value: Mapping[str, object]) -> None:
        """One JSON document on stdout, with the version of its form in front."""
        import msgspec

        document = msgspec.json.encode({"schema_version": SCHEMA_VERSION, **value})
        self.data(msgspec.json.format(document, indent=2).decode())

    def talk(self, text: str) -> None:
        """What is said to the person, on stderr; on a screen no word is cut by its edge."""
        from reflect.text import for_terminal

        lines = for_terminal(text).split("\n")
        if sys.stderr.isatty():
            lines = [part for line in lines for part in self._folded(line)]
        sys.stderr.write("\n".join(lines) + "\n")

    def _fitted(self, line: str) -> list[str]:
        """`line` as it is where it fits the screen, which keeps its columns; else folded."""
        from reflect.text import display_width

        return [line] if display_width(line) <= self._screen_width() else self._folded(line)

    def _folded(self, line: str) -> list[str]:
        from reflect.sharing.layout import wrapped

        indent = line[: len(line) - len(line.lstrip())]
        return wrapped(line, self.columns, first=indent, rest=indent)

    def report(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Each finding on stderr."""
        for found in diagnostics:
            self.talk(str(found))

    def agrees(self, question: str) -> bool:
        """Whether the next line of input is a yes; the end of input is a no."""
        from reflect.text import for_terminal

        sys.stderr.write(for_terminal(question) + " (yes/no) ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer.endswith("\n"):
            sys.stderr.write("\n")
        return answer.strip().lower() in ("y", "yes", "ok", "okay", "sure")

    # --- the screen ---

    @property
    def columns(self) -> int:
        """How wide to write: the terminal between 40 and 80 columns, 60 where there is none."""
        return self.columns_up_to(80)

    def columns_up_to(self, most: int) -> int:
        """How wide to write what may be wider than a text: between 40 and `most` columns."""
        return min(most, max(40, self._screen_width()))

    def _screen_width(self) -> int:
        named = self.environ.get("COLUMNS", "")
        if named.isdecimal():
            return int(named)
        try:
            return os.get_terminal_size(sys.stdout.fileno()).columns or 60
        except (OSError, ValueError):
            return 60

    @property
    def on_screen(self) -> bool:
        """Whether somebody looks at stdout."""
        return sys.stdout.isatty()

    @property
    def coloured(self) -> bool:
        """Whether stdout takes colours and nobody has asked for none (no-color.org)."""
        dumb = self.environ.get("TERM") == "dumb"
        return self.on_screen and not self.plain and not dumb and not self.environ.get("NO_COLOR")


pass_desk = click.make_pass_decorator(Desk)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")
