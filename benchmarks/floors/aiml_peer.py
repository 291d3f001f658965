"""python-aiml with many categories: prints the p50 and p99 in milliseconds. Arguments: ENTRIES ANSWERS (files of lines)."""

import sys
import time
from pathlib import Path

# It asks for a clock that Python no longer has.
vars(time)["clock"] = time.perf_counter

import aiml  # type: ignore[import-not-found]  # noqa: E402

entries = Path(sys.argv[1]).read_text("utf-8").splitlines()
answers = Path(sys.argv[2]).read_text("utf-8").splitlines()
around = ("{}", "* {}", "{} *", "* {} *")
body = "".join(
    f"<category><pattern>{form.format(entry.rstrip('*').upper())}</pattern><template>heard</template></category>\n"
    for entry in entries
    for form in around
)
brain = Path(sys.argv[1]).with_suffix(".aiml")
brain.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n<aiml version="1.0">\n{body}</aiml>\n')
bot = aiml.Kernel()
bot.verbose(False)
sys.stdout = sys.stderr
bot.learn(str(brain))
sys.stdout = sys.__stdout__
times = []
for answer in answers:
    start = time.perf_counter()
    bot.respond(answer)
    times.append((time.perf_counter() - start) * 1000)
times.sort()
print(times[len(times) // 2], times[len(times) * 99 // 100])
