# Two commands: `make demo` and `make test`. Everything they need goes into .venv; only python3 with venv is assumed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
WORKERS ?= 2
PANDOK_SHARED ?= $(abspath ../shared)
export PANDOK_SHARED

LOCK = $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
       --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

.PHONY: release demo dev test fast test-postgresql check pytest lint lock benchmarks docs journeys words wheel coverage audit-dependencies clean

demo: $(VENV)/.runtime-stamp
ifeq ($(SERVE),0)
	$(BIN)/pandok demo --no-serve
else
	$(BIN)/pandok demo
endif

# A desk that reloads when its source changes, with one worker beside, on a home of its own that is seeded once.
DEV_HOME := $(abspath .pandok/dev)
dev: $(VENV)/.runtime-stamp
	mkdir -p $(DEV_HOME)
	[ -f $(DEV_HOME)/demonstration-imported ] || PANDOK_HOME=$(DEV_HOME) $(BIN)/pandok demo --no-serve
	trap 'kill 0' EXIT; PANDOK_HOME=$(DEV_HOME) $(BIN)/pandok worker & \
	PANDOK_HOME=$(DEV_HOME) PANDOK_DEBUG=1 PANDOK_TWO_STEP=off DJANGO_SETTINGS_MODULE=pandok.web.django_settings \
	  $(BIN)/python -m django runserver 127.0.0.1:8000

test: $(VENV)/.dev-stamp check pytest

# What most changes break, in under two minutes on two cores: values, rules, arrows, golden files, tables, lists; no
# browser, no server process, no reader.
FAST_TESTS ?= tests/test_architecture.py tests/core tests/proof tests/contracts/test_golden.py tests/contracts/test_package.py \
  tests/common/audit tests/common/parties tests/fields/counterfeit/rules tests/fields/counterfeit/acts/cases \
  tests/fields/lab/states tests/fields/register tests/web/test_words.py tests/web/test_dates.py tests/docs
fast: $(VENV)/.dev-stamp
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -q -m "not browser and not slow" $(FAST_TESTS)

check: $(VENV)/.dev-stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

pytest: $(VENV)/.dev-stamp check
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# The same tests on a real PostgreSQL server from a wheel: one server, a database for each process of tests. Left out are
# those that know neither Django nor a database (core, proof, readers, engines, benchmarks, docs).
POSTGRESQL_TESTS ?= tests/browser tests/web tests/common tests/fields tests/contracts tests/cli tests/api tests/demo
test-postgresql: $(VENV)/.dev-stamp
	PANDOK_TESTS_POSTGRESQL=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(POSTGRESQL_TESTS)

lint: $(VENV)/.dev-stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

lock: $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check pip-tools
	$(LOCK) --extra build --extra test --extra milvus --extra ray --extra benchmarks -o requirements-dev.lock pyproject.toml
	cp requirements-dev.lock requirements.lock
	$(LOCK) --extra build -o requirements.lock pyproject.toml

docs: $(VENV)/.dev-stamp
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/results_table.py
	$(BIN)/python docs/training_curve.py
	$(BIN)/python docs/counts.py

# How far a photograph, a step of a case and a submission travel; `make docs` puts what it found into the page.
journeys: $(VENV)/.dev-stamp
	$(BIN)/python docs/journeys.py

# Needs msgfmt (Debian: gettext). A test fails where the compiled words are not those of the source.
words:
	$(BIN)/python docs/words.py

# The next version by rule, with its part of CHANGELOG.md; see docs/release.py.
release: $(VENV)/.dev-stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check towncrier
	$(BIN)/python docs/release.py

# What the tests run through, a line a room; takes longer than `make test`. COVERAGE_TESTS=tests/core for a part.
COVERAGE_TESTS ?= tests
coverage: $(VENV)/.dev-stamp
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -q \
	  --cov --cov-report=json:.coverage.json $(COVERAGE_TESTS)
	$(BIN)/python docs/coverage_by_room.py .coverage.json

# What is publicly known against the locked packages. Needs pypi.org; without it says so and fails.
audit-dependencies: $(BIN)/python
	[ -x $(VENV)/audit/bin/pip-audit ] || $(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit
	$(BIN)/python docs/audit_dependencies.py $(VENV)/audit/bin/pip-audit

wheel: $(VENV)/.dev-stamp
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

benchmarks: $(VENV)/.dev-stamp
	$(BIN)/python -m benchmarks.retrieval
	$(BIN)/python docs/results_table.py
	$(BIN)/python docs/training_curve.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# pip leaves installed packages alone, so that a stamp older than its lock costs seconds.
$(VENV)/.runtime-stamp: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev-stamp: requirements-dev.lock $(VENV)/.runtime-stamp
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
