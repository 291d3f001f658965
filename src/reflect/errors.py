"""What can go wrong, by whose fault it is.

Trouble in data (a pack, a bundle, a database) is described by values
(`reflect.diagnostics`); what stops a command is one of these exceptions. One
place, `reflect.cli.main`, turns them into exit codes. No message may carry
anything that a mentee wrote.
"""

from __future__ import annotations


class ReflectError(Exception):
    """A command cannot go on, for a reason its user can do something about.

    `code` is stable and can be looked up, `message` says what is wrong and where,
    `hint` what to do instead. The program ends with `exit_code`.
    """

    exit_code = 1

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class UsageError(ReflectError):
    """What was typed on the command line makes no sense."""

    exit_code = 2


class StoreError(ReflectError):
    """The database cannot be read or written; nothing in it was changed."""


class PackError(ReflectError):
    """A pack that is needed cannot be used."""


class Misuse(Exception):
    """One of our own rooms was used against its contract: our bug, never the user's."""
