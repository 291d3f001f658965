"""Prints the milliseconds that plug-in discovery takes in a fresh process."""

import os
import time

from reflect.application.wiring import Application

app = Application(os.environ)
app.cache  # noqa: B018 - every start has it already
start = time.perf_counter()
app.discovery  # noqa: B018 - it is found on first use
print((time.perf_counter() - start) * 1000)
