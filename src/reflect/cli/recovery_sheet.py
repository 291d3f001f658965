"""The recovery sheet: one page to be printed and kept where nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.transcripts.recovery import code_of

if TYPE_CHECKING:
    from datetime import date

    from reflect.settings import Home
    from reflect.transcripts.keys import Key

_A_LINE = 4

_SHEET = """\
RECOVERY SHEET FOR YOUR REFLECTIONS

Whoever has this code can read everything. Keep it on paper, away from the
computer, and delete it from the screen and from print queues.

{code}

It opens:  {place}
           and every backup made of it since it was locked with this passphrase
Printed:   {day}

If you forget your passphrase, type this code where it is asked for. Letters may
be small; blanks and dashes do not matter. Then choose a new passphrase with
  reflect lock --change
after which this sheet opens only what was made before."""


def sheet(home: Home, key: Key, day: date) -> str:
    """The page for the record of `home`."""
    groups = code_of(key.secret)
    lines = [groups[start : start + _A_LINE] for start in range(0, len(groups), _A_LINE)]
    code = "\n".join("    " + "  ".join(line) for line in lines)
    return _SHEET.format(code=code, place=home.database, day=day.isoformat())
