"""What was done by mistake is taken back by one undoing, and the record keeps both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reflect.application.undoing import changes
from reflect.events import Event, ItemChanged, ItemNoted, MentorshipBegan, StageMoved, Undone
from reflect.mentorship.relation import relation
from reflect.mentorship.staying import stays
from reflect.transcripts.values import Stream
from tests.properties.profile import ordinarily

from .journeys import JOURNEY, Tables, streams

PLAYED = streams()
AT = "2026-11-21T18:30:00+01:00"
LATER = "2027-02-01T08:00:00+01:00"
AGREEMENT = "01KZ0000000000000000000000:core.noted"
BEGUN: tuple[Event, ...] = (
    MentorshipBegan(AT, "Ada", "Grace"),
    ItemNoted("2026-12-20T08:00:00+01:00", AGREEMENT, "agreement", "we meet on Fridays"),
)
MISTAKES: dict[str, Event] = {
    "done": ItemChanged(LATER, "S4:step", "state", "kept"),
    "drop": ItemChanged(LATER, "S4:step", "state", "dropped"),
    "stage move": StageMoved(LATER, "goals", "too early"),
    "agreement": ItemChanged(LATER, AGREEMENT, "state", "agreed"),
    "goal agreed": ItemChanged(LATER, "S3:aim", "state", "agreed"),
}


def told(journey: tuple[Event, ...]) -> tuple[object, ...]:
    """Everything that carries on after `journey`."""
    tables = Tables()
    for stream, events in PLAYED.known:
        tables.project(stream, events)
    tables.project(JOURNEY, journey)
    rows = tables.rows()
    del rows["m_changes"]
    return rows, relation("m", journey), stays(journey)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_one_undoing_takes_it_back_and_the_history_keeps_it(mistake: Event) -> None:
    before = told(BEGUN)
    wrong = (*BEGUN, mistake)
    assert told(wrong) != before
    newest = changes(wrong)[0]
    assert newest.events == (mistake,)
    mended = (*wrong, *(Undone(LATER, seq) for seq, _ in newest.places))
    assert told(mended) == before
    assert mended[: len(wrong)] == wrong
    assert told((*mended, Undone(LATER, len(wrong)))) == told(wrong)


def test_only_the_journey_of_its_own_mentorship_changes_an_item() -> None:
    strange = (Stream("journey", "other", "other"), (MISTAKES["done"],))
    followed, rebuilt = Tables(), Tables()
    for stream, events in (*PLAYED.known, strange):
        followed.project(stream, events)
    rebuilt.project_all([*PLAYED.known, strange])
    assert rebuilt.rows() == followed.rows()
    assert rebuilt.query("SELECT state FROM m_items WHERE id = 'S4:step'") == [("open",)]


@ordinarily(30)
@given(some.integers(0, 4), some.data())
def test_answers_of_a_session_fold_in_any_order_and_with_gaps(
    which: int, data: some.DataObject
) -> None:
    stream, (started, *answers, finished) = PLAYED.known[which]
    mixed = data.draw(some.permutations(answers))
    left = mixed[: data.draw(some.integers(0, len(mixed)))]
    followed, rebuilt = Tables(), Tables()
    followed.project(stream, (started, *left, finished))
    rebuilt.project_all([(stream, (started, *left, finished))])
    assert rebuilt.rows() == followed.rows()
