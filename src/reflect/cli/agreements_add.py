"""`reflect agreements add`: a term between the two of you."""

from __future__ import annotations

from reflect.cli.adding import add_command

command = add_command("agreement", "Note a term, as proposed: what you want to agree on.")
