"""What is reported about plug-ins: diagnostics whose place is a plug-in's name, safe to show."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.diagnostics import Diagnostic, Place, Severity
from reflect.text import for_terminal, shorten


def fault(code: str, name: str, message: str, hint: str) -> Diagnostic:
    """Something of the plug-in `name` cannot be used."""
    return Diagnostic(code, Severity.ERROR, Place(shown(name)), message, hint)


def notice(code: str, name: str, message: str, hint: str) -> Diagnostic:
    """Something about the plug-in `name` that its user should know."""
    return Diagnostic(code, Severity.WARNING, Place(shown(name)), message, hint)


def meant(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint that names the one of `known` nearest to `name`, or `otherwise`."""
    from reflect.text import nearest

    near = nearest(name, known)
    return f"did you mean {shown(near)}?" if near else otherwise


def shown(name: str) -> str:
    """A foreign name as it may stand in a message."""
    return shorten(for_terminal(name), 60)
