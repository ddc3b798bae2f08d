# `make demo` and `make test` do all their own set-up; everything goes into .venv, system packages only for tests.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
CTA    := $(BIN)/cta
# One pytest worker a core, as far as pytest-xdist can tell.
WORKERS ?= auto

.PHONY: demo test lint check bench docs reports sample lock clean

demo: $(VENV)/.runtime
	$(CTA) demo

test: $(VENV)/.dev $(VENV)/.duckdb-1.2 lint
	@.ci/system-packages apache2-bin:apache2 caddy chromium nginx
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev
	@.ci/system-packages goaccess
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.scan
	$(BIN)/python -m benchmarks.kill
	$(BIN)/python -m benchmarks.validity

docs: $(VENV)/.dev
	$(BIN)/python -m docs.build

reports: $(VENV)/.dev
	$(BIN)/python -m reports.build
	@.ci/system-packages chromium
	$(BIN)/python -m reports.screenshots

sample: $(VENV)/.dev
	$(BIN)/python sample_data/generate.py

lock:
	$(BIN)/python -m requirements.lock

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'cta-analytics needs Python 3.11 or newer; set PYTHON=/path/to/python3.11' >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements/runtime.lock requirements/build.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements/runtime.lock
	$(PIP) install --require-hashes -r requirements/build.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.lock
	$(PIP) install --require-hashes -r requirements/dev.lock
	@touch $@

# The oldest DuckDB that opens what is published, in an environment of its own; tests/events/test_readers.py reads with it.
$(VENV)/.duckdb-1.2: $(VENV)/.python requirements/duckdb-1.2.lock
	$(PYTHON) -m venv $(VENV)/duckdb-1.2
	$(VENV)/duckdb-1.2/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements/duckdb-1.2.lock
	@touch $@

clean:
	rm -rf $(VENV) cta-demo dist build benchmarks/work
