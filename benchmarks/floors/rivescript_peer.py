"""RiveScript with many triggers: prints the p50 and p99 in milliseconds. Arguments: ENTRIES ANSWERS (files of lines)."""

import sys
import time
from pathlib import Path

from rivescript import RiveScript  # type: ignore[import-not-found]

PATIENCE = 8
"""Seconds after which what was heard so far must do."""

entries = Path(sys.argv[1]).read_text("utf-8").splitlines()
answers = Path(sys.argv[2]).read_text("utf-8").splitlines()
bot = RiveScript()
lines = (f"+ [*] {entry.rstrip('*')} [*]\n- heard\n" for entry in entries)
bot.stream("! version = 2.0\n+ *\n- nothing\n" + "".join(lines))
bot.sort_replies()
times = []
end = time.monotonic() + PATIENCE
for answer in answers:
    if time.monotonic() > end:
        break
    said = "".join(letter for letter in answer.lower() if letter.isalnum() or letter == " ")
    start = time.perf_counter()
    bot.reply("mentee", said)
    times.append((time.perf_counter() - start) * 1000)
times.sort()
print(times[len(times) // 2], times[len(times) * 99 // 100])
