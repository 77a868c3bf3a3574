# The ways to run, test and keep Synergia. `make help` lists them.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PROCESSES ?= 2
# A version is taken when it is seven days old: what was slipped into one is found by then, as a rule.
LOCK := uv pip compile --universal --generate-hashes --no-header -q --exclude-newer "7 days" $(if $(UPGRADE),--upgrade) pyproject.toml
PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

# A start compiles nothing twice: without its compiled files Python takes double the time for every process.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run seed test quick lint check prove cover bench fmt i18n lock vendor clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run $(MO) ## Start the portal with its demo: http://127.0.0.1:8000
	@exec $(BIN)/portal run

seed: $(VENV)/.run $(MO) ## Load the demo; ORGANISATIONS=100000 SEED=1 for a large one
	@$(BIN)/portal db upgrade
	@$(BIN)/portal demo load $(if $(ORGANISATIONS),--organisations $(ORGANISATIONS)) $(if $(SEED),--seed $(SEED))

test: $(VENV)/.dev $(MO) ## All tests on real parts, which it installs where it may (TESTS=path for some of them)
	@tools/test_parts.sh
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(TESTS)

lint: $(VENV)/.dev $(MO) ## Lint, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tools.templates --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.dead_code

quick: lint ## What to run between two commits: lint, architecture, and the tests of what changed since main
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal -q -m "not browser and not postgresql" \
		tests/architecture $$($(BIN)/python -m tools.touched)

check: lint ## What CI runs: lint, types, import rules, catalogues, migrations, then all tests
	$(BIN)/python -m tools.i18n --check
	@export PORTAL_VAR=$$(mktemp -d); $(BIN)/portal db upgrade && $(BIN)/portal db check; status=$$?; rm -rf $$PORTAL_VAR; exit $$status
	@$(MAKE) --no-print-directory test

prove: $(VENV)/.dev $(MO) ## Races, faults and properties with large counts; every rule taken out once (MUTANTS=word for some)
	@tools/test_parts.sh
	@SYNERGIA_PROVE=1 $(BIN)/python -m pytest -m prove -n $(PROCESSES) --dist worksteal -q $(TESTS)
	@$(BIN)/python -m tools.mutants $(MUTANTS)

cover: $(VENV)/.dev $(MO) ## Lines and branches of services, policies and pure modules that the tests run
	@$(BIN)/python -m tools.cover -n $(PROCESSES) --dist worksteal

bench: $(VENV)/.dev $(MO) ## Requests a second against a bare Flask page, in one run
	@$(BIN)/python -m bench.run $(BENCH)

fmt: $(VENV)/.dev ## Format and mend what a tool can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python -m tools.templates

i18n: $(VENV)/.dev ## Bring the catalogues up to date, set no-break spaces, compile
	@$(BIN)/python -m tools.i18n

lock: $(VENV)/.dev ## Write the two lock files anew from pyproject.toml (needs uv; UPGRADE=1 for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv 0.9.17 or newer: pip install uv" >&2; exit 1; }
	@$(LOCK) --group install -o requirements.lock
	@$(LOCK) --group install --group dev -o requirements-dev.lock

vendor: ## Copy the front-end files of package-lock.json into portal/static/vendor
	@npm ci --silent
	@node tools/vendor.mjs

clean: ## Remove the environment, caches and compiled catalogues; the data in var/ stays
	@rm -rf $(VENV) node_modules build .mypy_cache .ruff_cache .import_linter_cache .hypothesis $(MO)

# --- what the commands above are made of ---------------------------------------------------------------------------

$(VENV)/bin/pip:
	@test -n "$(PYTHON)" || { echo "Synergia needs Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing (Debian: python3-venv)." >&2; exit 1; }

# The stamps hold the time of the last install; the development environment is also good for running.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "Installing the packages of requirements.lock into $(VENV)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/bin/pip
	@echo "Installing the packages of requirements-dev.lock into $(VENV)"
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(VENV)/.run $@

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
