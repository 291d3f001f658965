"""`reflect contacts add`: somebody worth meeting."""

from __future__ import annotations

from reflect.cli.adding import add_command

command = add_command("contact", "Note somebody you want to get in touch with.")
