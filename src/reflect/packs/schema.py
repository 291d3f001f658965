"""The format as one table: for each mapping its keys, the shape of each value, and a line of help.

The checker walks with it; whatever else must know the format (a JSON Schema, the
documentation, an editor) reads the same table.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from reflect.script import KEEPS, LIFECYCLE, PHASES

Shape = Literal[
    "text",  # one text
    "lines",  # one text or a list of texts
    "id",  # an id
    "ids",  # a list of ids
    "word",  # one of the words in `choices`
    "words",  # one or several of them
    "format",  # the number of the format
    "language",  # en, de, pt-BR
    "scale",  # 1 to 5
    "limit",  # up to 3
    "options",  # a list of `id: label` or of texts
    "lists",  # word lists by name
    "renames",  # old id: new id
    "maps",  # a list of the mapping `of`
    "blocks",  # a list of questions and groups
    "questions",  # a list of questions
    "core",  # core's texts by id
]

FORMAT = "1"
MOST_QUESTIONS = 200
MOST_ID = 64
REPEAT_LIMITS = (2, 9)
RESERVED = frozenset(
    (
        *("mentee", "mentor", "other", "stage", "match", "quote", "answer"),
        *("journey", "it", "last", "core", "again"),
    )
)
"""Words that mean something of their own in texts, conditions or keys, and so cannot be ids."""


class Key(msgspec.Struct, frozen=True):
    """One key of a mapping. `of` names the mapping of list items; `texts`: a translation may hold it."""

    name: str
    shape: Shape
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    of: str = ""
    texts: bool = False


class Mapping(msgspec.Struct, frozen=True):
    """A mapping of the format by its name, with its keys in the order in which they are best written."""

    name: str
    help: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        """The key called `name`, None when there is none."""
        return next((key for key in self.keys if key.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all keys."""
        return tuple(key.name for key in self.keys)


_SHARE = ("yes", "no", "at the end")
_YES_NO = ("yes", "no")
_PHASE_HELP = {
    "opening": "questions about what happened",
    "worked": "questions about what to keep",
    "adjust": "questions about what to change",
    "next": "questions about what will be done",
    "closing": "questions about anything for the mentor",
}
_PHASES = tuple(Key(phase, "blocks", _PHASE_HELP[phase], texts=True) for phase in PHASES)
_ID = Key("id", "id", "a-z, 0-9 and hyphens; never used twice", required=True, texts=True)
_WHEN = Key("when", "lines", "a condition on earlier answers; a list means all of them")
_DEPTH = Key("depth", "word", "deeper: only in the long session", choices=("always", "deeper"))

PACK = Mapping(
    "pack",
    "A pack of questions.",
    (
        Key("reflect", "format", "the format, always 1", required=True, texts=True),
        Key("pack", "id", "the pack's id", required=True, texts=True),
        Key("version", "text", "the pack's version, a text", required=True),
        Key("title", "text", "the title that people read", required=True, texts=True),
        Key("language", "language", "the language of the texts: en, de", required=True, texts=True),
        Key("about", "text", "one line for the catalogue", texts=True),
        Key("source", "text", "where the method comes from", texts=True),
        Key("for", "word", "who answers", choices=("mentee", "mentor", "both")),
        Key("signs", "lines", "sentences that tell when this pack is right", texts=True),
        Key("words", "lists", "named word lists, `*` for any ending", texts=True),
        Key("share", "word", "the default of its questions", choices=_SHARE),
        Key("extends", "id", "the id of an installed pack to build on"),
        Key("stages", "maps", "where the mentorship can be", of="stage", texts=True),
        *_PHASES,
        Key("renamed", "renames", "old id: new id"),
        Key("retired", "ids", "ids that are no longer asked"),
        Key("core", "core", "core's texts in words of your own, by id", texts=True),
    ),
)

STAGE = Mapping(
    "stage",
    "Where the mentorship is.",
    (
        _ID,
        Key("title", "text", "the title that people read", required=True, texts=True),
        Key("aim", "text", "what this stage is for", texts=True),
        Key("signs", "lines", "sentences that tell when this stage is right", texts=True),
        Key("lifecycle", "words", "the states of a mentorship that it serves", choices=LIFECYCLE),
        *_PHASES,
    ),
)

QUESTION = Mapping(
    "question",
    "One question.",
    (
        _ID,
        Key("ask", "lines", "one wording or several", required=True, texts=True),
        Key("how", "text", "one line on how to answer", texts=True),
        Key("example", "text", "an answer somebody could have given", texts=True),
        Key(
            "answer",
            "word",
            "what kind of answer",
            choices=("text", "line", "yesno", "number", "date", "scale", "choice"),
        ),
        Key("scale", "scale", "from 1 to 5"),
        Key("labels", "lines", "one for each step, or for the first and the last", texts=True),
        Key("options", "options", "a dash each: `- time: Not enough time`", texts=True),
        Key("choose", "word", "more than one option", choices=("several",)),
        _DEPTH,
        Key("skip", "word", "no: an answer is needed", choices=_YES_NO),
        _WHEN,
        Key("must", "maps", "what the answer has to hold", of="must", texts=True),
        Key("probe", "maps", "follow-ups, of which the first that fires asks", of="probe", texts=True),
        Key("keep", "word", "what the answer becomes", choices=KEEPS),
        Key("share", "word", "who may read the answer", choices=_SHARE),
        Key("for", "word", "who is asked, in a pack for both", choices=("mentee", "mentor")),
        Key("moves to", "word", "where a yes moves the mentorship", choices=LIFECYCLE),
        Key("note for mentor", "text", "shown in review, beside the answer", texts=True),
    ),
)  # fmt: skip

MUST = Mapping(
    "must",
    "A hard check on an answer.",
    (
        Key("check", "lines", "a condition on `answer`", required=True),
        Key("say", "text", "what is said when it does not hold", required=True, texts=True),
    ),
)

PROBE = Mapping(
    "probe",
    "One optional follow-up.",
    (
        Key("id", "id", "needed only when something speaks of it", texts=True),
        Key("when", "lines", "a condition on `answer` or earlier answers", required=True),
        Key("ask", "lines", "one wording or several", required=True, texts=True),
        Key("fires", "lines", "answers on which it must ask", texts=True),
        Key("quiet", "lines", "answers on which it must not", texts=True),
    ),
)

ONE_OF = Mapping(
    "one of",
    "Questions of which a session asks one.",
    (
        _ID,
        Key("one of", "questions", "the members", required=True, texts=True),
        _DEPTH,
        _WHEN,
    ),
)

REPEAT = Mapping(
    "repeat",
    "Questions that are asked several times.",
    (
        _ID,
        Key("repeat", "limit", "how often at most: up to 3", required=True),
        Key("again", "lines", "asks whether to go on", required=True, texts=True),
        Key("questions", "questions", "the questions of one round", required=True, texts=True),
        _DEPTH,
        _WHEN,
    ),
)

CORE_TEXT = Mapping(
    "core text",
    "A question or sentence of the engine.",
    (
        Key("ask", "lines", "one wording or several", texts=True),
        Key("how", "text", "one line on how to answer", texts=True),
        Key("example", "text", "an answer somebody could have given", texts=True),
        Key("options", "options", "the labels of its options, by id", texts=True),
    ),
)

Table = dict[str, Mapping]

FORMAT_1: Table = {
    mapping.name: mapping
    for mapping in (PACK, STAGE, QUESTION, MUST, PROBE, ONE_OF, REPEAT, CORE_TEXT)
}

TRANSLATES = Key("translates", "text", "the version of the pack that was translated", texts=True)


def _texts_only(mapping: Mapping) -> Mapping:
    keys = tuple(msgspec.structs.replace(key, required=False) for key in mapping.keys if key.texts)
    more = (TRANSLATES,) if mapping is PACK else ()
    return msgspec.structs.replace(mapping, keys=keys + more)


TRANSLATION: Table = {name: _texts_only(mapping) for name, mapping in FORMAT_1.items()}
"""The same table with the keys that a translation holds."""

HEADER = frozenset(
    ("reflect", "pack", "version", "title", "language", "about", "for", "signs", "extends")
)
"""The keys of a pack that a catalogue shows."""

KEYS = frozenset(name for mapping in FORMAT_1.values() for name in mapping.names) | {
    TRANSLATES.name
}
"""Every key of the format."""
