"""`reflect goals add`: a goal found outside a session."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import kind_option

command = add_command(
    "goal",
    'Note a goal. A day in it is heard: add "three talks by the end of march".',
    (kind_option,),
)
