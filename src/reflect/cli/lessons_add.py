"""`reflect lessons add`: something learned, noted at once."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import skill_option

command = add_command("lesson", "Note what you have learned.", (skill_option,))
