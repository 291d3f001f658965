"""Every command that changes what is kept, ready to be killed; and those that change none of it."""

from __future__ import annotations

from pathlib import Path

from proof.commands import (
    FOLDER,
    OUT,
    Command,
    changing,
    keeping,
    needed,
    paused,
    reviewing,
    unopened,
    with_notes,
    with_two,
)
from proof.injecting import FILES

_ACTION = ("actions", "add", "write to Mira")
_AGREEMENT = ("agreements", "add", "we meet every month")
_CONTACT = ("contacts", "add", "Mira from the works council")
_FEEDBACK = ("feedback", "add", "speak up sooner")
_GOAL = ("goals", "add", "lead the round by March")
_LESSON = ("lessons", "add", "ask before I build")
_NOTE = ("review", "note", "1", "the card is it")
_QUESTION = ("questions", "add", "how did you start?")
_STEP = ("actions", "edit", "1", "--goal", "1")
_SECOND = (*_ACTION, "--goal", "1")
_WIN = ("wins", "add", "she read the card out")
_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
"""The example recipient of the age specification."""
_PACK = """\
reflect: 1
pack: brought
version: {}.0.0
title: Brought
language: en

worked:
  - id: win
    ask: What went well?
"""
_BROUGHT = ("pack", "add", f"{FOLDER}/1", "--yes")


def _with_packs(folder: Path) -> Path:
    """A home, and beside it two versions of a pack."""
    for version in ("1", "2"):
        (folder / version).mkdir(parents=True)
        (folder / version / "pack.yaml").write_text(_PACK.format(version), "utf-8")
    return paused(folder)


COMMANDS: tuple[Command, ...] = (
    *(
        Command(name, needed(name))
        for name in ("delete", "receive", "restore", "lock", "unlock", "journey rebuild")
    ),
    *(
        Command(name, needed(name), FILES)
        for name in ("export", "share", "backup", "key new", "doctor --repair")
    ),
    Command("archive", changing("archive", OUT, "--force"), FILES),
    Command("abandon", changing("abandon", base=paused)),
    Command("conclude", changing("conclude")),
    Command("meeting", changing("meeting", "2026-12-01")),
    Command("mentorship rename", changing("mentorship", "rename", "Dan", "--mentorship", "1")),
    Command(
        "mentorship use",
        keeping("mentorship", "use", "Daniel", look=("mentorship", "list"), base=with_two),
    ),
    Command("settings", changing("settings", "language", "en")),
    Command("stage", changing("stage", "goals")),
    Command("undo", changing("undo", after=[_WIN])),
    Command("actions add", changing(*_ACTION)),
    Command("actions done", changing("actions", "done", "1")),
    Command("actions drop", changing("actions", "drop", "1")),
    Command("actions edit", changing("actions", "edit", "1", "ask her twice")),
    Command("actions later", changing("actions", "later", "1", "friday")),
    Command("actions move", changing("actions", "move", "2", "up", after=[_GOAL, _STEP, _SECOND])),
    Command("agreements add", changing(*_AGREEMENT)),
    Command("agreements agree", changing("agreements", "agree", "1", after=[_AGREEMENT])),
    Command("agreements edit", changing("agreements", "edit", "1", "weekly", after=[_AGREEMENT])),
    Command("agreements end", changing("agreements", "end", "1", after=[_AGREEMENT])),
    Command("agreements talked", changing("agreements", "talked", "1", after=[_AGREEMENT])),
    Command("contacts add", changing(*_CONTACT)),
    Command("contacts asked", changing("contacts", "asked", "1", after=[_CONTACT])),
    Command("contacts edit", changing("contacts", "edit", "1", "Mira", after=[_CONTACT])),
    Command("contacts followed-up", changing("contacts", "followed-up", "1", after=[_CONTACT])),
    Command("contacts introduced", changing("contacts", "introduced", "1", after=[_CONTACT])),
    Command("contacts thanked", changing("contacts", "thanked", "1", after=[_CONTACT])),
    Command("feedback add", changing(*_FEEDBACK)),
    Command("feedback edit", changing("feedback", "edit", "1", "at once", after=[_FEEDBACK])),
    Command("goals add", changing(*_GOAL)),
    Command("goals agree", changing("goals", "agree", "1", "--anyway", after=[_GOAL])),
    Command("goals edit", changing("goals", "edit", "1", "lead two rounds", after=[_GOAL])),
    Command("goals let-go", changing("goals", "let-go", "1", after=[_GOAL])),
    Command("goals milestone", changing("goals", "milestone", "1", "ten minutes", after=[_GOAL])),
    Command("goals progress", changing("goals", "progress", "1", "half of it", after=[_GOAL])),
    Command("goals propose", changing("goals", "propose", "1", after=[_GOAL])),
    Command("goals reached", changing("goals", "reached", "1", after=[_GOAL])),
    Command("lessons add", changing(*_LESSON)),
    Command("lessons edit", changing("lessons", "edit", "1", "ask first", after=[_LESSON])),
    Command("questions add", changing(*_QUESTION)),
    Command("questions answered", changing("questions", "answered", "1", after=[_QUESTION])),
    Command("questions asked", changing("questions", "asked", "1", after=[_QUESTION])),
    Command("wins add", changing(*_WIN)),
    Command("notes accept", changing("notes", "accept", "2", base=with_notes)),
    Command("notes decline", changing("notes", "decline", "2", base=with_notes)),
    Command("review open", changing("review", "open", f"{FOLDER}/sealed", base=unopened)),
    Command("review note", changing(*_NOTE, base=reviewing)),
    Command(
        "review propose",
        changing("review", "propose", "action", "send the slides", base=reviewing),
    ),
    Command("review answer", changing("review", "answer", "1", "by listening", base=reviewing)),
    Command("review take", changing("review", "take", "2", "I ask her", base=reviewing)),
    Command("review agree", changing("review", "agree", "3", base=reviewing)),
    Command("review agenda", changing("review", "agenda", "the round", base=reviewing)),
    Command("review thank", changing("review", "thank", "thank you", base=reviewing)),
    Command(
        "review edit", changing("review", "edit", "1", "keep it", after=[_NOTE], base=reviewing)
    ),
    Command("review withdraw", changing("review", "withdraw", "1", after=[_NOTE], base=reviewing)),
    Command(
        "review reply",
        changing("review", "reply", "-o", OUT, "--force", after=[_NOTE], base=reviewing),
        FILES,
    ),
    Command("pack add", keeping(*_BROUGHT, look=("pack", "list"), base=_with_packs), FILES),
    Command(
        "pack update",
        keeping(
            *("pack", "update", "brought", f"{FOLDER}/2", "--yes"),
            look=("pack", "inspect", "brought"),
            after=[_BROUGHT],
            base=_with_packs,
        ),
        FILES,
    ),
    Command(
        "pack remove",
        keeping(
            *("pack", "remove", "brought", "--yes"),
            look=("pack", "list"),
            after=[_BROUGHT],
            base=_with_packs,
        ),
        FILES,
    ),
    Command("key add", keeping("key", "add", "d", _KEY, "--yes", look=("key", "list")), FILES),
    Command(
        "key remove",
        keeping(
            *("key", "remove", "d"),
            look=("key", "list"),
            after=[("key", "add", "d", _KEY, "--yes")],
        ),
        FILES,
    ),
)

ELSEWHERE = {
    "": "a session, killed at each of its calls",
    "mentorship new": "begins a session",
    "debrief": "notes a day as `meeting` does, then begins a session",
    "goals plan": "adds steps as `actions add` does",
    "resume": "goes on with a session",
    "review close": "adds an event by the door of `review take`",
    "key restore": "writes one file as `key new` does",
    "plugins enable": "writes one file as `key add` does",
    "plugins disable": "writes one file as `key add` does",
}
"""Commands that change what is kept, and what stands for them."""

MAKES_AGAIN = frozenset(
    (
        *("prepare", "compare-expectations", "key sheet", "demo"),
        *("pack new", "pack check", "pack test", "pack graph", "pack schema", "pack translate"),
        *("plugins new", "schema bundle", "schema transcript"),
    )
)
"""Commands that at most make a file which can be made again."""

LOOKS = frozenset(
    (
        *("about", "where", "hear", "suggest", "next", "search", "completion"),
        *("history", "show", "shared", "shared show", "journey", "mentorship", "mentorship list"),
        *("actions", "agreements", "contacts", "feedback", "lessons", "notes", "questions"),
        *("goals", "goals show", "wins", "key", "key show", "key list"),
        *("pack list", "pack show", "pack walk", "pack try", "pack diff", "pack inspect"),
        *("pack codes", "plugins", "plugins list", "plugins info", "plugins doctor"),
        *("review list", "review show", "review search", "review compare", "review owed"),
        *("review", "review notes"),
    )
)
"""Commands that only look."""
