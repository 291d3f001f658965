"""A story that was played, as Markdown to be read aloud."""

from __future__ import annotations

from collections.abc import Iterator

from reflect.rehearsal.outcome import Played, Uttered
from reflect.script import Script

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#"})


def as_markdown(played: Played, script: Script) -> str:
    """The conversation of `played` in the words of `script`: what was asked in plain lines, what was answered quoted.

    It ends with a line break.
    """
    story = played.story
    stage = script.stage(story.stage)
    minutes = "a quarter of an hour" if story.length == "long" else "five minutes"
    where = f"{script.title}, {stage.title}" if len(script.stages) > 1 else script.title
    head = (
        f"# {_plain(story.name[:1].upper() + story.name[1:])}",
        "",
        f"*{_plain(where)}, {minutes}*",
    )
    return "\n".join((*head, *_lines(played.transcript))) + "\n"


def _lines(transcript: tuple[Uttered, ...]) -> Iterator[str]:
    for one in transcript:
        yield ""
        for line in (one.text or "(nothing)").split("\n"):
            yield f"> {_plain(line)}" if one.who == "me" else _plain(line)


def _plain(text: str) -> str:
    return text.translate(_SPECIAL)
