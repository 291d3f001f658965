"""The brief: what a mentor should know before a meeting, on one screen.

It is made from the shared model alone, so it can say nothing that is not in the file. Every part has
a limit in lines, every line one in words; together they stay under `MOST_WORDS`. What is
left out stands in the transcript below it.
"""

from __future__ import annotations

from collections.abc import Iterator

from reflect.packs.phrases import Phrases
from reflect.script import Phase
from reflect.sharing.shared import Shared, SharedAnswer, SharedItem, SharedSession
from reflect.sharing.sheet import Part, Sheet

MOST_WORDS = 400
"""Words of a brief at most: one screen, two minutes of reading."""

_WIN_WORDS, _LINE_WORDS, _CONCERN_WORDS = 40, 18, 40
_CHANGES, _ACTIONS, _QUESTIONS, _GOALS = 4, 5, 3, 2
_THEIRS = ("mentor", "both")


def brief(shared: Shared, phrases: Phrases) -> Sheet:
    """What `shared` comes down to, in the words of `phrases`."""
    return _Brief(shared, phrases).sheet()


def concern(shared: Shared) -> SharedAnswer | None:
    """The latest answer about what to adjust: the one thing to raise."""
    return _latest(shared, "adjust")


def part_of(session: SharedSession, answer: SharedAnswer) -> str:
    """The phrase that heads the part of `session` in which `answer` was given."""
    if session.both and answer.phase:
        return "part-both"
    return f"part-{answer.phase or 'before'}"


class _Brief:
    """One brief in the making."""

    def __init__(self, shared: Shared, phrases: Phrases) -> None:
        self._shared = shared
        self._phrases = phrases
        self._say = phrases.say

    @property
    def _writer(self) -> str:
        return self._shared.mentee if self._shared.role == "mentee" else self._shared.mentor

    @property
    def _reader(self) -> str:
        return self._shared.mentor if self._shared.role == "mentee" else self._shared.mentee

    def sheet(self) -> Sheet:
        shared = self._shared
        day = self._phrases.day(shared.day, shared.day)
        unchanged = "brief-first" if shared.since is None else "brief-no-change"
        parts = (
            Part(self._say("brief-win"), tuple(self._win()), self._say("brief-no-win")),
            Part(self._say("brief-changed"), tuple(self._changed()), self._say(unchanged)),
            Part(self._say("brief-due"), tuple(self._actions()), self._say("brief-nothing-due")),
            Part(
                self._say("brief-questions"),
                tuple(self._questions()),
                self._say("brief-no-question"),
            ),
            Part(self._say("brief-concern"), tuple(self._concern()), self._say("brief-no-concern")),
            Part(self._say("brief-goal"), tuple(self._goals()), self._say("brief-no-goal")),
        )
        return Sheet(
            self._say("brief-title", mentee=self._writer, mentor=self._reader),
            self._say("brief-about", day=day, meeting=self._meeting()),
            parts,
        )

    def _meeting(self) -> str:
        if self._shared.meeting is None:
            return self._say("brief-no-meeting")
        day = self._phrases.day(self._shared.meeting, self._shared.day)
        return self._say("brief-meeting", day=day)

    def _win(self) -> Iterator[str]:
        wins = self._items("win")
        worked = _latest(self._shared, "worked")
        said = wins[-1].text if wins else worked.answer if worked else ""
        if said:
            yield _cut(said, _WIN_WORDS)

    # --- what changed ------------------------------------------------------------------

    def _changed(self) -> Iterator[str]:
        lines = [*self._moves(), *self._became()]
        yield from lines[:_CHANGES]
        yield from self._more(len(lines) - _CHANGES)

    def _moves(self) -> Iterator[str]:
        """The last change of stage since the file before."""
        since = self._shared.since or ""
        later = [one for one in self._shared.stages[1:] if one.day >= since]
        for stage in later[-1:]:
            yield self._say("brief-moved", stage=self._say(f"stage-{stage.state}"))

    def _became(self) -> Iterator[str]:
        for item in self._shared.items:
            phrase = f"brief-{item.kind}-{item.state}".replace(" ", "-")
            if not item.open and phrase in self._phrases.texts:
                yield self._say(phrase, text=_cut(item.text, _LINE_WORDS))
            elif item.kind == "goal" and item.state == "revised":
                yield self._say("brief-goal-revised", text=_cut(item.text, _LINE_WORDS))

    # --- what is open ------------------------------------------------------------------

    def _actions(self) -> Iterator[str]:
        found = [one for one in self._items("action") if one.open]
        found.sort(key=lambda one: (one.owner not in _THEIRS, one.due is None, one.due or ""))
        for one in found[:_ACTIONS]:
            yield self._action(one)
        yield from self._more(len(found) - _ACTIONS)
        no_step = None if found else _no_step(self._shared)
        if no_step is not None:
            yield self._say("brief-no-step", text=_cut(no_step.answer, _LINE_WORDS))

    def _action(self, one: SharedItem) -> str:
        who = one.owner if one.owner in _THEIRS else "mentee"
        due = self._phrases.day(one.due, self._shared.day) if one.due else one.due_words
        form = "brief-action-by" if due else "brief-action"
        names = {"mentor": self._reader, "mentee": self._writer}
        return self._say(
            form,
            who=names.get(who) or self._say("both"),
            text=_cut(one.text, _LINE_WORDS),
            due=_cut(due, 8),
        )

    def _questions(self) -> Iterator[str]:
        found = [one for one in self._items("question") if one.state != "answered"]
        for one in found[:_QUESTIONS]:
            yield _cut(one.text, _LINE_WORDS)
        yield from self._more(len(found) - _QUESTIONS)

    def _concern(self) -> Iterator[str]:
        found = concern(self._shared)
        if found is not None:
            yield _cut(found.answer, _CONCERN_WORDS)

    def _goals(self) -> Iterator[str]:
        found = [one for one in self._items("goal") if one.open]
        for one in found[-_GOALS:]:
            state = self._say(f"goal-{one.state}".replace(" ", "-"))
            yield self._say("brief-goal-line", text=_cut(one.text, _LINE_WORDS), state=state)
            for line in [line for line in one.lines if line.kind == "progress"][-1:]:
                yield self._say("brief-progress", text=_cut(line.text, _LINE_WORDS))

    # --- all of them -------------------------------------------------------------------

    def _items(self, kind: str) -> list[SharedItem]:
        return [one for one in self._shared.items if one.kind == kind]

    def _more(self, number: int) -> Iterator[str]:
        if number > 0:
            yield self._phrases.counted("brief-more", number)


def _latest(shared: Shared, phase: Phase) -> SharedAnswer | None:
    """The last answer in its own words of the newest session that has one in `phase`."""
    for session in reversed(shared.sessions):
        found = [one for one in session.answers if one.phase == phase and not one.value]
        if found:
            return found[-1]
    return None


def _no_step(shared: Shared) -> SharedAnswer | None:
    """Why the newest session ends without a step, in the writer's words; None where that was not said."""
    newest = (one for session in shared.sessions[-1:] for one in session.answers)
    return next((one for one in newest if one.no_step), None)


def _cut(text: str, most: int) -> str:
    """The first `most` words of `text` on one line, with "…" where more follow."""
    words = text.split()
    return " ".join(words) if len(words) <= most else " ".join(words[:most]) + " …"
