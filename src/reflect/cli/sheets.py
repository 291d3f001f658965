"""Where a sheet of paper goes: the screen, a file, or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from reflect.cli.desk import Desk
    from reflect.sharing.sheet import Sheet

Form = Literal["text", "markdown", "json"]


def put(desk: Desk, sheet: Sheet, form: Form, output: Path | None, *, force: bool) -> None:
    """`sheet` on stdout, or in the file `output`, which only its owner can read."""
    from reflect.cli.replacing import check_leave
    from reflect.sharing.files import put_file
    from reflect.sharing.sheet import as_data, as_markdown, as_text

    if form == "json":
        desk.json(as_data(sheet))
        return
    document = as_markdown(sheet) if form == "markdown" else as_text(sheet, desk.columns) + "\n"
    if output is None:
        desk.data(document.rstrip("\n"))
        return
    check_leave(desk, output, force=force)
    put_file(output, document.encode())
    desk.talk(f"Written to {output}.")
