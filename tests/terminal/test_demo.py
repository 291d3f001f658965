from __future__ import annotations

import pytest

from reflect.terminal.demo import samples


@pytest.fixture(scope="module")
def played(shipped):
    import contextlib
    import io

    from reflect.terminal.demo import play_demo

    runs = []
    for _ in range(2):
        sink = io.StringIO()
        with contextlib.redirect_stdout(sink):
            assert play_demo(shipped) == 0
        runs.append(sink.getvalue())
    return runs


def test_it_is_the_same_every_time(played):
    assert played[0] == played[1]


def test_it_shows_what_reflect_is(played):
    shown = " ".join(played[0].split())
    for part in (
        'You said "the handover went fine"',  # a follow-up
        "Noted: Daniel will not see “dr Lang talks over me",
        "by Thursday 26 November",
        "Two answers are private.",
        "Two weeks later:",
        "You were going to: ask dr Lang for two minutes",
    ):
        assert part in shown


def test_every_answer_of_the_sample_is_asked_for(played):
    shown = " ".join(played[0].split())
    for sample in samples():
        for lines in sample.answers.values():
            assert all(f"> {line}".strip() in shown for line in lines)


def test_nothing_is_left_and_nobody_is_asked_twice(played, shipped):
    assert not shipped.home.database.exists()
    assert "Nothing written yet" not in played[0]
