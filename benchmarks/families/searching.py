"""Search in process, over very many answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from benchmarks.messages import make_messages
from benchmarks.row import Row
from benchmarks.scene import Outcome, Scene
from benchmarks.timing import repeated
from reflect.transcripts.search import Order
from reflect.transcripts.store import Store

_GOALS: dict[Order, float] = {"newest": 2, "relevance": 40}
_SHOWN = 20


def search(scene: Scene) -> Iterable[Outcome]:
    """The slower of a common and a rare word, in both orders."""
    path = scene.folder / "messages.db"
    common, rare = make_messages(path, scene.sizes.messages)
    with Store.open(path, None, read_only=True) as store:
        for order, goal in _GOALS.items():
            slowest = max(_medians(store, (common, rare, f"{common} {rare}"), order, scene))
            yield Row(f"search in {scene.sizes.messages:,} answers, {order}", slowest, goal)


def _medians(store: Store, asked: Iterable[str], order: Order, scene: Scene) -> Iterator[float]:
    for words in asked:
        found = repeated(
            lambda: store.search(words, order=order, limit=_SHOWN),  # noqa: B023 - called at once
            max(3, scene.sizes.rounds // 20),
        )
        yield median(found)
