"""`reflect journey rebuild`: everything that carries on, made anew."""

from __future__ import annotations

import click

from reflect.cli.carrying_on import relation
from reflect.cli.desk import Desk, json_option, pass_desk


@click.command()
@json_option
@pass_desk
def command(desk: Desk, as_json: bool) -> None:
    """Make everything that carries on anew from the record; the two digests should be the same."""
    from time import perf_counter

    relation(desk)
    store = desk.app.store
    before, begun = store.projected(), perf_counter()
    store.project_anew()
    seconds, after = perf_counter() - begun, store.projected()
    if as_json:
        desk.json({"before": before, "after": after, "same": before == after})
        return
    desk.show(f"before {before}")
    desk.show(f"after  {after}")
    said = (
        "The same" if before == after else "What was there was not what the record says; it is now"
    )
    desk.talk(f"{said}. It took {seconds:.1f} s.")
