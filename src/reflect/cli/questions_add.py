"""`reflect questions add`: something to ask, noted at once."""

from __future__ import annotations

from reflect.cli.adding import add_command

command = add_command("question", "Note a question you want to bring to your next meeting.")
