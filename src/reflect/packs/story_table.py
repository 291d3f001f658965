"""The tables of what stands beside packs: stories (conversations that test a pack) and lexicons.

They go on where `schema` ends: the readers take their keys from here, and so do the
JSON Schema for editors and the page for authors.
"""

from __future__ import annotations

from reflect.packs.names import JOURNEY
from reflect.packs.schema import LIFECYCLE_MEANS
from reflect.packs.table import Key, Mapping, Table
from reflect.script import KEEPS, LIFECYCLE

STORY = Mapping(
    "story",
    "A conversation that tests a pack.",
    (
        Key("story", "text", "what it shows, in a few words", required=True),
        Key("stage", "text", "the id of the stage; a pack without stages has its own id", required=True),
        Key("given", "map", "what went before", of="given"),
        Key("talk", "maps", "who says what, in order", required=True, of="line"),
        Key("expect", "pairs", "what has come of it in the end"),
        Key("language", "text", "the language it is played in", default="the pack's own"),
        Key(
            "as",
            "word",
            "who answers",
            choices=("mentee", "mentor"),
            meanings=("the mentee", "the mentor, in a pack for both"),
            default="mentee",
        ),
        Key(
            "length",
            "word",
            "which session",
            choices=("short", "long"),
            meanings=("five minutes", "a quarter of an hour, with the deeper questions"),
            default="short",
        ),
    ),
    starter={
        "story": "${1:a thin answer gets one more question}",
        "stage": "${2:rapport}",
        "talk": [
            {"bot": "${3:felt easy}"},
            {"me": "${4:It was fine}"},
            {"bot": "${5:What exactly}"},
            {"me": "${6:She repeated my worry back to me}"},
            {"bot": "…"},
        ],
    },
)  # fmt: skip

GIVEN = Mapping(
    "given",
    "What went before.",
    (
        Key("today", "day", "the day it happens", default="2026-03-02, a Monday"),
        Key("sessions", "count", "how many sessions there were, two weeks apart"),
        Key("last session", "day", "the day of the last one", default="two weeks before"),
        Key("days since", "count", "how many days the last one was ago, in place of its day"),
        Key("mentee", "text", "the mentee's name", default="Amina"),
        Key("mentor", "text", "the mentor's name", default="Daniel"),
        Key("meeting", "day", "when the two meet next: what `before we meet` means"),
        Key(
            "state",
            "word",
            "where the mentorship is; with it, `since`, `kept` or `offered` core may offer to move on",
            choices=LIFECYCLE,
            meanings=tuple(LIFECYCLE_MEANS[state] for state in LIFECYCLE),
            default="the first that the stage serves",
        ),
        Key("since", "day", "since when it is there", default="since before all sessions"),
        Key("kept", "count", "how many promises were kept since then"),
        Key("offered", "day", "when moving on was last offered"),
        Key(
            "open",
            "texts",
            "promises that are still open: `ask Sam for the rota, by 2026-02-27, not yet twice`",
        ),
        Key("not yet", "count", "how often in a row all of them were answered with `not yet`"),
        Key(
            "goals",
            "told",
            "goals, each with its state: `keep bees, agreed`; `, reached` is one that is done",
        ),
        Key(
            "notes",
            "texts",
            "what the mentor wrote back: `well done, beside the names on the card` says what it is beside",
        ),
        Key("last", "pairs", "earlier answers, each behind its question's id"),
        Key("asked", "texts", "ids of questions that were asked since"),
        *(
            Key(f"{keep}s", "count", f"how many of the kind `{keep}` are open")
            for keep in KEEPS
            if keep != "goal"
        ),
    ),
    starter={"today": "${1:2026-03-02}", "sessions": "${2:3}"},
)

LINE = Mapping(
    "line",
    "One line of the talk: either what is said, or what is typed.",
    (
        Key("bot", "text", "part of what is said; `…` ends the check"),
        Key("me", "text", 'what is typed; `""` is Enter, `skip` leaves the question out'),
    ),
    starter={"bot": "${1:part of what is said}"},
)

LEXICON = Mapping(
    "lexicon",
    "The words that listening works with, in one language.",
    (
        Key("language", "text", "the language: en, de", required=True),
        Key("lists", "entries", "words and phrases by the name of their list", required=True),
    ),
    starter={"language": "${1:en}", "lists": {"${2:vague}": ["${3:it was fine}"]}},
)

STORY_TABLE: Table = {mapping.name: mapping for mapping in (STORY, GIVEN, LINE)}
LEXICON_TABLE: Table = {LEXICON.name: LEXICON}

GIVEN_COUNTS = tuple(name for name in JOURNEY if GIVEN.key(name) is None)
"""Other ways to write what `given` counts: `open actions`, `win`."""

STATES: dict[str, str] = {
    "answered": "it was answered",
    "skipped": "it was left out",
    "declined": "its follow-up was left out",
    "asked": "it was asked, whatever came of it",
    "not asked": "it was not asked",
}
"""What a story may expect of a question."""
