"""Core's own texts, and the layers laid over them: a translation, a base pack, the pack, its translation."""

from __future__ import annotations

from msgspec.structs import replace

from reflect.packs import codes
from reflect.packs.report import Report
from reflect.packs.templates import Surroundings, Templates
from reflect.packs.tree import Map, Text, map_at, text_at, texts_at
from reflect.script import CoreText, Option, Placeholder, Template

CORE = "core"
"""The id of the pack that holds the engine's own words."""

Texts = dict[str, CoreText]


def first_layer(tree: Map, report: Report) -> Texts:
    """Core's texts as core's own pack has them; they may name whatever the engine fills in."""
    templates = Templates({}, report)
    around = Surroundings("core", engine=None)
    return {
        name: _laid_over(CoreText(()), node, templates, around)
        for name, node in map_at(tree, "core").values.items()
        if isinstance(node, Map)
    }


def next_layer(texts: Texts, tree: Map, report: Report) -> Texts:
    """`texts` with those that the `core:` map of `tree` puts in their place, key by key."""
    written = map_at(tree, "core")
    templates = Templates({}, report)
    result = dict(texts)
    for name, node in written.values.items():
        if name not in texts:
            message = f"Core has no text `{name}`."
            hint = report.meant(name, texts)
            report.error(codes.UNKNOWN_CORE_TEXT, written.key_place(name), message, hint)
        elif isinstance(node, Map):
            _check_options(texts[name], name, node, report)
            around = Surroundings("core", engine=_engine_names(texts[name]))
            result[name] = _laid_over(texts[name], node, templates, around)
    return result


def _laid_over(text: CoreText, node: Map, templates: Templates, around: Surroundings) -> CoreText:
    ask = tuple(templates.read(wording, around) for wording in texts_at(node, "ask"))
    how = templates.read(text_at(node, "how"), around)
    example = templates.read(text_at(node, "example"), around)
    return replace(
        text,
        ask=ask or text.ask,
        how=how or text.how,
        example=example or text.example,
        options=_options(text, map_at(node, "options")),
    )


def _options(text: CoreText, written: Map) -> tuple[Option, ...]:
    """The options with the labels that are written; an override has no others than core."""
    labels = {
        name: label.value for name, label in written.values.items() if isinstance(label, Text)
    }
    if not text.options:
        return tuple(Option(name, label) for name, label in labels.items())
    return tuple(Option(old.id, labels.get(old.id, old.label)) for old in text.options)


def _check_options(text: CoreText, name: str, node: Map, report: Report) -> None:
    written = map_at(node, "options")
    known = [option.id for option in text.options]
    for option in written.values:
        if option not in known:
            message = f"Core's `{name}` has no option `{option}`; the engine knows only its own."
            hint = report.meant(option, known)
            report.error(codes.UNKNOWN_CORE_TEXT, written.key_place(option), message, hint)


def _engine_names(text: CoreText) -> frozenset[str]:
    """What the engine fills into `text`."""
    return frozenset(
        piece.name
        for template in _templates(text)
        for piece in template
        if isinstance(piece, Placeholder) and piece.source == "engine"
    )


def _templates(text: CoreText) -> tuple[Template, ...]:
    return (*text.ask, text.how, text.example)
