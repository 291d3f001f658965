"""What is shared as CommonMark, for a mail or a chat: the brief, then what was said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from reflect.packs.phrases import Phrases
from reflect.sharing.brief import brief, part_of
from reflect.sharing.markdown import line, quoted
from reflect.sharing.shared import Shared, SharedAnswer, SharedSession
from reflect.sharing.sheet import as_markdown


def letter(shared: Shared, phrases: Phrases) -> str:
    """`shared` as one document, in the words of `phrases`."""
    return as_markdown(brief(shared, phrases)) + "\n" + "\n\n".join(_told(shared, phrases)) + "\n"


def _told(shared: Shared, phrases: Phrases) -> Iterator[str]:
    for session in shared.sessions:
        yield from _session(session, shared, phrases)
    if shared.some_private:
        yield f"*{line(phrases.say('some-private'))}*"
    if shared.agreed:
        yield "---"
        yield f"*{line(shared.agreed)}*"


def _session(session: SharedSession, shared: Shared, phrases: Phrases) -> Iterator[str]:
    day = phrases.day(session.day, shared.day)
    yield f"## {line(session.stage)}, {line(day)}"
    for part, answers in groupby(session.answers, partial(part_of, session)):
        yield f"### {line(phrases.say(part))}"
        for answer in answers:
            yield from _answer(answer, phrases)


def _answer(answer: SharedAnswer, phrases: Phrases) -> Iterator[str]:
    yield f"**{line(answer.question)}**"
    yield quoted(answer.answer)
    if answer.summary:
        yield f"*{line(phrases.say('in-short'))}*"
    for reply in answer.replies:
        yield line(reply.question)
        yield quoted(reply.answer)
    if answer.note:
        yield f"*{line(phrases.say('for-the-mentor'))} {line(answer.note)}*"
