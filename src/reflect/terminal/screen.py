"""What the conversation needs of a screen, a pipe, or a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

from reflect.terminal.blocks import Block

How = Literal["sent", "end", "interrupted", "closed", "elsewhere", "too long", "paste cut"]
"""Why asking ended: a line was sent; the input ended; Ctrl-C; the terminal or the system closed it;
the session is no longer ours; a paste was longer than can be taken, or did not come to its end."""

Watch = Callable[[str], bool]
"""Is told about twice a second what stands in the edit line; says whether to go on asking."""


class Typed(NamedTuple):
    """What stood in the edit line when asking ended; `size` in bytes of what was too long."""

    text: str
    how: How = "sent"
    size: int = 0

    def __repr__(self) -> str:
        return f"<Typed {self.how}>"


class Edited(NamedTuple):
    """What came of the mentee's own editor: `trouble` names a sentence of core, "" when all went well.

    `size` is in bytes; `path` is where a text lies that could not be taken; `editor` names a missing one.
    """

    text: str
    trouble: Literal["", "editor-none", "editor-missing", "editor-failed", "too-long"] = ""
    size: int = 0
    path: str = ""
    editor: str = ""

    def __repr__(self) -> str:
        return "<Edited>"


class Screen(Protocol):
    """Shows blocks and asks for one answer at a time."""

    @property
    def patient(self) -> bool:
        """Whether somebody sits there: then an empty line is asked about before it skips."""

    def show(self, *blocks: Block) -> None:
        """Write `blocks` below what stands there."""

    def ask(self, offered: str, watch: Watch) -> Typed:
        """Wait for an answer, with `offered` in the edit line to begin with."""

    def edit(self, text: str) -> Edited:
        """Let the mentee go on with `text` in their own editor."""


def always(_text: str) -> bool:
    """A watch that has nothing to look after."""
    return True
