"""What comes next, for every mix of dates, and nothing twice that was said once."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.mentorship.cadence import Facts, Step, coming

TODAY = date(2026, 11, 21)
KNOWN = Facts(TODAY, began=TODAY - timedelta(10), last=TODAY - timedelta(5))


def ago(days: int) -> date:
    return TODAY - timedelta(days)


def after(**changes: object) -> Step:
    return coming(msgspec.structs.replace(KNOWN, **changes))


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({}, "reflect"),
        ({"last": TODAY}, "set-meeting"),
        ({"under_way": True, "due": TODAY}, "go-on"),
        ({"due": ago(1)}, "promise"),
        ({"meeting": ago(-3)}, "prepare"),
        ({"meeting": TODAY}, "prepare"),
        ({"meeting": ago(-4)}, "meeting"),
        ({"meeting": ago(-4), "due": TODAY}, "promise"),
        ({"met": ago(2)}, "debrief"),
        ({"met": ago(2), "debriefed": ago(2)}, "reflect"),
        ({"met": ago(2), "debriefed": ago(9)}, "debrief"),
        ({"met": ago(8)}, "reflect"),
        ({"unnoted": ago(1), "met": ago(30), "debriefed": ago(30)}, "debrief"),
        ({"began": ago(30)}, "pulse"),
        ({"began": ago(29)}, "reflect"),
        ({"began": ago(200), "pulsed": ago(59)}, "reflect"),
        ({"began": ago(200), "pulsed": ago(60)}, "pulse"),
        ({"began": ago(40), "last": ago(20), "pulsed": ago(1)}, "reflect"),
        ({"began": ago(40), "last": ago(21), "pulsed": ago(1)}, "silence"),
        ({"began": ago(40), "last": ago(21), "pulsed": ago(1), "noticed": True}, "reflect"),
        ({"began": ago(40), "last": ago(21), "met": ago(8), "pulsed": ago(1)}, "reflect"),
        ({"state": "maintain", "began": ago(300), "last": ago(80)}, "reflect"),
        ({"state": "maintain", "began": ago(300), "last": ago(90)}, "keep-in-touch"),
        ({"state": "maintain", "began": ago(300), "last": ago(90), "due": TODAY}, "promise"),
    ],
)
def test_what_comes_next(facts: dict[str, object], kind: str) -> None:
    assert after(**facts).kind == kind


def test_the_step_says_which_day_and_how_far() -> None:
    assert after(meeting=ago(-3)) == Step("prepare", ago(-3), 3)
    assert after(began=ago(50), last=ago(24)).days == 24


days = st.none() | st.integers(0, 400).map(ago)


@given(
    st.builds(
        Facts,
        today=st.just(TODAY),
        began=st.integers(0, 400).map(ago),
        meeting=st.none() | st.integers(0, 90).map(lambda n: ago(-n)),
        unnoted=st.none() | st.integers(1, 90).map(ago),
        met=days,
        last=days,
        debriefed=days,
        pulsed=days,
        due=days,
        under_way=st.booleans(),
        noticed=st.booleans(),
    )
)
def test_any_dates_have_one_next_step(facts: Facts) -> None:
    step = coming(facts)
    assert step.days >= 0
    assert not (facts.noticed and step.kind == "silence")
    assert coming(facts) == step
