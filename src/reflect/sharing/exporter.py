"""A form that sessions can be exported in: the built-in ones, and what plug-ins add."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from reflect.sharing.document import Collection


class Exporter(msgspec.Struct, frozen=True):
    """One form of `reflect export --format NAME`.

    `suffix` is the ending of its files (".md"), `help` one line for listings. `write`
    gives the bytes of the document for sessions, oldest first; what is text is UTF-8.
    """

    name: str
    suffix: str
    help: str
    write: Callable[[Collection], bytes]
