"""The Ear that is made when something is first said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reflect.application.hearing import STEP_SECONDS, LateEar
from reflect.application.wiring import Application
from reflect.events import Expectation
from reflect.listening.ear import Ear
from reflect.script import Lexicon

NOW = datetime(2026, 11, 21, tzinfo=UTC)


class Making:
    """Makes Ears, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Ear:
        self.made += 1
        return Ear(Lexicon("en", {}), ())


@pytest.fixture
def making() -> Making:
    return Making()


def test_nothing_is_made_before_something_is_said(making):
    ear = LateEar(making)
    assert making.made == 0
    ear.hear("one", Expectation(), NOW)
    ear.hear("two", Expectation(), NOW)
    assert making.made == 1


def test_it_can_be_made_beforehand_and_is_made_once(making):
    ear = LateEar(making)
    ear.wake()
    ear.wake()
    ear.hear("one", Expectation(), NOW)
    assert making.made == 1


def test_it_hears_what_an_ear_hears(making):
    text = "I will send the draft by Friday."
    assert LateEar(making).hear(text, Expectation(), NOW) == making().hear(text, Expectation(), NOW)


def test_there_is_one_for_each_language(tmp_path):
    app = Application({"REFLECT_HOME": str(tmp_path)})
    assert app.ear("en") is app.ear("en")
    assert app.ear("en") is not app.ear("de")


def test_word_lists_are_prepared_step_by_step_while_nobody_waits():
    now, taken = [0.0], []

    def steps():
        for number in range(5):
            taken.append(number)
            now[0] += STEP_SECONDS * 0.6
            yield

    class Slow(Ear):
        prepare = staticmethod(steps)

    ear = LateEar(lambda: Slow(Lexicon("en", {}), ()), clock=lambda: now[0])
    ear.wake()
    assert taken == []
    ear.wake()
    assert taken == [0, 1]
    for _ in range(5):
        ear.wake()
    assert taken == [0, 1, 2, 3, 4]
