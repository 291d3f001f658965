"""`reflect feedback add`: feedback heard outside a session."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import (
    about_option,
    given_option,
    giver_option,
    happened_option,
    milestone_option,
    will_option,
)
from reflect.cli.freshness import tell_of_the_gap

command = add_command(
    "feedback",
    "Note feedback: what somebody saw you do, as they said it.",
    (giver_option, about_option, happened_option, given_option, milestone_option, will_option),
    then=tell_of_the_gap,
)
