"""Where a passphrase is typed or handed over: the terminal, unseen, or a file descriptor."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

import click

from reflect.cli.desk import Desk
from reflect.errors import UsageError

if TYPE_CHECKING:
    from reflect.application.unlocking import Asker
    from reflect.sharing.passphrase import Passphrase

TERMINAL = "/dev/tty"
_LONGEST = 4096
_AGREED = ("y", "yes", "ok", "okay", "sure")


def asker(descriptor: int | None) -> Asker:
    """Who is asked: the lines behind a descriptor, if one was named, else the terminal."""
    return Terminal() if descriptor is None else Lines(descriptor)


def of_a_file(desk: Desk, command: str) -> Passphrase:
    """The passphrase of a shared file that `command` opens; `UsageError` no-passphrase where none can be typed."""
    from reflect.sharing.passphrase import typed

    asked = asker(desk.passphrase_fd)
    with asked.held():
        line = asked.ask("Passphrase of the file")
    if line is None:
        raise UsageError(
            "no-passphrase",
            "There is no terminal to type the file's passphrase at",
            f"Hand it over on a file descriptor: reflect {command} FILE --passphrase-fd 3 3<PASSPHRASE",
        )
    return typed(line)


class Lines:
    """One passphrase a line, in the order in which they are needed."""

    tries = 1

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def ask(self, what: str) -> str:
        """The next line; `UsageError` no-passphrase when there is none."""
        line = _line(self._descriptor)
        if not line:
            raise UsageError(
                "no-passphrase",
                f"Nothing came from file descriptor {self._descriptor}",
                "Open it for reading: reflect --passphrase-fd 3 … 3<FILE",
            )
        return _text(line)

    def held(self) -> AbstractContextManager[None]:
        """Nothing is to be held."""
        return nullcontext()

    def say(self, text: str) -> None:
        """Nobody listens."""

    def agrees(self, question: str) -> bool:
        """Nobody is there to agree."""
        return False


class Terminal:
    """The terminal this process belongs to, whatever its standard input is."""

    tries = 3

    def ask(self, what: str) -> str | None:
        """What is typed, without its being seen; None where there is no terminal."""
        if sys.platform == "win32":
            return _ask_elsewhere(what)
        with _terminal() as opened:
            if opened is None:
                return None
            with _whole_lines(opened, seen=False):
                os.write(opened, f"{what}: ".encode())
                line = _line(opened)
            os.write(opened, b"\n")
        if not line:
            raise KeyboardInterrupt
        return _text(line)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing that is typed is seen, between two tries either."""
        with _terminal() as opened:
            if opened is None:
                yield
                return
            with _whole_lines(opened, seen=False):
                yield

    def say(self, text: str) -> None:
        """One line on the terminal."""
        with _terminal() as opened:
            if opened is not None:
                os.write(opened, f"{text}\n".encode())

    def agrees(self, question: str) -> bool:
        """Whether yes is typed."""
        with _terminal() as opened:
            if opened is None:
                return False
            os.write(opened, f"{question} (yes/no) ".encode())
            with _whole_lines(opened, seen=True):
                return _text(_line(opened)).strip().lower() in _AGREED


def new_passphrase(desk: Desk) -> str:
    """A passphrase to lock with, typed twice where somebody types it. Raises `UsageError`."""
    asked = asker(desk.passphrase_fd)
    with asked.held():
        typed = asked.ask("New passphrase")
        again = asked.ask("The same again") if typed and asked.tries > 1 else typed
    if typed is None:
        raise UsageError(
            "no-passphrase",
            "There is no terminal to type a passphrase at",
            "Hand it over on a file descriptor: reflect --passphrase-fd 3 lock 3<FILE",
        )
    if again != typed:
        raise UsageError("passphrases-differ", "The two are not the same", "Nothing was changed.")
    return typed


def _take_descriptor(ctx: click.Context, _: click.Parameter, value: int | None) -> None:
    desk = ctx.find_object(Desk)
    if value is not None and desk is not None and not ctx.resilient_parsing:
        desk.passphrase_fd = value


passphrase_option = click.option(
    "--passphrase-fd",
    metavar="N",
    type=click.IntRange(min=0),
    expose_value=False,
    callback=_take_descriptor,
    help="Read passphrases from file descriptor N.",
)


@contextmanager
def _terminal() -> Iterator[int | None]:
    """The terminal, opened; None where there is none."""
    if sys.platform == "win32":
        yield None
        return
    try:
        opened = os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        yield None
        return
    try:
        yield opened
    finally:
        os.close(opened)


@contextmanager
def _whole_lines(terminal: int, *, seen: bool) -> Iterator[None]:
    """Lines that end with Enter, echoed or not, whatever held the terminal before; it gets it back."""
    import termios

    before = termios.tcgetattr(terminal)
    modes = termios.tcgetattr(terminal)
    modes[0] |= termios.ICRNL
    modes[3] = modes[3] & ~termios.ECHO | termios.ICANON | termios.ISIG
    modes[3] |= termios.ECHO if seen else 0
    # What was typed ahead is kept: it may be the passphrase.
    termios.tcsetattr(terminal, termios.TCSADRAIN, modes)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _ask_elsewhere(what: str) -> str | None:
    from getpass import getpass

    return getpass(f"{what}: ") if sys.stdin.isatty() else None


def _line(descriptor: int) -> bytes:
    """One line with its end, byte by byte: what follows it belongs to somebody else."""
    line = bytearray()
    try:
        while len(line) < _LONGEST and not line.endswith(b"\n"):
            byte = os.read(descriptor, 1)
            if not byte:
                break
            line += byte
    except OSError as error:
        raise UsageError(
            "no-passphrase",
            f"File descriptor {descriptor} cannot be read: {os.strerror(error.errno or 0)}",
            "Open it for reading: reflect --passphrase-fd 3 … 3<FILE",
        ) from None
    return bytes(line)


def _text(line: bytes) -> str:
    return line.rstrip(b"\r\n").decode("utf-8", "replace")
