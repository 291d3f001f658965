"""`reflect lessons add`: something learned, noted at once."""

from __future__ import annotations

from reflect.cli.adding import add_command

command = add_command("lesson", "Note what you have learned.")
