# The two commands to begin with: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

# Whatever the environment says: without bytecode every process that a test starts compiles the whole package.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test test-long robot lint check check-layout cover fix docs pictures bench lock clean

help:
	@echo "make demo   the sample process, end to end (in a terminal: the app)"
	@echo "make test   the tests"
	@echo "make check  everything that decides whether a change lands"
	@echo "make test-long  the properties with ten times the examples, drawn anew each time"
	@echo "make robot  20,000 random keys on every screen, without pauses"
	@echo "make check-layout  the pictures of 2,000 generated maps; SEEDS=\"any:7 drawn:12\" looks at these alone"
	@echo "make cover  the tests with branch coverage"
	@echo "make fix    format, and mend what the linter can mend"
	@echo "make docs   the reference pages that follow from the code;  make pictures  the app as the README shows it"
	@echo "make bench  the benchmarks, as ratios"
	@echo "make lock   the newest versions that pyproject.toml allows, written to requirements/"

# uv where it is installed, else pip; both install exactly the versions in requirements/.
$(READY): pyproject.toml requirements/dev.txt
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $(READY)

demo: $(READY)
	@$(BIN)/cowpath demo

# One process more than two cores: a test that drives the app waits for it at times; each costs one more collection.
PYTEST := $(BIN)/python -m pytest -n 3

test: $(READY)
	$(PYTEST)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/codespell

check: lint test

test-long: $(READY)
	COWPATH_EXAMPLES=long $(PYTEST) tests/model tests/analysis tests/formats tests/store tests/test_*.py

robot: $(READY)
	COWPATH_ROBOT=20000 $(PYTEST) tests/tui/test_robot.py

check-layout: $(READY)
	$(BIN)/python tests/check_layout.py $(SEEDS)

cover: $(READY)
	$(PYTEST) --cov --cov-report=term

fix: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/map_file_tables.py

pictures: $(READY)
	$(BIN)/python docs/pictures.py

bench: $(READY)
	for each in benchmarks/*.py; do $(BIN)/python $$each || exit 1; done

# uv resolves for every Python and platform at once; the lock names versions and hashes, not servers.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-strip-extras --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-strip-extras --no-annotate --no-emit-index-url --no-emit-find-links -c requirements/run.txt \
	  pyproject.toml --group dev -o requirements/dev.txt

clean:
	rm -rf .venv build dist .coverage .mypy_cache .pytest_cache .ruff_cache
