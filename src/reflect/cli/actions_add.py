"""`reflect actions add`: a promise made outside a session."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import contact_option, goal_option, owner_option, step_kind_option

command = add_command(
    "action",
    'Note an action. A day in it is heard: add "ask Ruth for the rota by friday".',
    (owner_option, goal_option, step_kind_option, contact_option),
)
