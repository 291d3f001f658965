"""A plug-in for reflect: `reflect export --format org`."""

from __future__ import annotations

from collections.abc import Iterable

from reflect.plugins.api import Collection, Exporter, hookimpl


def write(sessions: Collection) -> bytes:
    """The outline of `sessions`, UTF-8."""
    from reflect_org.outline import outline

    return outline(sessions).encode()


@hookimpl
def reflect_exporters() -> Iterable[Exporter]:
    """One format; what writes it is loaded when it is used."""
    return [Exporter("org", ".org", "an outline for Org mode, with actions as TODO", write)]
