"""The floor of a listing or a search: click, apsw, one query, twenty lines.

Arguments: DATABASE history | search WORD.
"""

import sys

import apsw
import click

PATH = sys.argv.pop(1)
SESSIONS = "SELECT day, stage, pack, answers, state FROM sessions ORDER BY id DESC LIMIT 20"
ANSWERS = (
    "SELECT e.body FROM answers JOIN events e ON e.number = answers.rowid"
    " WHERE answers MATCH ? ORDER BY answers.rowid DESC LIMIT 20"
)


@click.group()
def root() -> None:
    """List or find."""


@root.command()
def history() -> None:
    """The newest sessions."""
    show(SESSIONS)


@root.command()
@click.argument("word")
def search(word: str) -> None:
    """The newest answers with a word."""
    show(ANSWERS, word)


def show(query: str, *values: str) -> None:
    db = apsw.Connection(PATH, flags=apsw.SQLITE_OPEN_READONLY)
    for row in db.execute(query, values):
        click.echo("  ".join(map(str, row)))


root()
