"""HTML put together from elements, so that a text can only ever become a text."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from reflect.text import for_html

_VOID: Final = frozenset(("meta", "link", "br", "input"))


class Markup(NamedTuple):
    """HTML that is written out as it stands: what `element` made, or a file of our own."""

    html: str


Inside: TypeAlias = Markup | str | None
"""What an element can hold: HTML, a text that means itself, nothing."""


def element(tag: str, *inside: Inside, **attributes: str | bool | None) -> Markup:
    """The element `tag` with `inside` and `attributes`; every text in either is encoded.

    Names of attributes are written in Python's way: `class_`, `data_about`. One that is None or
    False is left out, one that is True has no value.
    """
    begin = tag + "".join(_attribute(*one) for one in attributes.items())
    if tag in _VOID:
        return Markup(f"<{begin}>")
    return Markup(f"<{begin}>{joined(*inside).html}</{tag}>")


def joined(*inside: Inside) -> Markup:
    """Several one after the other."""
    return Markup("".join(_written(one) for one in inside))


def _written(inside: Inside) -> str:
    if inside is None:
        return ""
    return inside.html if isinstance(inside, Markup) else for_html(inside)


def _attribute(name: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{for_html(value)}"'
