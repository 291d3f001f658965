"""What one would write first: everything imported at the top, the pack read from YAML, every answer read at the start.

Arguments: PACK DATABASE.
"""

import sqlite3
import sys

import click
import yaml
from prompt_toolkit import PromptSession


@click.command()
@click.argument("pack")
@click.argument("database")
def ask(pack: str, database: str) -> None:
    """Ask the first question."""
    with open(pack, encoding="utf-8") as file:  # noqa: PTH123 - as one would
        script = yaml.safe_load(file)
    db = sqlite3.connect(database)
    db.execute("CREATE TABLE IF NOT EXISTS naive (question TEXT, answer TEXT)")
    db.execute("SELECT * FROM sessions ORDER BY started").fetchall()
    click.echo(f"How are you? ({script['title']})")
    answer = PromptSession[str]().prompt("> ")
    db.execute("INSERT INTO naive VALUES ('', ?)", (answer,))
    db.commit()


sys.exit(ask())
