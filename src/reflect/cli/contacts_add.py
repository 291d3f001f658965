"""`reflect contacts add`: somebody worth meeting."""

from __future__ import annotations

from reflect.cli.adding import add_command
from reflect.cli.fields import contact_kind_option, seen_option

command = add_command(
    "contact",
    "Note somebody you want to get in touch with.",
    (contact_kind_option, seen_option),
)
