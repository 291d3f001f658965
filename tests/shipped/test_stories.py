"""Every story of the shipped pack goes as it is written, and together they reach all of it."""

from __future__ import annotations

from reflect.packs.places import Places
from reflect.rehearsal.coverage import coverage, reached_by
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.own import own_points
from reflect.rehearsal.story import Story
from reflect.script import Script


def test_every_story_passes(played: tuple[Played, ...]) -> None:
    failures = [f"{one.story.name}\n{one.failure.message}" for one in played if one.failure]
    assert played and not failures, "\n\n".join(failures)


def test_the_stories_leave_nothing_out(
    script: Script, played: tuple[Played, ...], places: Places
) -> None:
    found = coverage(script, places, reached_by(played))
    assert found.complete, "\n".join(map(str, found.missing))
    assert found.reached == found.points > 200


def test_every_stage_has_short_and_long_stories(script: Script, stories: tuple[Story, ...]) -> None:
    told = {(story.stage, story.length) for story in stories}
    assert told == {(stage.id, length) for stage in script.stages for length in ("short", "long")}


def test_the_names_of_stories_are_their_own(stories: tuple[Story, ...]) -> None:
    assert len({story.name for story in stories}) == len(stories)


def test_the_stories_take_every_turn_of_cores_own(
    script: Script, played: tuple[Played, ...]
) -> None:
    reached = reached_by(played)
    left = [str(one) for one in own_points(script) if one.point not in reached]
    assert not left, "\n".join(left)
    assert len(own_points(script)) == 41
