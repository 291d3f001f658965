"""`reflect feedback add`: feedback heard outside a session."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import giver_option, will_option

command = add_command(
    "feedback",
    "Note feedback: what somebody saw you do, as they said it.",
    (giver_option, will_option),
)
