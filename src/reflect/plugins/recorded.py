"""What a plug-in is told when something of a session has been stored: that it was, and no word of it."""

from __future__ import annotations

import msgspec


class Recorded(msgspec.Struct, frozen=True):
    """One event of a session after its commit.

    `kind` is "session started", "answered", "kept", "reopened" or "session finished"; `session` the
    ULID of the session; `key` names the turn and is empty for the session itself; `at` is
    local time with its offset (ISO 8601).
    """

    kind: str
    session: str
    key: str
    at: str
