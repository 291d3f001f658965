"""`reflect wins add`: something that went well, noted at once."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import contact_option

command = add_command("win", "Note a win, however small.", (contact_option,))
