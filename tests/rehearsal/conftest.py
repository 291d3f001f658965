"""A small pack on the shipped core, and short ways to read and play a story of it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from reflect.application.wiring import Application
from reflect.listening.ear import Ear
from reflect.packs.compile import PackFiles, PackText, compile_pack
from reflect.packs.places import Places
from reflect.rehearsal.outcome import Played
from reflect.rehearsal.play import play
from reflect.rehearsal.story import Story, read_stories
from reflect.script import Script

PACK = """\
reflect: 1
pack: small
version: 1.0.0
title: A small pack
language: en
words:
  busy:
    - no time
worked:
  - one of:
      - id: calm
        ask:
          - When did you feel calm?
          - Which hour was a calm one?
        probe:
          - when: answer is vague
            ask: What exactly did {mentor} do?
            fires:
              - It was fine
            quiet:
              - She repeated my worry back to me before she answered
        keep: win
      - id: glad
        ask: What made you glad? Last time it was "{last.glad|nothing}".
    id: good
adjust:
  - id: count
    ask: How many things slowed you down?
    answer: number
    must:
      - check: answer is at most 9
        say: Nine at most, please.
  - id: snag
    ask: What was the worst of them?
    options:
      - time: Not enough time
      - nerve: I did not dare
    when: count is above 0
    share: at the end
next:
  - repeat: up to 2
    id: steps
    again: Is there another step?
    questions:
      - id: step
        ask: What will you do before you meet {mentor}?
        keep: action
closing:
  - id: secret
    ask: What do you keep to yourself?
    share: no
  - id: pause
    ask: What was the pause like?
    when: it is more than 40 days since last session
  - id: on
    ask: Shall we turn to goals?
    answer: yesno
    moves to: goals
    depth: deeper
"""

Compile = Callable[[str], Script]
Placing = Callable[[str], tuple[Script, Places]]
Playing = Callable[..., Played]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return Application({"REFLECT_HOME": str(tmp_path_factory.mktemp("home") / "reflect")})


@pytest.fixture(scope="session")
def ear(app: Application) -> Ear:
    return app.ear("en")


@pytest.fixture(scope="session")
def placing(app: Application) -> Placing:
    """Compiles the text of a pack; gives also where its parts stand."""

    def placed(text: str) -> tuple[Script, Places]:
        found = compile_pack(
            PackFiles("yours", PackText("pack.yaml", text.encode())),
            language=None,
            core=app.catalogue.core,
            library={}.get,
            vocabulary=app.discovery.vocabulary,
        )
        assert found.script is not None, "\n".join(map(str, found.diagnostics))
        assert found.tree is not None
        return found.script, Places(found.tree)

    return placed


@pytest.fixture(scope="session")
def compiling(placing: Placing) -> Compile:
    """Compiles the text of a pack."""
    return lambda text: placing(text)[0]


@pytest.fixture(scope="session")
def script(compiling: Compile) -> Script:
    return compiling(PACK)


def stories(text: str) -> tuple[Story, ...]:
    """The stories in `text`, which has nothing wrong with it."""
    found, diagnostics = read_stories("story.yaml", dedent(text).encode())
    assert not diagnostics, "\n".join(map(str, diagnostics))
    return found


@pytest.fixture(scope="session")
def playing(script: Script, ear: Ear) -> Playing:
    """Plays the one story in a text; its head names the only stage there is."""

    def played(text: str, head: str = "") -> Played:
        whole = f"story: a story\nstage: {script.stages[0].id}\n" + dedent(head) + dedent(text)
        (story,) = stories(whole)
        return play(script, story, ear)

    return played
