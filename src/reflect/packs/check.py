"""What is filled in once a pack is built: the share of each answer, and what it is listened to for."""

from __future__ import annotations

from itertools import islice

from msgspec.structs import replace

from reflect.packs import codes
from reflect.packs.closure import Reasons, chain_of, shares_of
from reflect.packs.facts import blocks_of, members_of
from reflect.packs.report import Report
from reflect.packs.signals import Signals
from reflect.packs.tree import Map, maps_at, text_at, word_at
from reflect.script import (
    PHASES,
    SHARES,
    Block,
    OneOf,
    Question,
    Share,
    Single,
    Stage,
)

_LINKS = 8


def finish(
    stages: tuple[Stage, ...], signals: Signals, pack: Map, report: Report
) -> tuple[Stage, ...]:
    """`stages` with each question's share and what to listen for filled in; findings go to `report`."""
    shares, reasons = shares_of(stages, signals)
    _check_shares(pack, shares, reasons, report)
    done = _Finished(shares, signals)
    return tuple(done.stage(stage) for stage in stages)


class _Finished:
    def __init__(self, shares: dict[str, Share], signals: Signals) -> None:
        self._shares = shares
        self._listen: dict[str, tuple[int, ...]] = {}
        for number, signal in enumerate(signals.all()):
            heard = self._listen.get(signal.subject, ())
            self._listen[signal.subject] = (*heard, number)

    def stage(self, stage: Stage) -> Stage:
        phases = {phase: tuple(map(self._block, stage.blocks(phase))) for phase in PHASES}
        return replace(stage, **phases)

    def _block(self, block: Block) -> Block:
        if isinstance(block, Single):
            return Single(self._question(block.question))
        if isinstance(block, OneOf):
            return replace(block, members=tuple(map(self._question, block.members)))
        return replace(block, questions=tuple(map(self._question, block.questions)))

    def _question(self, question: Question) -> Question:
        return replace(
            question,
            share=self._shares.get(question.id, question.share),
            listen=self._listen.get(question.id, ()),
        )


def questions_in(pack: Map) -> list[Map]:
    """The map of every question of a tree with stages."""
    return [
        member
        for stage in maps_at(pack, "stages")
        for block in blocks_of(stage)
        for member in members_of(block)
    ]


def _check_shares(pack: Map, shares: dict[str, Share], reasons: Reasons, report: Report) -> None:
    """An explicit share may not be more open than what the question depends on."""
    for node in questions_in(pack):
        name, text = word_at(node, "id"), text_at(node, "share")
        if text is None or name not in shares or text.value not in SHARES:
            continue
        if SHARES.index(shares[name]) <= SHARES.index(_as_share(text.value)):
            continue
        chain = " → ".join(f"`{link}`" for link in islice(chain_of(name, reasons), _LINKS))
        message = (
            f"This depends on an answer that is shared less: {chain} (`share: {shares[name]}`)."
        )
        hint = f"Write `share: {shares[name]}`, or leave `share` out."
        report.error(codes.SHARE_TOO_OPEN, text.place, message, hint)


def _as_share(text: str) -> Share:
    return next(share for share in SHARES if share == text)
