"""How fast reflect is beside the floor it stands on and its peers, all in one run.

`python -m benchmarks` from the repository root installs a wheel of the working tree
into `.venv-bench`, measures inside it and prints one table; `--json` prints the same as data.
Every ratio compares two things measured in turns in the same minute on the same machine.
"""
