"""The format as one table: for each mapping its keys, the shape of each value, and a line of help.

The checker walks with it; whatever else must know the format (the JSON Schema for
editors, the page for authors) is made from the same table. What stories and lexicons
hold stands in `story_table`.
"""

from __future__ import annotations

import msgspec

from reflect.packs.table import Key, Mapping, Table
from reflect.script import KEEPS, LIFECYCLE, MOMENTS, PHASES, Keep, Lifecycle, Moment

FORMAT = "1"
MOST_QUESTIONS = 200
REPEAT_LIMITS = (2, 9)
RESERVED = frozenset(
    (
        *("mentee", "mentor", "other", "stage", "match", "quote", "answer"),
        *("journey", "it", "last", "core", "again"),
    )
)
"""Words that mean something of their own in texts, conditions or keys, and so cannot be ids."""

_SHARE = ("yes", "no", "at the end")
_SHARE_MEANS = (
    "it may be part of what the mentee shares",
    "it stays with the mentee",
    "it stays with the mentee until they decide, one by one, before the summary",
)
_YES_NO = ("yes", "no")
_PHASE_HELP = {
    "opening": "questions about what happened",
    "worked": "questions about what to keep",
    "adjust": "questions about what to change",
    "next": "questions about what will be done",
    "closing": "questions about anything for the mentor",
}
_KEEP_MEANS: dict[Keep, str] = {
    "action": "something to do; who does it and by when is asked if it was not said",
    "goal": "something to reach; what is missing to make it clear is asked",
    "win": "something that went well",
    "feedback": "something the mentor, or somebody else, said about the work",
    "lesson": "something learnt",
    "question": "something to ask the mentor",
    "contact": "somebody to get in touch with",
    "agreement": "something the two have agreed on",
}
LIFECYCLE_MEANS: dict[Lifecycle, str] = {
    "find": "looking for a mentor",
    "start": "the first meeting is near, or just over",
    "rapport": "getting to know each other",
    "goals": "agreeing what to work on",
    "work": "well under way",
    "review": "looking back on how it goes",
    "conclude": "coming to an end",
    "maintain": "staying in touch afterwards",
}
MOMENT_MEANS: dict[Moment, str] = {
    "any": "on any day between two meetings",
    "finding": "before there is a mentor",
    "beginning": "when the two of you begin",
    "goals": "when you want to get somewhere",
    "meeting": "before or after a meeting",
    "learning": "when you try or learn something",
    "feedback": "when somebody said how you work, or you say it",
    "success": "when something went well",
    "trouble": "when something is hard",
    "people": "when it is about people you know, or would like to",
    "looking-back": "to look back over a while",
    "ending": "when it ends, and afterwards",
}
_STATES = tuple(LIFECYCLE_MEANS[state] for state in LIFECYCLE)
_PHASES = tuple(Key(phase, "blocks", _PHASE_HELP[phase], texts=True) for phase in PHASES)
_ID = Key("id", "id", "a-z, 0-9 and hyphens; never used twice", required=True, texts=True)
_WHEN = Key("when", "sentences", "a condition on earlier answers; a list means all of them")
_DEPTH = Key(
    "depth",
    "word",
    "deeper: only in the long session",
    choices=("always", "deeper"),
    meanings=("in every session", "only in the long session"),
    default="always",
)

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
        Key(
            "for",
            "word",
            "who answers",
            choices=("mentee", "mentor", "both"),
            meanings=("the mentee", "the mentor", "each alone; `{other}` is the person opposite"),
            default="mentee",
        ),
        Key("signs", "lines", "sentences that tell when this pack is right", texts=True),
        Key(
            "moment",
            "word",
            "when it is opened: the heading it is listed under",
            choices=MOMENTS,
            meanings=tuple(MOMENT_MEANS[moment] for moment in MOMENTS),
            default="any",
        ),
        Key("words", "lists", "named word lists, `*` for any ending", texts=True),
        Key(
            "share",
            "word",
            "the default of its questions",
            choices=_SHARE,
            meanings=_SHARE_MEANS,
            default="yes",
        ),
        Key("extends", "id", "the id of an installed pack to build on"),
        Key("stages", "maps", "where the mentorship can be", of="stage", texts=True),
        *_PHASES,
        Key("renamed", "renames", "old id: new id"),
        Key("retired", "ids", "ids that are no longer asked"),
        Key("core", "core", "core's texts in words of your own, by id", texts=True),
    ),
    starter={
        "reflect": "1",
        "pack": "${1:ward-debrief}",
        "version": "1.0.0",
        "title": "${2:After the shift}",
        "language": "${3:en}",
        "worked": [
            {"id": "${4:calm}", "ask": "${5:When did you feel calm on the ward this week?}"}
        ],
    },
)

STAGE = Mapping(
    "stage",
    "Where the mentorship is; not a step of a method.",
    (
        _ID,
        Key("title", "text", "the title that people read", required=True, texts=True),
        Key("aim", "text", "what this stage is for", texts=True),
        Key("signs", "lines", "sentences that tell when this stage is right", texts=True),
        Key(
            "lifecycle",
            "words",
            "the states of a mentorship that it serves",
            choices=LIFECYCLE,
            meanings=_STATES,
        ),
        *_PHASES,
    ),
    starter={
        "id": "${1:first-weeks}",
        "title": "${2:The first weeks}",
        "aim": "${3:You two find out how the other works.}",
        "worked": [{"id": "${4:at-ease}", "ask": "${5:When was it easy to talk to {mentor\\}?}"}],
    },
    inherits=True,
)

QUESTION = Mapping(
    "question",
    "One question.",
    (
        _ID,
        Key("ask", "lines", "one wording or several", required=True, texts=True, fills=True),
        Key("how", "text", "one line on how to answer", texts=True, fills=True),
        Key("example", "text", "an answer somebody could have given", texts=True, fills=True),
        Key(
            "answer",
            "word",
            "what kind of answer",
            choices=("text", "line", "yesno", "number", "date", "scale", "choice"),
            meanings=(
                "a few sentences",
                "one line",
                "yes or no",
                "a number",
                "a day",
                "a step of the `scale`",
                "one of the `options`",
            ),
            default="text",
        ),
        Key("scale", "scale", "from 1 to 5"),
        Key("labels", "lines", "one for each step, or for the first and the last", texts=True),
        Key("options", "options", "a dash each: `- time: Not enough time`", texts=True),
        Key(
            "choose",
            "word",
            "more than one option",
            choices=("several",),
            meanings=("as many options as fit",),
        ),
        _DEPTH,
        Key(
            "skip",
            "word",
            "no: an answer is needed",
            choices=_YES_NO,
            meanings=("Enter leaves it out", "an answer is needed"),
            default="yes",
        ),
        _WHEN,
        Key("must", "maps", "what the answer has to hold", of="must", texts=True),
        Key("probe", "maps", "follow-ups, of which the first that fires asks", of="probe", texts=True),
        Key(
            "keep",
            "word",
            "what the answer becomes",
            choices=KEEPS,
            meanings=tuple(_KEEP_MEANS[keep] for keep in KEEPS),
        ),
        Key("share", "word", "who may read the answer", choices=_SHARE, meanings=_SHARE_MEANS),
        Key(
            "for",
            "word",
            "who is asked, in a pack for both",
            choices=("mentee", "mentor"),
            meanings=("only the mentee", "only the mentor"),
        ),
        Key(
            "moves to",
            "word",
            "where a yes moves the mentorship",
            choices=LIFECYCLE,
            meanings=_STATES,
        ),
        Key("note for mentor", "text", "shown in review, beside the answer", texts=True, fills=True),
    ),
    starter={
        "id": "${1:at-ease}",
        "ask": "${2:Think of a moment when talking to {mentor\\} felt easy. What made it so?}",
        "how": "${3:One moment is enough, who said what and what it changed.}",
        "example": "${4:She told me about her first failed project.}",
    },
    inherits=True,
)  # fmt: skip

MUST = Mapping(
    "must",
    "A hard check on an answer; what was typed stays.",
    (
        Key("check", "sentences", "a condition on `answer`", required=True),
        Key("say", "text", "said when it does not hold", required=True, texts=True, fills=True),
    ),
    starter={
        "check": "${1:answer is longer than 2 words}",
        "say": "${2:A few words more, please.}",
    },
)

PROBE = Mapping(
    "probe",
    "One optional follow-up; Enter declines it.",
    (
        Key("id", "id", "needed only when something speaks of it", texts=True),
        Key("when", "sentences", "a condition on `answer` or earlier answers", required=True),
        Key("ask", "lines", "one wording or several", required=True, texts=True, fills=True),
        Key("fires", "lines", "answers on which it must ask", texts=True),
        Key("quiet", "lines", "answers on which it must not", texts=True),
    ),
    starter={
        "when": "${1:answer is vague}",
        "ask": "${2:What exactly did {mentor\\} or you do?}",
        "fires": ["${3:It was fine}"],
        "quiet": ["${4:She repeated my worry back to me before she answered}"],
    },
)

ONE_OF = Mapping(
    "one of",
    "Questions of which a session asks one: the one asked longest ago.",
    (
        _ID,
        Key("one of", "questions", "the members", required=True, texts=True),
        _DEPTH,
        _WHEN,
    ),
    starter={
        "id": "${1:good-moments}",
        "one of": [
            {"id": "${2:went-well}", "ask": "${3:What went better than last time?}"},
            {"id": "${4:proud-of}", "ask": "${5:What are you glad you did?}"},
        ],
    },
    inherits=True,
)

REPEAT = Mapping(
    "repeat",
    "Questions that are asked several times.",
    (
        _ID,
        Key("repeat", "limit", "how often at most: up to 3", required=True),
        Key("again", "lines", "asks whether to go on", required=True, texts=True, fills=True),
        Key("questions", "questions", "the questions of one round", required=True, texts=True),
        _DEPTH,
        _WHEN,
    ),
    starter={
        "id": "${1:steps}",
        "repeat": "up to ${2:3}",
        "again": "${3:Another step?}",
        "questions": [{"id": "${4:step}", "ask": "${5:What will you do?}"}],
    },
    inherits=True,
)

CORE_TEXT = Mapping(
    "core text",
    "A question or sentence of the engine.",
    (
        Key("ask", "lines", "one wording or several", texts=True, fills=True),
        Key("how", "text", "one line on how to answer", texts=True, fills=True),
        Key("example", "text", "an answer somebody could have given", texts=True, fills=True),
        Key("options", "options", "the labels of its options, by id", texts=True),
    ),
    starter={"ask": ["${1:Good to see you, {mentee\\}.}"]},
)

FORMAT_1: Table = {
    mapping.name: mapping
    for mapping in (PACK, STAGE, QUESTION, MUST, PROBE, ONE_OF, REPEAT, CORE_TEXT)
}

MARKS = Key(
    "marks",
    "pairs",
    "which text of the pack was translated; kept by `reflect pack translate`",
    texts=True,
)


def _texts_only(mapping: Mapping) -> Mapping:
    keys = tuple(msgspec.structs.replace(key, required=False) for key in mapping.keys if key.texts)
    more = (MARKS,) if mapping is PACK else ()
    return msgspec.structs.replace(mapping, keys=keys + more)


TRANSLATION: Table = {name: _texts_only(mapping) for name, mapping in FORMAT_1.items()}
"""The same table with the keys that a translation holds."""

HEADER = frozenset(
    (
        "reflect",
        "pack",
        "version",
        "title",
        "language",
        "about",
        "for",
        "moment",
        "signs",
        "extends",
    )
)
"""The keys of a pack that a catalogue shows."""

KEYS = frozenset(name for mapping in FORMAT_1.values() for name in mapping.names) | {MARKS.name}
"""Every key of the format."""
