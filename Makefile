# Needs Python 3.11 or newer with pip and venv, and make; the rest is installed into .venv by the rules below.
# `make help` lists what can be asked for.

PYTHON ?= python3
VENV ?= .venv
# Claims in the generated project that `make bench` measures.
N ?= 1000
# Passed on to the benchmark: make bench BENCH_ARGS="--only Hugo --no-inside"
BENCH_ARGS ?=
# The processor time that `make fuzz` takes for each group of targets, and which targets it takes (all, if none is named).
SECONDS ?= 600
TARGETS ?=
# Passed on to pytest: make test PYTEST_ARGS="-k quantities"
PYTEST_ARGS ?=
# What `make mutate` changes: MUTANTS="site_builder.language.logic.*"
MUTANTS ?=
# Passed on to the resolver: make lock LOCK_ARGS=--upgrade
LOCK_ARGS ?=

BIN := $(VENV)/bin
VENV_PYTHON := $(BIN)/python
# The locks name every package, and older pips look for others than the locked ones where extras are asked for.
PIP_INSTALL := $(VENV_PYTHON) -m pip install --quiet --compile --no-deps --progress-bar off --disable-pip-version-check
# What the linters and the type checker look at.
CODE := site_builder tests $(wildcard benchmarks)
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

# Start-up time depends on compiled modules, whatever the caller's environment says.
unexport PYTHONDONTWRITEBYTECODE
# The tests use the system's Chromium.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site test lint unit coverage mutate format bench fuzz venv chromium lock clean distclean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: $(VENV)/.installed ## build the site into site/
	$(BIN)/claims build --probe

test: lint unit ## run every check: lint, types, imports, tests

lint: $(VENV)/.installed $(VENV)/.test-requirements ## ruff, mypy --strict and the rooms' imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(CODE)
	$(BIN)/lint-imports

unit: $(VENV)/.installed $(VENV)/.test-requirements chromium ## the tests alone, with Chromium
	$(VENV_PYTHON) -P -m pytest $(PYTEST_ARGS)

coverage: $(VENV)/.installed $(VENV)/.test-requirements chromium ## the tests, with the lines they leave out
	$(VENV_PYTHON) -P -m pytest --cov --cov-report=term-missing $(PYTEST_ARGS)

mutate: $(VENV)/.installed $(VENV)/.test-requirements $(VENV)/.mutate-requirements ## changes to what judges that no test sees (hours; see MUTANTS)
	set -f; $(BIN)/mutmut run --max-children 1 $(MUTANTS)
	$(BIN)/mutmut results

format: $(VENV)/.test-requirements ## format the code and apply the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(VENV)/.installed ## time N claims beside Hugo, Eleventy, Pelican and MkDocs: make bench N=10000
	$(VENV_PYTHON) -P -m benchmarks.run $(N) $(BENCH_ARGS)

fuzz: $(VENV)/.installed $(VENV)/.fuzz-requirements ## look for inputs that break the tool: make fuzz SECONDS=60 TARGETS=csv
	$(VENV_PYTHON) -P -m tests.fuzz.guided --seconds $(SECONDS) $(TARGETS)

venv: $(VENV)/.test-requirements ## install all requirements, without the project itself

lock: $(VENV)/.lock-requirements ## refresh requirements/ from pyproject.toml
	$(COMPILE) pyproject.toml --group build --output-file requirements/site.txt
	$(COMPILE) pyproject.toml --group build --extra test --constraint requirements/site.txt \
		--output-file requirements/test.txt
	$(COMPILE) --group mutate --constraint requirements/test.txt --output-file requirements/mutate.txt
	$(COMPILE) --group lock --output-file requirements/lock.txt
	$(COMPILE) --group fuzz --output-file requirements/fuzz.txt
	$(COMPILE) --group bench --output-file requirements/bench.txt

clean: ## remove the site and every cache
	rm -rf site .site-* .cache mutants .coverage .coverage.* build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find site_builder tests $(wildcard benchmarks) -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the virtual environments too
	rm -rf $(VENV) .venv-bench

# One version of each package for every Python and platform; nothing in the files names an index.
COMPILE := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
	--no-header --no-annotate --python-version 3.11 $(LOCK_ARGS)

# Each stamp is newer than what was installed when it was made. The lists are complete, so nothing is resolved again
# (pip 23 would otherwise look for a newer `coverage[toml]` than the pinned one, and stop at its missing hash).

$(VENV_PYTHON):
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found: install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1), and 3.11 or newer is needed:" \
			"name another: make PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) has no venv with pip: install it first (on Debian and Ubuntu: apt-get install python3-venv)" >&2; \
		exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.site-requirements: requirements/site.txt | $(VENV_PYTHON)
	$(PIP_INSTALL) --require-hashes --no-deps --requirement requirements/site.txt
	@touch $@

$(VENV)/.test-requirements: requirements/test.txt $(VENV)/.site-requirements
	$(PIP_INSTALL) --require-hashes --no-deps --requirement requirements/test.txt
	@touch $@

$(VENV)/.fuzz-requirements: requirements/fuzz.txt $(VENV)/.test-requirements
	$(PIP_INSTALL) --require-hashes --no-deps --requirement requirements/fuzz.txt
	@touch $@

$(VENV)/.mutate-requirements: requirements/mutate.txt $(VENV)/.test-requirements
	$(PIP_INSTALL) --require-hashes --no-deps --requirement requirements/mutate.txt
	@touch $@

$(VENV)/.lock-requirements: requirements/lock.txt | $(VENV_PYTHON)
	$(PIP_INSTALL) --require-hashes --no-deps --requirement requirements/lock.txt
	@touch $@

$(VENV)/.installed: pyproject.toml site_builder/__init__.py $(VENV)/.site-requirements
	$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

chromium: ## install the browser that the tests use, if there is none
	@for browser in $(BROWSERS); do command -v $$browser >/dev/null && exit 0; done; \
	if ! command -v apt-get >/dev/null; then \
		echo "The browser tests need Chromium: put one of '$(BROWSERS)' on the PATH." >&2; exit 1; \
	elif [ "$$(id -u)" = 0 ]; then as_root="env"; \
	elif command -v sudo >/dev/null; then as_root="sudo env"; \
	else \
		echo "The browser tests need Chromium. As root: apt-get update && apt-get install chromium" >&2; exit 1; \
	fi; \
	echo "Installing Chromium for the browser tests"; \
	$$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 \
		update && \
	$$as_root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 \
		install --yes --no-install-recommends chromium fonts-dejavu-core >/dev/null || { \
		echo "Chromium could not be installed; as root: apt-get update && apt-get install chromium" >&2; exit 1; }
