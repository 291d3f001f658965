"""How the cost grows with the work: `python -m benchmarks.growth [--short] [--write] [GROUP ...]`.

Each kind of work is done at several sizes, each time in a process of its own, which tells the
least of its times and the most memory it had. The slope of time and of memory at the large end, drawn
on paper with logarithms on both sides, says how they grow: 0 is not at all, 1 is in proportion.
With `--write` the tables and plots are kept in `docs/growth.md` and `docs/growth/`.
"""
