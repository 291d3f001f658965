"""Gives a number of answers to a new store, each durable: `answers.py DATABASE COUNT`."""

import sys
from pathlib import Path

from benchmarks.samples import answered, begun_stream

from reflect.mentorship.projection import Folds
from reflect.transcripts.store import Store

with Store.open(Path(sys.argv[1]), Folds()) as store:
    stream, length = begun_stream(store)
    for number in range(int(sys.argv[2])):
        store.append(stream, length + number, [answered(number)])
