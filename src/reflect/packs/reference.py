"""The page for authors: every key, condition and placeholder of the language, made from the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reflect.packs.quoting import scalar
from reflect.packs.schema import FORMAT_1, MARKS, TRANSLATION
from reflect.packs.sentences import CONDITIONS, PLACEHOLDERS, Form
from reflect.packs.story_table import LEXICON_TABLE, STATES, STORY_TABLE
from reflect.packs.table import SHAPES, Key, Mapping, Starter
from reflect.script import Vocabulary

COMMAND = (
    "reflect --no-plugins pack schema --format markdown --output docs/pack-language.md --force"
)
"""What writes the page anew."""

_HEAD = f"""\
<!-- Made from the tables of the format. To write it anew: {COMMAND} -->

# The language of packs

A pack is a text file that holds questions. This page lists every word it may use, so that you
can look one up. A pack needs five lines and one question; whatever else you find here is yours to leave out.

`reflect pack new` starts a pack for you, `reflect pack check` tells what is wrong with it and
what to write instead. Begin with those, and come back here when you wonder what else there is.
"""

_NOTES = {
    "pack": "The file `pack.yaml`. A pack in which the mentorship is always at the same point "
    "leaves `stages` out and has the five phases at the top.",
    "question": "`answer` may be left out where `scale` or `options` tell what is wanted.",
    "one of": "A group stands where a question may stand. Its members have no `when` on "
    "answers of the same session.",
    "repeat": "A group stands where a question may stand. Repeats do not stand in each other, and "
    "the first question of a round has no `when`.",
    "core text": "Under `core`, behind the id of the text. A text alone means its `ask`.",
    "line": "`/back`, `/skip`, `/private`, `/remove` and `/edit N` may be typed too.",
    "given": "What is counted may also be written as `open wins`, `win` and so on.",
    "must": "Each stands with a dash under `must`. It reads only `answer`.",
    "probe": "Each stands with a dash under `probe`. The reply becomes part of the answer.",
}

_ORDER = ("pack", "stage", "question", "probe", "must", "one of", "repeat", "core text")


def page(vocabulary: Vocabulary) -> str:
    """The page, in Markdown; `vocabulary` gives the cues."""
    parts = [
        _HEAD,
        *(_section(FORMAT_1[name]) for name in _ORDER),
        _conditions(vocabulary),
        _placeholders(),
        _translations(),
        *(_section(mapping) for mapping in STORY_TABLE.values()),
        _expectations(),
        *(_section(mapping) for mapping in LEXICON_TABLE.values()),
    ]
    return "\n".join(parts)


def _section(mapping: Mapping) -> str:
    lines = [f"## {mapping.name[0].upper()}{mapping.name[1:]}", "", mapping.help, ""]
    note = _NOTES.get(mapping.name)
    if note:
        lines += [note, ""]
    lines += ["```yaml", *_example(mapping), "```", ""]
    lines += [*_table(("key", "takes", "what for"), map(_row, mapping.keys)), ""]
    return "\n".join(lines)


def _row(key: Key) -> tuple[str, str, str]:
    name = f"`{key.name}`" + (" (needed)" if key.required else "")
    meant = f"{key.help}; left out: {key.default}" if key.default else key.help
    return name, _takes(key), meant


def _takes(key: Key) -> str:
    if not key.choices:
        return SHAPES[key.shape]
    several = ["one or several:"] if key.shape == "words" else []
    named = zip(key.choices, key.meanings, strict=True)
    return "<br>".join([*several, *(f"`{word}`: {meaning}" for word, meaning in named)])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _forms(head: str, forms: Iterable[Form]) -> Iterator[str]:
    rows = ((f"`{form.form}`", form.help, f"`{form.example}`") for form in forms)
    return _table((head, "", "for example"), rows)


def _conditions(vocabulary: Vocabulary) -> str:
    lines = [
        "## Conditions",
        "",
        "A condition is one sentence. `X` is the id of an earlier question, `last.` and an id for",
        "the answer of an earlier session, or `answer` in `must` and `probe`. `and` or `or` join whole",
        "sentences, never both; in a list, all of them must hold. A sentence about an answer that",
        "is not there does not hold, `is skipped` and `is not answered` apart.",
        "",
        *_forms("sentence", CONDITIONS),
        "",
        "### Cues",
        "",
        "What can be heard in an answer that is a text.",
        "",
        *_table(("cue", "the answer …"), sorted(_ticked(vocabulary.cues))),
        "",
    ]
    return "\n".join(lines)


def _ticked(named: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{name}`", line) for name, line in named.items())


def _placeholders() -> str:
    lines = [
        "## Placeholders",
        "",
        "In `ask`, `how`, `example`, `say`, `again` and `note for mentor`. The words behind the bar",
        "stand when there is nothing to fill in; they are needed unless the question can be neither",
        "hidden nor skipped.",
        "",
        *_forms("placeholder", PLACEHOLDERS),
        "",
    ]
    return "\n".join(lines)


def _translations() -> str:
    lines = [
        "## Translation",
        "",
        "`translations/de.yaml` is the same tree as `pack.yaml`, with ids and texts only. The ids",
        "of options stay; word lists, `fires` and `quiet` are given anew. Probes are found by their",
        "`id`, else by their order. What is left out stays in the language of the pack.",
        "",
        *_table(("of a", "a translation holds"), map(_held, _ORDER)),
        "",
        f"`{MARKS.name}` says {MARKS.help}.",
        "",
    ]
    return "\n".join(lines)


def _held(name: str) -> tuple[str, str]:
    return name, ", ".join(f"`{key}`" for key in TRANSLATION[name].names)


def _expectations() -> str:
    rows = [
        (
            "the id of a question",
            "<br>".join(f"`{state}`: {line}" for state, line in STATES.items()),
        ),
        ("`win`, `action`, `goal` …", "how many were kept in this session"),
        ("`kept`, `partly`, `not-yet`, `dropped`", "how many promises came to that"),
        ("`private`", "how many answers stay with the mentee"),
        ("`serves`", "words of the goal that the session serves, or `none`"),
        ("`moves to`", "the state the mentorship moves to, or `nowhere`"),
    ]
    head = ["## What a story may expect", ""]
    return "\n".join([*head, *_table(("under `expect`", "what it says"), rows), ""])


def _example(mapping: Mapping) -> Iterator[str]:
    if mapping.name in ("pack", "story", "given", "lexicon", "core text"):
        return _written(mapping.starter)
    return _as_item(mapping.starter)


def _written(starter: Starter) -> Iterator[str]:
    """`starter` as YAML, its marks for editors taken out."""
    for name, value in starter.items():
        if isinstance(value, str):
            yield f"{_unmarked(name)}: {_scalar(value)}"
            continue
        yield f"{_unmarked(name)}:"
        yield from (f"  {line}" for line in _inner(value))


def _inner(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _written(value)
    elif isinstance(value, list):
        for item in value:
            yield from _as_item(item)


def _as_item(item: Starter | str) -> Iterator[str]:
    lines = [_scalar(item)] if isinstance(item, str) else _written(item)
    for number, line in enumerate(lines):
        yield ("  " if number else "- ") + line


def _scalar(marked: str) -> str:
    return scalar(_unmarked(marked))


def _unmarked(text: str) -> str:
    """`text` without the numbers that lead an editor from one gap to the next."""
    return re.sub(r"\$\{[0-9]+:((?:[^}\\]|\\.)*)\}", r"\1", text).replace("\\}", "}")
