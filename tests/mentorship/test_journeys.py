"""Whatever happens, in whatever order: the folds go through, and say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from reflect.application.undoing import changes
from reflect.events import (
    AnswerForgotten,
    Event,
    ItemChanged,
    ItemNoted,
    MeetingHeld,
    MentorshipBegan,
    MentorshipChanged,
    Parts,
    SessionForgotten,
    ShareChanged,
    Span,
    StageMoved,
    Undone,
)
from reflect.mentorship.item import Item, decoded
from reflect.mentorship.relation import relation
from reflect.mentorship.settling import FIELDS
from reflect.mentorship.standing import in_place, standing
from reflect.mentorship.staying import stays
from tests.properties.profile import ordinarily

from ..dialogue.scripts import saying
from .journeys import JOURNEY, Answers, Streams, Tables, promise, streams

PLAYED = streams()
ITEMS = (
    "N1:core.noted",
    "S0:step",
    "S0:aim",
    "S0:win",
    "S1:step",
    "S1:query",
    "S3:aim",
    "S9:gone",
    "",
    "S0",
)
VALUES = (
    "", "open", "kept", "dropped", "agreed", "let go", "not-yet", "2026-12-01", "2026-13-99",
    "me", "mentor", "S0:aim", "personal", "some words of mine",
)  # fmt: skip
TIMES = ("2026-11-21T18:30:00+01:00", "2026-11-30T08:00:00.123+00:00", "2026-12-24T08:00:00", "x")

at = some.sampled_from(TIMES)
events: some.SearchStrategy[Event] = some.one_of(
    some.builds(
        ItemChanged,
        at=at,
        item=some.sampled_from(ITEMS),
        field=some.sampled_from((*FIELDS, "no field")),
        value=some.sampled_from(VALUES),
        reason=some.sampled_from(("", "because")),
    ),
    some.builds(
        ItemNoted,
        at=at,
        item=some.sampled_from(("N1:core.noted", "N2:core.noted", "S0:step", "")),
        kind=some.sampled_from(("agreement", "goal", "contact")),
        text=some.sampled_from(("", "by hand")),
    ),
    some.builds(
        ShareChanged, at=at, session=some.just("S0"), key=some.just("win"), share=some.just("no")
    ),
    some.builds(Undone, at=at, seq=some.integers(-2, 14)),
    some.builds(
        StageMoved, at=at, state=some.sampled_from(("goals", "work")), reason=some.just("r")
    ),
    some.builds(MentorshipBegan, at=at, mentee=some.just("Ada"), mentor=some.just("Grace")),
    some.builds(MentorshipChanged, at=at, check_in=some.sampled_from((None, "", "2026-12-03"))),
    some.builds(MeetingHeld, at=at, day=some.sampled_from(("2026-11-20", "2026-12-03"))),
    some.builds(SessionForgotten, at=at, session=some.just("S8")),
    some.builds(AnswerForgotten, at=at, session=some.just("S0"), key=some.just("win")),
)
journeys = some.lists(events, max_size=12)


def folded(journey: list[Event], known: Streams = PLAYED) -> Tables:
    tables = Tables()
    for stream, stored in known.known:
        tables.project(stream, stored)
    tables.project(JOURNEY, journey)
    return tables


@given(journeys)
def test_any_journey_folds(journey: list[Event]) -> None:
    assert len(standing(journey)) <= len(journey)
    relation("m", journey)
    assert stays(journey)
    assert all(change.places for change in changes(journey))


@ordinarily(25)
@given(journeys, some.permutations(range(6)))
def test_streams_fold_the_same_in_any_order(journey: list[Event], order: list[int]) -> None:
    every = [*PLAYED.known, (JOURNEY, tuple(journey))]
    tables = Tables()
    for place in order:
        tables.project(*every[place])
    assert tables.rows() == folded(journey).rows()


@ordinarily(25)
@given(journeys, some.integers(0, 12))
def test_two_parts_fold_to_the_same_as_the_whole(journey: list[Event], cut: int) -> None:
    tables = folded(journey[:cut])
    tables.project(JOURNEY, journey)
    assert tables.rows() == folded(journey).rows()


@ordinarily(25)
@given(journeys)
def test_all_at_once_is_the_same_as_one_after_the_other(journey: list[Event]) -> None:
    tables = Tables()
    tables.project_all([(JOURNEY, tuple(journey)), *PLAYED.known])
    assert tables.rows() == folded(journey).rows()


@ordinarily(25)
@given(journeys, some.integers(0, 4))
def test_deleting_a_session_removes_exactly_its_items(journey: list[Event], which: int) -> None:
    gone = PLAYED.known[which][0]
    tables = folded(journey)
    tables.project(gone, ())
    left = Streams(tuple(one for one in PLAYED.known if one[0] != gone))
    assert tables.rows() == folded(journey, left).rows()
    ids = {row[0] for row in tables.query("SELECT id FROM m_items")}
    before = {row[0] for row in folded(journey).query("SELECT id FROM m_items")}
    assert before - ids == {item for item in before if item.startswith(f"{gone.id}:")}


# --- what is taken back ----------------------------------------------------------------

AT = TIMES[0]


def changed(value: str, field: str = "state", item: str = "S1:step", at: str = AT) -> ItemChanged:
    return ItemChanged(at, item, field, value)


def test_an_undoing_can_be_undone_and_that_too() -> None:
    one = changed("kept")
    assert standing([one, Undone(AT, 0)]) == ()
    assert standing([one, Undone(AT, 0), Undone(AT, 1)]) == (one,)
    assert standing([one, Undone(AT, 0), Undone(AT, 1), Undone(AT, 2)]) == ()
    assert standing([one, Undone(AT, 0), one]) == (one,)


def test_what_is_firm_stands() -> None:
    firm = [MentorshipBegan(AT, "Ada", "Grace"), SessionForgotten(AT, "S8")]
    assert standing([*firm, Undone(AT, 0), Undone(AT, 1)]) == tuple(firm)


def test_places_are_those_of_the_stream() -> None:
    journey = [changed("kept"), Undone(AT, 0), changed("dropped")]
    assert in_place(journey) == [(2, changed("dropped"))]


def test_what_one_command_did_is_taken_back_together() -> None:
    later = "2026-11-30T08:00:00.123+00:00"
    journey = [
        MentorshipBegan(AT, "Ada", "Grace"),
        StageMoved(AT, "goals"),
        changed("", "due", at=later),
        changed("some day", "due_words", at=later),
        changed("kept", item="S0:aim", at=TIMES[2]),
    ]
    assert [[seq for seq, _ in change.places] for change in changes(journey)] == [[4], [2, 3]]


# --- what stands -----------------------------------------------------------------------


def state(tables: Tables, item: str) -> str:
    return str(tables.query("SELECT state FROM m_items WHERE id = ?", (item,))[0][0])


def test_states_follow_the_checks() -> None:
    tables = folded([])
    assert [state(tables, item) for item in ("S0:step", "S1:step", "S4:step")] == [
        "kept", "dropped", "open",
    ]  # fmt: skip


def test_the_later_of_a_check_and_a_change_by_hand_counts() -> None:
    assert state(folded([changed("open", at="2027-06-01T08:00:00+01:00")]), "S1:step") == "open"
    assert state(folded([changed("open", at="2026-12-02T08:00:00+01:00")]), "S1:step") == "dropped"


def test_not_yet_is_counted_in_a_row() -> None:
    tables = Tables()
    for stream, stored in PLAYED.known[:3]:
        tables.project(stream, stored)
    assert [one.not_yet for one in tables.memory().promises] == [1]
    tables.project(*PLAYED.known[3])
    assert [one.not_yet for one in tables.memory().promises] == [2]


def test_a_change_of_an_agreed_goal_makes_it_revised_and_keeps_where_its_words_stand() -> None:
    tables = folded([changed("agreed", item="S0:aim"), changed("two talks", "text", "S0:aim")])
    assert state(tables, "S0:aim") == "revised"
    goals = tables.memory().goals
    assert [(one.item, one.state) for one in goals] == [("S3:aim", "draft"), ("S0:aim", "revised")]
    assert goals[1].text[:2] == (JOURNEY.id, 1)


def test_a_session_serves_the_only_goal_there_is() -> None:
    tables = folded([])
    served = dict(tables.query("SELECT session, goal FROM m_sessions"))
    assert served == {"S0": "", "S1": "S0:aim", "S2": "S0:aim", "S3": "S0:aim", "S4": ""}
    assert tables.query("SELECT id FROM m_items WHERE goal = 'S0:aim' ORDER BY id") == [
        ("S1:query",), ("S1:step",), ("S2:win",),
    ]  # fmt: skip


def test_a_reached_goal_is_no_longer_served() -> None:
    tables = folded([changed("reached", item="S0:aim")])
    assert [one.item for one in tables.memory().goals] == ["S3:aim"]
    assert tables.memory().items["goal"] == 1


def test_no_row_holds_words_that_were_typed_by_hand() -> None:
    fields = ("text", "due_words", "instead", "milestone", "progress", "state", "owner", "goal")
    tables = folded([changed("canary of mine", field) for field in fields])
    assert b"canary" not in repr(tables.rows()).encode()


# --- what follows on a check -------------------------------------------------------------


def after(check: Answers, length: str = "long", before: int = 0) -> tuple[Tables, dict[str, Item]]:
    """A promise of `S0` that heard "not yet" so many times, then `check`; all items by id."""
    tables = Tables()
    tables.play(0, {"step": promise("ask Ruth", "2026-11-26")})
    for number in range(before):
        tables.play(1 + number, {"core.promise": saying("3", "not-yet")})
    tables.play(9, check, length)
    rows = tables.query("SELECT settled FROM m_items ORDER BY id")
    return tables, {item.id: item for item in (decoded(row[0]) for row in rows)}


ASKED = "core.promise@S0:step"


def test_a_new_day_moves_the_action() -> None:
    new = saying("by monday", parts=Parts(due="2027-03-01", due_words=Span(0, 9)))
    _, found = after({"core.promise": saying("2", "partly"), f"{ASKED}/due": new})
    item = found["S0:step"]
    assert (item.state, item.due) == ("partly", "2027-03-01")
    assert item.due_words is not None and item.due_words.session == "S9"


def test_a_smaller_step_takes_its_place_and_keeps_its_name() -> None:
    _, found = after(
        {
            "core.promise": saying("3", "not-yet"),
            f"{ASKED}/smaller": saying("1", "smaller"),
            f"{ASKED}/smaller/what": "write to Ruth",
        },
        before=2,
    )
    assert list(found) == ["S0:step"]
    assert found["S0:step"].text.session == "S9"
    assert found["S0:step"].not_yet == 3


def test_what_is_brought_to_the_mentor_becomes_a_question_in_the_same_words() -> None:
    check = {"core.promise": saying("3", "not-yet"), f"{ASKED}/smaller": saying("2", "bring-it")}
    _, found = after(check, before=2)
    made = found[f"S9:{ASKED}/smaller"]
    assert (made.kind, made.state, made.text) == ("question", "open", found["S0:step"].text)


def test_a_kept_promise_can_become_a_win() -> None:
    glad = saying("1", "kept", parts=Parts(mood="glad"))
    _, found = after({"core.promise": glad, f"{ASKED}/win": saying("yes", True)})
    made = found[f"S9:{ASKED}/win"]
    assert (made.kind, made.text) == ("win", found["S0:step"].text)
    assert found["S0:step"].state == "kept"


def test_what_a_dropped_one_taught_is_a_lesson() -> None:
    check = {"core.promise": saying("4", "dropped"), f"{ASKED}/taught": "ask sooner"}
    _, found = after(check)
    assert found[f"S9:{ASKED}/taught"].kind == "lesson"
    assert found["S0:step"].state == "dropped"
