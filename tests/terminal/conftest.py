from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from reflect.application.session import Session
from reflect.application.wiring import Application
from reflect.dialogue.machine import Dialogue
from reflect.dialogue.start import start
from reflect.listening.ear import Ear
from reflect.memory import EMPTY, Memory
from reflect.script import Script
from reflect.settings import NO_PLUGINS
from reflect.terminal.conversation import Conversation
from reflect.terminal.keeper import Keeper
from reflect.terminal.words import Words
from reflect.transcripts.values import Lease, Stream
from tests.dialogue.scripts import question, script
from tests.terminal.screens import FakeStore, Hand

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """An application over the shipped packs, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    app = Application({"REFLECT_HOME": str(home)}, clock=lambda: NOW, plugins=NO_PLUGINS)
    app.home.create()
    app.script()
    yield app
    app.close()


@pytest.fixture(scope="session")
def ear(shipped: Application) -> Ear:
    return shipped.ear("en")


@pytest.fixture
def app(shipped: Application, tmp_path: Path) -> Iterator[Application]:
    """A fresh home that knows the packs already."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "cache").symlink_to(shipped.home.cache)
    fresh = Application({"REFLECT_HOME": str(home)}, clock=lambda: NOW, plugins=NO_PLUGINS)
    yield fresh
    fresh.close()


Talk = Callable[..., tuple[Conversation, Hand, FakeStore]]


@pytest.fixture
def talk(shipped: Application, ear: Ear, tmp_path: Path) -> Talk:
    """A conversation over two questions in core's real words, with a store that can be told to fail."""
    core = shipped.script().core

    def begin(
        *lines: object, patient: bool = True, memory: Memory = EMPTY, **phases: tuple
    ) -> tuple[Conversation, Hand, FakeStore]:
        phases = phases or {
            "worked": (question("calm"),),
            "next": (question("step", keep="action", share="yes"),),
        }
        asked: Script = msgspec.structs.replace(script(**phases), core=core)
        started = start(
            asked,
            memory,
            NOW,
            mentorship="m",
            digest="d",
            stage="s",
            length="short",
            mentee="Ada",
            mentor="Grace",
        )
        store = FakeStore([started])
        screen = Hand(lines, patient=patient)

        def session(_over: bool = False) -> Session:
            return Session(
                Dialogue(asked, store.kept),
                stream=Stream("session", "S", "m"),
                store=store,  # type: ignore[arg-type]
                lease=Lease("S", "mine"),
                ear=ear,
                clock=lambda: NOW,
            )

        def aside(text: str) -> str:
            (tmp_path / "aside").write_text(text)
            return "ASIDE"

        def keeper(kept: Session) -> Keeper:
            return Keeper(kept, lambda: store.time)

        words = Words(asked, "Ada", "Grace")
        conversation = Conversation(
            screen,
            session(),
            words,
            keeper=keeper,
            reload=session,
            aside=aside,
            stage_after=lambda state: f"<{state}>",
        )
        return conversation, screen, store

    return begin
