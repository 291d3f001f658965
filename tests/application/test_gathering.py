"""What is gathered for a file: items, where the mentorship is, and what is news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from reflect.application.begin import begin_mentorship, begin_session
from reflect.application.carried import carried
from reflect.application.changing import change
from reflect.application.noting import note
from reflect.application.sharing_out import Sharing, Wish, completed, file_name, new_sessions
from reflect.errors import ReflectError
from reflect.events import ItemNoted, Said, ShareChanged, StageMoved
from reflect.script import Condition, IsSettled, IsValue, Script, Test
from reflect.sharing.shared import Shared, SharedItem
from tests.dialogue.scripts import question, script
from tests.sharing.sessions import QuietApplication

STEP = "ask dr Lang for two minutes"


class Mentee:
    """Somebody whose days go by as the test says."""

    def __init__(self, environ: dict[str, str], asked: Script) -> None:
        self.now = datetime.fromisoformat("2026-11-02T18:30:00+01:00")
        self.app = QuietApplication(environ, clock=lambda: self.now)
        self.asked = asked
        self.relation = begin_mentorship(self.app, "Amina", "Daniel", asked.stages[0])

    def on(self, day: str) -> Mentee:
        self.now = datetime.fromisoformat(f"2026-11-{day}T18:30:00+01:00")
        return self

    def sit(self, **answers: str | bool) -> str:
        """A session: answers by the ids of questions, what became of promises under `check`."""
        length = "short"
        session = begin_session(self.app, self.relation, self.asked, self.asked.stages[0], length)  # type: ignore[arg-type]
        while session.turn is not None:
            turn = session.turn
            name = "check" if turn.role == "promise" else turn.key
            said = answers.get(name)
            if said is None:
                assert session.skip() is None
            elif isinstance(said, str) and turn.role != "promise":
                assert session.say(said) is None
            else:
                event = session.dialogue.hear(Said(str(said), said), self.now)
                assert session._happen(event) is None  # type: ignore[arg-type]
        session.finish()
        return session.id

    def sharing(self, *sessions: str, to: str = "Daniel", **more: Any) -> Sharing:
        wish = Wish(to=to, form="bundle", sessions=sessions, **more)
        return Sharing(self.app, self.relation, wish)

    def sees(self, *sessions: str, **more: Any) -> Shared:
        shared = self.sharing(*sessions, **more).draft().bundle.shared
        assert shared is not None
        return shared

    def items(self, *sessions: str, **more: Any) -> list[str]:
        return [f"{one.kind} {one.state}" for one in self.sees(*sessions, **more).items]

    def send(self, *sessions: str, **more: Any) -> None:
        sharing = self.sharing(*sessions, **more)
        sharing.send(sharing.draft().data, lambda data: None)

    def note(self, *events: Any) -> None:
        note(self.app, self.relation.id, *events)

    @property
    def at(self) -> str:
        return self.now.isoformat()


def pack() -> Script:
    return script(
        worked=(question("win", keep="win", share="yes"),),
        adjust=(
            question("aim", keep="goal", share="yes"),
            question("own", keep="goal", share="no"),
        ),
        next=(question("step", keep="action", share="yes"),),
        closing=(question("on", kind="yesno", moves_to="work", share="yes"),),
    )


@pytest.fixture
def mentee(tmp_path: Any) -> Iterator[Mentee]:
    found = Mentee({"REFLECT_HOME": str(tmp_path / "reflect")}, pack())
    yield found
    found.app.close()


# --- items -------------------------------------------------------------------------------


def test_an_item_waits_for_the_session_that_asked_about_it(mentee: Mentee) -> None:
    first = mentee.sit(step=STEP)
    second = mentee.on("05").sit(check="kept")
    assert mentee.items(first) == [], "what became of it was said in a session that is not in here"
    assert mentee.items(first, second) == ["action kept"]
    mentee.send(first, second)
    assert mentee.items() == [], "it closed before that file"


def test_what_closes_after_a_file_goes_with_the_next(mentee: Mentee) -> None:
    first = mentee.sit(step=STEP)
    mentee.send(first)
    assert mentee.items() == ["action open"]
    assert mentee.items(only_news=True) == []
    (action,) = carried(mentee.app.reading_store, mentee.relation.id, "action")
    change(mentee.app, mentee.relation, [action], [("state", "kept")])
    assert mentee.items() == mentee.items(only_news=True) == ["action kept"]
    assert mentee.items(first, to="Ruth") == ["action kept"], "Ruth has had nothing yet"


def test_an_item_of_a_session_that_was_not_shared_stays(mentee: Mentee) -> None:
    mentee.sit(step=STEP)
    second = mentee.on("05").sit(win="a card")
    assert mentee.items(second) == ["win open"]


def test_keeping_a_check_back_takes_the_item_along(mentee: Mentee) -> None:
    first = mentee.sit(step=STEP)
    second = mentee.on("05").sit(check="partly")
    sharing = mentee.sharing(first, second)
    (item,) = (one.id for one in sharing.draft().bundle.shared.items)  # type: ignore[union-attr]
    key = f"core.promise@{first}:step"
    sharing.decide((second, key), "no")
    assert item not in sharing.draft().names
    third = mentee.on("09").sit(check="kept")
    mentee.note(ShareChanged(mentee.at, second, key, "no"))
    assert [one.answers for one in mentee.sees(third).sessions] == [()], "it was open only then"


def test_what_was_noted_in_private_stays(mentee: Mentee) -> None:
    for name, share in (("A", "yes"), ("B", "no")):
        item = f"01K{name}:core.noted"
        mentee.note(ItemNoted(mentee.at, item, "win", f"win {name}", share=share))  # type: ignore[arg-type]
    assert [one.text for one in mentee.sees().items] == ["win A"]


def test_which_goal_is_served_does_not_tell_of_another(mentee: Mentee) -> None:
    first = mentee.sit(aim="learn to listen")
    second = mentee.on("05").sit(step=STEP)

    def goals(items: tuple[SharedItem, ...]) -> list[str]:
        return [one.goal for one in items if one.kind == "action"]

    assert goals(mentee.sees(first, second).items) == [""], "a private goal could have been there"
    (action,) = carried(mentee.app.reading_store, mentee.relation.id, "action")
    change(mentee.app, mentee.relation, [action], [("goal", f"{first}:aim")])
    found = mentee.sees(first, second).items
    assert goals(found) == [one.id for one in found if one.kind == "goal"]


def test_the_history_of_an_item_has_days_and_no_reasons(mentee: Mentee) -> None:
    session = mentee.sit(aim="learn to listen")
    (goal,) = carried(mentee.app.reading_store, mentee.relation.id, "goal")
    mentee.on("04")
    change(mentee.app, mentee.relation, [goal], [("text", "listen first")], "canary")
    change(mentee.app, mentee.relation, [goal], [("milestone", "one talk")])
    (item,) = mentee.sees(session).items
    told = [(line.day, line.kind, line.text) for line in item.lines]
    assert told == [
        ("2026-11-04", "text", "learn to listen"),
        ("2026-11-04", "milestone", "one talk"),
    ]
    assert item.text == "listen first" and "canary" not in str(mentee.sharing(session).draft().data)


# --- what was read of earlier sessions ---------------------------------------------------


def reading() -> Script:
    """A question about last time's answer, which was not asked every time."""

    def when(test: Test) -> Condition:
        return Condition("when", ((test,),))

    asked = (
        question("gate", kind="yesno", share="yes"),
        question("inner", when=when(IsValue("gate", (True,))), share="yes"),
        question("after", when=when(IsSettled("last.inner", "answered")), share="yes"),
    )
    return script(worked=asked)


@pytest.mark.parametrize(
    ("kept", "leaves"),
    [("", True), ("1 inner", False), ("1 gate", False), ("2 gate", False)],
)
def test_last_time_is_the_time_it_was_asked_and_those_since(
    mentee: Mentee, kept: str, leaves: bool
) -> None:
    mentee.asked = reading()
    first = mentee.sit(gate=True, inner="a")
    second = mentee.on("05").sit(gate=False)
    third = mentee.on("09").sit(gate=False, after="b")
    if kept:
        number, key = kept.split()
        session = {"1": first, "2": second}[number]
        mentee.note(ShareChanged(mentee.at, session, key, "no"))
    said = [one.answer for one in mentee.sees(third).sessions[0].answers]
    assert ("b" in said) == leaves


# --- where the mentorship is -----------------------------------------------------------------


def test_of_a_days_moves_only_the_last_is_told(mentee: Mentee) -> None:
    for day, state in (("04", "goals"), ("04", "work"), ("04", "review"), ("06", "work")):
        mentee.on(day).note(StageMoved(mentee.at, state, "canary"))  # type: ignore[arg-type]
    shared = mentee.sees()
    assert [(one.day[-2:], one.state) for one in shared.stages] == [
        ("02", "rapport"),
        ("04", "review"),
        ("06", "work"),
    ]
    assert shared.state == "work"


def test_a_move_by_an_answer_is_as_open_as_the_answer(mentee: Mentee) -> None:
    session = mentee.on("04").sit(on=True)
    assert mentee.sees(session).state == "work"
    sharing = mentee.sharing(session)
    sharing.decide((session, "on"), "no")
    shared = sharing.draft().bundle.shared
    assert shared is not None and shared.state == "rapport" and len(shared.stages) == 1


# --- the file ----------------------------------------------------------------------------


def test_only_completed_sessions_are_offered(mentee: Mentee) -> None:
    first = mentee.sit(win="a card")
    session = begin_session(
        mentee.app, mentee.relation, mentee.asked, mentee.asked.stages[0], "short"
    )
    session.finish("abandoned")
    assert completed(mentee.app, mentee.relation) == (first,)
    mentee.send(first)
    assert new_sessions(mentee.app, mentee.relation, "daniel") == ()
    assert new_sessions(mentee.app, mentee.relation, "Ruth") == (first,)


def test_a_file_that_was_not_written_was_not_sent(mentee: Mentee) -> None:
    first = mentee.sit(win="a card")
    sharing = mentee.sharing(first)

    def write(data: bytes) -> None:
        raise ReflectError("not-written", "no room")

    with pytest.raises(ReflectError):
        sharing.send(sharing.draft().data, write)
    assert new_sessions(mentee.app, mentee.relation, "Daniel") == (first,)
    assert not mentee.sharing(first).begins, "what the two agreed to stands"


def test_names_stay_the_same_in_every_file(mentee: Mentee) -> None:
    first = mentee.sit(win="a card")
    mentee.send(first)
    one, other = mentee.sees(first, to="Ruth"), mentee.sees(first, to="Eva")
    assert one.sessions == other.sessions and one.items == other.items
    assert first not in mentee.sharing(first).draft().data.decode()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Dr. Jörg Müller", "reflect-dr-jorg-muller-2026-11-22"),
        ("../../etc", "reflect-etc-2026-11-22"),
        ("李", "reflect-2026-11-22"),
    ],
)
def test_a_file_is_named_after_whom_it_is_for(name: str, file: str) -> None:
    assert file_name(name, "2026-11-22") == file
    assert file_name(name, "2026-11-22", 2) == f"{file}-2"
