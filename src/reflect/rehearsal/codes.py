"""Every diagnostic that rehearsal/ can make, with one line that explains it."""

from __future__ import annotations

FIRES_NOT = "example-does-not-fire"
FIRES_EARLIER = "example-fires-earlier-probe"
NOT_QUIET = "example-is-not-quiet"
NO_ANSWER = "example-is-no-answer"
NOT_A_DAY = "not-a-day"
NOT_A_NUMBER = "not-a-number"
NOT_A_GOAL_STATE = "not-a-goal-state"
NOT_IN_ORDER = "days-not-in-order"
GIVEN_TWICE = "given-twice"

EXPLAINED: dict[str, str] = {
    FIRES_NOT: "A `fires` example does not make its probe ask.",
    FIRES_EARLIER: "A `fires` example makes an earlier probe of the question ask instead.",
    NOT_QUIET: "A `quiet` example makes the probe ask.",
    NO_ANSWER: "An example is no answer to this kind of question.",
    NOT_A_DAY: "A day in a story is written 2026-03-02.",
    NOT_A_NUMBER: "A count in a story is written in figures.",
    NOT_A_GOAL_STATE: "The state of a goal in a story is misspelt.",
    NOT_IN_ORDER: "A day in a story lies on the wrong side of its today.",
    GIVEN_TWICE: "Two keys under `given` say the same.",
}
