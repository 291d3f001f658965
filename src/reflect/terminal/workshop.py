"""What the conversation needs of a place where a pack is tried while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reflect.application.session import Session
    from reflect.terminal.blocks import Block


class Workshop(Protocol):
    """Where a pack is tried by its author: it can change under the conversation, and knows commands of its own."""

    def changed(self) -> bool:
        """Whether the pack was saved since it was read."""

    def again(self, session: Session) -> tuple[Session, tuple[Block, ...]]:
        """The session to go on with on the pack as it is now, and what to show first."""

    def command(self, line: str, session: Session) -> tuple[Block, ...]:
        """What comes of `line`, should it be a command of the workshop; nothing when it is not."""
