"""Two sheets of a pack that each answered alone, question beside question.

What was chosen is compared by its value, so it may have been answered in two languages; what was
written stands side by side and is never judged. Where one of the two says nothing, nothing is said about why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from reflect.events import Private
from reflect.packs.phrases import Phrases
from reflect.script import Kind, Option, Question, Script
from reflect.sharing.shared import SharedAnswer, SharedSession
from reflect.text import clean_input

OTHER = "other"
"""The option that takes words of one's own: two who chose it did not say the same."""

How = Literal["alike", "differ", "beside", "one"]
"""Both hold the same, they differ, their words stand side by side, or only one of them has answered."""


class Names(NamedTuple):
    """What the reader and the person opposite are called."""

    me: str
    other: str

    def __repr__(self) -> str:
        return "<Names>"


class Row(Private, frozen=True, omit_defaults=False):
    """One question: `mine` and `theirs` as they are read, "" where nothing was said.

    `topic` is what it is about in a few words. Of a question with several choices, `both` holds what
    both chose, `only_mine` and `only_theirs` what only one did; of a choice that is alike, `both`
    holds it. `about` is the name of the other's answer in shared files.
    """

    asked: str
    topic: str
    question: str
    how: How
    mine: str = ""
    theirs: str = ""
    both: tuple[str, ...] = ()
    only_mine: tuple[str, ...] = ()
    only_theirs: tuple[str, ...] = ()
    about: str = ""


class Comparison(Private, frozen=True, omit_defaults=False):
    """Two sheets, side by side: ISO days on which they were answered, and a row for each question."""

    pack: str
    title: str
    me: str
    other: str
    my_day: str
    their_day: str
    rows: tuple[Row, ...]

    def of(self, how: How) -> tuple[Row, ...]:
        """The rows of one kind, in the order they were asked."""
        return tuple(row for row in self.rows if row.how == how)


def side_by_side(
    mine: SharedSession,
    theirs: SharedSession,
    script: Script,
    phrases: Phrases,
    names: Names,
    spoken: Sequence[Script] = (),
) -> Comparison:
    """`mine` beside `theirs`, two sheets of the pack of `script`, which is in the reader's language.

    `spoken` is the pack in the languages in which it was answered: so words of one's own are told
    from the labels they stand behind.
    """
    return Comparison(
        pack=mine.pack,
        title=script.title,
        me=names.me,
        other=names.other,
        my_day=mine.day,
        their_day=theirs.day,
        rows=tuple(_rows(_Sheet(mine, script), _Sheet(theirs, script), (script, *spoken), phrases)),
    )


def talk_about(row: Row, names: Names, phrases: Phrases) -> str:
    """The point for the agenda that a row in which the two differ makes, on one line."""
    if row.both or row.only_mine or row.only_theirs:
        said = _parts(row, names, phrases)
    else:
        said = [(names.me, row.mine), (names.other, row.theirs)]
    parts = [phrases.say("sides-part", who=who, what=what) for who, what in said]
    return _line(phrases.say("sides-agenda", topic=row.topic, parts="; ".join(parts)))


def term(row: Row, phrases: Phrases) -> str:
    """What both hold in this row as a term between the two, on one line; "" where there is nothing."""
    if not row.both:
        return ""
    return _line(phrases.say("sides-term", topic=row.topic, what=", ".join(row.both)))


def lines_of(row: Row, names: Names, phrases: Phrases) -> list[tuple[str, str]]:
    """What stands below the topic of a row: who, and what they said; who has said nothing is left out."""
    if row.how == "alike":
        return [(phrases.say("sides-both"), ", ".join(row.both))]
    if row.both or row.only_mine or row.only_theirs:
        return _parts(row, names, phrases)
    said = [(names.me, row.mine), (names.other, row.theirs)]
    return [(who, what) for who, what in said if what]


def _parts(row: Row, names: Names, phrases: Phrases) -> list[tuple[str, str]]:
    said = (
        (phrases.say("sides-both"), row.both),
        (phrases.say("sides-only", name=names.me), row.only_mine),
        (phrases.say("sides-only", name=names.other), row.only_theirs),
    )
    return [(who, ", ".join(what)) for who, what in said if what]


class _Sheet:
    """One sheet by question; a question that was asked in several rounds has the answers of all."""

    def __init__(self, session: SharedSession, script: Script) -> None:
        self.answers: dict[str, list[SharedAnswer]] = {}
        for answer in session.answers:
            if answer.asked:
                name = script.renamed.get(answer.asked, answer.asked)
                self.answers.setdefault(name, []).append(answer)

    def of(self, asked: str) -> Sequence[SharedAnswer]:
        return self.answers.get(asked, ())


def _rows(
    mine: _Sheet, theirs: _Sheet, scripts: Sequence[Script], phrases: Phrases
) -> Iterator[Row]:
    known = [_questions(script) for script in scripts]
    order = [*known[0], *mine.answers, *theirs.answers]
    for asked in dict.fromkeys(order):
        ours, others = mine.of(asked), theirs.of(asked)
        if ours or others:
            asked_as = [questions[asked] for questions in known if asked in questions]
            yield _row(asked, ours, others, _Reading(asked_as, phrases), phrases)


def _questions(script: Script) -> dict[str, Question]:
    return {one.id: one for stage in script.stages for one in stage.questions()}


def _row(
    asked: str,
    ours: Sequence[SharedAnswer],
    others: Sequence[SharedAnswer],
    reading: _Reading,
    phrases: Phrases,
) -> Row:
    first = (*ours, *others)[0]
    row = Row(
        asked=asked,
        topic=phrases.texts.get(f"topic-{asked}") or first.question,
        question=first.question,
        how="beside" if ours and others else "one",
        mine="\n".join(map(reading.words, ours)),
        theirs="\n".join(map(reading.words, others)),
        about=others[0].id if others else "",
    )
    chosen = [reading.chosen(said) for said in (ours, others)]
    if row.how == "one" or not all(chosen):
        return row
    return _compared(row, chosen[0], chosen[1], several=reading.kind == "several")


Chosen = dict[str, str]
"""What was chosen: its value, and how it reads. Words of one's own are a value by themselves."""


def _compared(row: Row, ours: Chosen, others: Chosen, *, several: bool) -> Row:
    both = tuple(words for value, words in ours.items() if value in others)
    how: How = "alike" if ours.keys() == others.keys() else "differ"
    rest = (
        tuple(words for value, words in ours.items() if value not in others),
        tuple(words for value, words in others.items() if value not in ours),
    )
    mine, theirs = rest if several else ((), ())
    fields = {name: getattr(row, name) for name in ("asked", "topic", "question", "mine", "theirs")}
    return Row(**fields, how=how, both=both, only_mine=mine, only_theirs=theirs, about=row.about)


class _Reading:
    """How the answers to one question are read: by what they mean, with the labels of the reader.

    `asked_as` is the question in the reader's language first, then in others; empty when the pack
    does not know it.
    """

    def __init__(self, asked_as: Sequence[Question], phrases: Phrases) -> None:
        self.kind: Kind = asked_as[0].kind if asked_as else "text"
        self._known = [_labels(one.options) for one in asked_as] or [{}]
        self._labels: Mapping[str, str] = self._known[0]
        self._phrases = phrases

    def words(self, said: SharedAnswer) -> str:
        """An answer as it is shown, what was said when it was followed up among it."""
        chosen = ", ".join(self._chosen(said).values()) or said.answer
        return "\n".join((chosen, *(reply.answer for reply in said.replies)))

    def chosen(self, answers: Sequence[SharedAnswer]) -> Chosen:
        """What `answers` chose; nothing when one of them is in words, which are not compared."""
        found: Chosen = {}
        for answer in answers:
            chosen = self._chosen(answer)
            if not chosen:
                return {}
            found.update(chosen)
        return found

    def _chosen(self, said: SharedAnswer) -> Chosen:
        if not self._is_compared(said):
            return {}
        if self.kind == "several":
            return dict(self._option(one, said) for one in said.value.split(", "))
        return dict((self._option(said.value, said),))

    def _is_compared(self, said: SharedAnswer) -> bool:
        """Whether it is a value, and one that an answer of its kind can be: files are not to be trusted."""
        if said.summary or not said.value or self.kind in ("text", "line"):
            return False
        if self.kind == "yesno":
            return said.value in ("yes", "no")
        return self.kind != "date" or is_day(said.value)

    def _option(self, value: str, said: SharedAnswer) -> tuple[str, str]:
        if value == OTHER:
            words = self._own(said)
            return f"{OTHER} {' '.join(words.casefold().split())}", words
        if self.kind == "yesno":
            return value, self._phrases.say(f"sides-{value}")
        if self.kind == "date":
            return value, self._phrases.day(value)
        return value, self._labels.get(value) or _label(said, value)

    def _own(self, said: SharedAnswer) -> str:
        """The words of one's own in an answer; the labels beside them are taken away where they are known."""
        words = said.answer
        for value in said.value.split(", "):
            for labels in self._known:
                words = words.removeprefix(labels.get(value, "")).removeprefix(", ")
        return words or said.answer


def _labels(options: Sequence[Option]) -> dict[str, str]:
    return {option.id: option.label for option in options}


def _label(said: SharedAnswer, value: str) -> str:
    """How an option reads that the reader's pack does not know: in the other's words if there is but one."""
    return value if ", " in said.value else said.answer


def is_day(text: str) -> bool:
    """Whether `text` is an ISO date: what comes in a file need not be."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _line(text: str) -> str:
    return " ".join(clean_input(text).split())
