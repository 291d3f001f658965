"""The one place where code of a plug-in is imported.

This module is imported for nothing else, so its presence tells that somebody else's
code runs in this process: threads and exit functions of it may be left, and the
program ends without waiting for them.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint


def load(entry_point: EntryPoint) -> object:
    """The object that `entry_point` names; raises whatever its module raises."""
    return entry_point.load()
