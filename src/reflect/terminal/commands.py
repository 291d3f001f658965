"""What may be typed instead of an answer."""

from __future__ import annotations

from typing import NamedTuple

from reflect.text import nearest

NAMES = (
    "help",
    "back",
    "edit",
    "skip",
    "why",
    "example",
    "private",
    "pause",
    "status",
    "remove",
    "editor",
    "new",
    "take",
)
_NUMBERED = ("edit", "private")
_LONGEST_SHOWN = 24


class Answer(NamedTuple):
    """An answer; a doubled slash at its beginning has become one."""

    text: str

    def __repr__(self) -> str:
        return "<Answer>"


class Command(NamedTuple):
    """One of `NAMES`, with what stood behind it."""

    name: str
    argument: str = ""


class Unknown(NamedTuple):
    """Something with a slash that is no command; `meant` is the closest one, or ""."""

    typed: str
    meant: str

    def __repr__(self) -> str:
        return "<Unknown>"


def parse(line: str) -> Answer | Command | Unknown:
    """What `line` is: only /edit and /private take anything behind their names."""
    text = line.strip()
    if text == "?":
        return Command("example")
    if text.startswith("//"):
        return Answer(line.replace("//", "/", 1))
    if not text.startswith("/"):
        return Answer(line)
    name, *behind = text[1:].split(maxsplit=1)[:2] or [""]
    argument = behind[0] if behind else ""
    if name.lower() in NAMES and (not argument or name.lower() in _NUMBERED):
        return Command(name.lower(), argument)
    close = name.lower() if name.lower() in NAMES else nearest(name, NAMES)
    return Unknown(f"/{name}"[:_LONGEST_SHOWN], f"/{close}" if close else "")


def as_line(answer: str) -> str:
    """`answer` as it is typed: a slash at its beginning is doubled."""
    return answer.replace("/", "//", 1) if answer.lstrip().startswith("/") else answer


def menu(help_lines: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The commands with the line that core's help has for each."""
    pairs = (line.partition(" ") for line in help_lines if line.startswith("/"))
    return tuple((command, rest.removeprefix("N ")) for command, _, rest in pairs)
