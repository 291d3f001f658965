"""The keys of slots, and how they are read.

A key names one turn of one session and stays the same for ever:

    at-ease             a question of the pack
    step#2              the same in the second round of a repeat
    step#2/?exactly     the follow-up `exactly` on that answer
    step#2/due          a part the engine asks for, in core's words
    steps/again#2       whether to go into the second round
    core.note@NOTE      what the mentor wrote back, and what is said to it
    core.promise@ITEM   the check on a promise made earlier
    core.promise@ITEM/due   what follows on it: /due, /keeps, /smaller, /smaller/what, /win or /taught
    core.serves         which goal the session serves
    core.move@RULE      the offer to move on, by the rule that shows
    core.share@KEY      who may read the answer at KEY
    core.share@KEY/words   the mentee's own summary of it
"""

from __future__ import annotations

from functools import lru_cache

NOTE = "core.note@"
PROMISE = "core.promise@"
MOVE = "core.move@"
SHARE = "core.share@"
WORDS = "/words"
PROMISE_PARTS = ("due", "keeps", "smaller", "what", "win", "taught")
AGAIN = "/again"


def round_suffix(number: int) -> str:
    """The ending of every key in round `number` (from 1) of a repeat."""
    return "" if number == 1 else f"#{number}"


def probe_key(answer: str, probe: str) -> str:
    """The key of the follow-up `probe` on the answer at `answer`."""
    return f"{answer}/?{probe}"


def promise_part(item: str, part: str) -> str:
    """The key of the follow-up `part` on the check of the promise `item`."""
    return f"{PROMISE}{item}/{part}"


def promised(key: str) -> str:
    """The item that a check on a promise, or what follows on it, is about."""
    return key.removeprefix(PROMISE).partition("/")[0]


def is_decided(key: str) -> bool:
    """Whether the mentee decides who may read the answer at `key`: the pack's questions, and what is said to a note."""
    return key.startswith(NOTE) or not key.startswith("core.")


def is_probe(key: str) -> bool:
    """Whether `key` is a reply to a follow-up."""
    return "/?" in key and not key.startswith(SHARE)


def base_key(key: str) -> str:
    """The key of the answer that `key` belongs to: itself, or what it follows up on."""
    if key.startswith("core."):
        return key
    return key.partition("/")[0]


def question_id(key: str) -> str:
    """The id of the pack's question (or group) that `key` belongs to; a core key stays whole."""
    if key.startswith("core."):
        return key
    return base_key(key).partition("#")[0]


@lru_cache(maxsize=1024)
def text_id(key: str) -> str:
    """The id of the text that is said at `key`: wordings are counted by it."""
    if key.startswith(SHARE):
        return "core.share-words" if key.endswith(WORDS) else "core.share"
    if key.startswith(PROMISE):
        _, _, part = key.rpartition("/")
        return f"core.promise-{part}" if part in PROMISE_PARTS else "core.promise"
    if key.startswith(MOVE):
        return "core.move"
    if key.startswith(NOTE):
        return "core.note"
    if key.startswith("core."):
        return key
    base, _, part = key.partition("/")
    identifier = base.partition("#")[0]
    if part.startswith("?"):
        return f"{identifier}/{part}"
    if part.startswith("again"):
        return f"{identifier}{AGAIN}"
    return f"core.{part}" if part else identifier
