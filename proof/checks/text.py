"""Hostile strings through everything that cleans, encodes and measures text."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from random import Random

from proof.batches import Batch, batches
from proof.check import Check, Figure, Form
from reflect.text import (
    clean_input,
    display_width,
    for_html,
    for_markdown,
    for_terminal,
    shorten,
)

SECONDS = 15
LEAST = 20_000
_EACH = 5_000
_MOST_MS = 200.0
"""Milliseconds of processor time for a megabyte."""
_SIZE = 1_000_000

DANGEROUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\U000e0000-\U000e00ff]"
)
"""What a terminal obeys or hides; said here anew, so that a hole in the cleaner is not one here."""
_RANGES = (
    *((0, 0x20), (0x20, 0x7F), (0x7F, 0xA0), (0xA0, 0x250), (0x300, 0x370), (0x590, 0x700)),
    *((0x1100, 0x1200), (0x17B0, 0x1810), (0x2000, 0x2070), (0x3000, 0x3200), (0x4E00, 0x4E80)),
    *((0xD800, 0xE000), (0xFE00, 0xFE10), (0xFEFF, 0xFF00), (0xFFA0, 0x10000)),
    *((0x1D160, 0x1D180), (0x1F1E6, 0x1F200), (0x1F466, 0x1F470), (0xE0000, 0xE0200)),
    (0, 0x110000),
)
_PIECES = (
    *("\x1b[31m", "\x1b]0;t\x07", "\x1b]52;c;aGk=\x07", "\x1b]8;;http://x\x1b\\", "\x1bP1$r\x1b\\"),
    *(
        "\x9b6n",
        "\x9d0;t\x9c",
        "\x1bc",
        "\r",
        "\r\n",
        "\b\b",
        "\u202e",
        "\u2066",
        "\u200d",
        "\ufe0f",
    ),
    *("a\u0301", "\u0301\u0327" * 20, "<b>", "&lt;", "](", "|", "```", "\n---\n", "\t", "\ud83d"),
)
_HUGE = ("\u0301\u0327", "a\u0301", "\x1b[31m", "\ud800", "\u202e", "<&'\">", "日", "\x00", "e ")


def run(form: Form) -> Figure:
    """Random strings of hostile pieces and of all there is, one after the other; then huge ones."""
    came = batches(batch, form.seed * 1_000_000, form.seconds or SECONDS)
    slowest, slow = _huge()
    failures = (*came.failures, *slow)
    says = (
        f"{came.trials:,} strings through 6 functions, {len(came.failures)} wrong;"
        f" slowest megabyte {slowest:.0f} ms"
    )
    return Figure(came.trials + len(_HUGE), failures, says, LEAST)


def control(form: Form) -> Figure:
    """An encoder that knows the escape character and nothing else."""
    random = Random(form.seed)
    texts = [_string(random) for _ in range(300)]
    found = [bad for one in texts if (bad := wrong(one, lambda text: text.replace("\x1b", "^[")))]
    return Figure(len(texts), tuple(found), f"{len(found)} found out")


def batch(seed: int) -> Batch:
    """Some thousand strings from `seed` on."""
    random = Random(seed)
    found = ((number, wrong(_string(random))) for number in range(_EACH))
    failures = tuple(f"seed {seed}, string {number}: {what}" for number, what in found if what)
    return Batch(_EACH, failures)


def _string(random: Random) -> str:
    pieces = (_piece(random) for _ in range(random.randint(0, 12)))
    return "".join(pieces)


def _piece(random: Random) -> str:
    if random.random() < 0.3:
        return random.choice(_PIECES)
    first, last = random.choice(_RANGES)
    return "".join(chr(random.randrange(first, last)) for _ in range(random.randint(1, 4)))


def wrong(text: str, shown_by: Callable[[str], str] = for_terminal) -> str:
    """What is wrong with what comes of `text`; "" for nothing."""
    try:
        return _wrong(text, shown_by)
    except Exception as error:
        return f"{type(error).__name__} for {text!a:.80}"


def _wrong(text: str, shown_by: Callable[[str], str]) -> str:
    shown, clean = shown_by(text), clean_input(text)
    html, markdown = for_html(text), for_markdown(text)
    short = shorten(shown, 20)
    checks = {
        "a terminal would obey or hide it": any(
            DANGEROUS.search(one) for one in (shown, clean, html, markdown, short)
        ),
        "shown twice it differs": shown_by(shown) != shown,
        "cleaned twice it differs": clean_input(clean) != clean,
        "what is clean is not shown as it is": shown_by(clean) != clean,
        "it is not in its normal form": unicodedata.normalize("NFC", clean) != clean,
        "markup is left": bool(set(html) & set("<>\"'")),
        "it is wider than it may be": display_width(short) > 20,
    }
    for one in (shown, clean, html, markdown):
        one.encode("utf-8")
    return next((f"{what}: {text!a:.80}" for what, is_so in checks.items() if is_so), "")


def _huge() -> tuple[float, list[str]]:
    """Milliseconds of the slowest megabyte, and those that took too long; the best of a few tries."""
    slowest, slow = 0.0, []
    for piece in _HUGE:
        text = piece * (_SIZE // len(piece.encode("utf-8", "surrogatepass")))
        for function in (clean_input, for_terminal, display_width):
            given = _shown(text) if function is display_width else text
            took = min(_took(function, given) for _ in range(3))
            slowest = max(slowest, took)
            if took > _MOST_MS:
                slow.append(f"{function.__name__} takes {took:.0f} ms for 1 MB of {piece!a}")
    return slowest, slow


def _shown(text: str) -> str:
    """A megabyte of it as it is shown: only what is safe is measured."""
    return for_terminal(text).encode()[:_SIZE].decode("utf-8", "ignore")


def _took(function: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    function(text)
    return (time.process_time() - began) * 1000


CHECK = Check(
    "T-TEXT",
    ("G12",),
    "nothing that a terminal obeys or hides is left in text",
    run,
    control,
    seconds=21,
    unit="strings",
)
