"""`reflect plugins new`: an example to build on."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@click.argument("name")
@click.option("--data", is_flag=True, help="Packs only, no code.")
@json_option
@pass_desk
def command(desk: Desk, name: str, data: bool, as_json: bool) -> None:
    """Write an example plug-in into a new folder NAME.

    It can be installed as it is (pip install ./NAME) and has a test.
    """
    from reflect.plugins.scaffold import write_example

    files = write_example(Path(), name, data=data)
    if as_json:
        desk.json({"name": name, "files": [str(file) for file in files]})
        return
    for file in files:
        desk.show(str(file))
    desk.talk(f"To try it: pip install ./{name}")
    if not data:
        desk.talk(f"Then let it in: reflect plugins enable {name}")
