# `make run` starts a reflection, `make test` runs the tests. Both set up everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
# What `make proof` runs: every check, or PROOF="--third today", or PROOF=T-KILL-PTY; `make soak HOURS=8` goes on for so long.
PROOF ?= --keep
HOURS ?= 1
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile pyproject.toml --quiet --universal --generate-hashes --annotation-style line --custom-compile-command 'make lock'

.PHONY: run test check bench proof soak docs lock clean

run: $(READY)
	@if [ -t 0 ]; then $(BIN)/reflect; else $(BIN)/reflect demo; fi

test: $(TOOLS)
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

proof: $(TOOLS)
	PYTHONPATH=src:. $(BIN)/python -m proof $(PROOF)
	PYTHONPATH=src:. $(BIN)/python -m proof.threats

soak: $(TOOLS)
	PYTHONPATH=src:. $(BIN)/python -m proof --hours $(HOURS) --keep
	PYTHONPATH=src:. $(BIN)/python -m proof.threats

docs: $(TOOLS)
	$(BIN)/python -m pytest -n 0 tests/docs

# Versions stay as they are where they can; `make lock NEWER=--upgrade` takes the newest.
lock:
	$(LOCK) $(NEWER) --extra dev --output-file constraints-dev.txt
	echo setuptools | $(LOCK) - --constraints constraints-dev.txt --output-file constraints.txt

clean:
	rm -rf $(VENV) .venv-peers build dist *.egg-info src/*.egg-info

# pip lets nothing in whose file is not known by its hash, which an editable install has none of.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement constraints.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(READY) constraints-dev.txt
	$(PIP) --require-hashes --requirement constraints-dev.txt
	@touch $@
