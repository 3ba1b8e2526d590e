# Every job, from a fresh machine. `make` alone lists them. Needs only make and Python 3.11 or newer.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test check format lint types imports quick bench lock assets schemas screens clean
MAKEFLAGS += --no-builtin-rules --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SUITABLE := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each $(SUITABLE) && echo $$each && break; done)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

setup: $(VENV)/.project ## make .venv with the homeward command in it (PYTHON=… chooses another Python)
	@echo 'Ready: $(BIN)/homeward --help'

run: $(VENV)/.project ## start the product with its demonstration (PORT=… chooses another port than 8000)
	@exec $(BIN)/homeward up --demo $(if $(PORT),--port $(PORT))

# Hundreds of commands are started: none may compile every module anew.
test: $(VENV)/.dev ## run every test; branch coverage of domain/ and schemas/ must be complete
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist loadgroup --cov --cov-report=term-missing:skip-covered

check: $(VENV)/.dev ## format, lint, types, imports, unit and property tests: under a minute
	@$(MAKE) -j 2 --keep-going --output-sync=target format lint types imports quick

format: $(VENV)/.dev
	@$(BIN)/ruff format --check --quiet .

lint: $(VENV)/.dev
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.dev
	@$(BIN)/mypy
	@cd deploy/kafka && ../../$(BIN)/mypy --strict --no-incremental *.py

imports: $(VENV)/.dev
	@$(BIN)/lint-imports

quick: $(VENV)/.dev
	@$(BIN)/pytest --quiet $(wildcard tests/unit tests/property)

bench: $(VENV)/.dev ## run every measurement in bench/
	@for file in $(filter-out bench/_%,$(wildcard bench/*.py)); do \
		name=$$(basename $$file .py); echo "== $$name"; $(BIN)/python -m bench.$$name || exit 1; done

lock: $(BIN)/uv ## choose dependency versions anew and write both requirements files
	@$(COMPILE) --extra build --output-file requirements.txt pyproject.toml
	@$(COMPILE) --extra build --extra dev --constraints requirements.txt --output-file requirements-dev.txt pyproject.toml

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' $(LOCKFLAGS)

assets: ## fetch the GOV.UK and MOJ Frontend files of web/static anew (needs npm)
	@deploy/assets/fetch

schemas: $(VENV)/.project ## write the published JSON Schemas anew
	@$(BIN)/homeward schemas write

screens: $(VENV)/.dev ## take the pictures of the main pages in docs/screens anew
	@$(BIN)/python -m tests.browser.screens

clean: ## remove .venv and what the tools leave behind; var/ (your data) stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* dist
	@find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +

$(VENV)/.made:
	@'$(PYTHON)' $(SUITABLE) || { echo \
		'Homeward needs Python 3.11 or newer: install one, or name it: make setup PYTHON=/path/to/python3' >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: apt-get install" \
		"$$('$(PYTHON)' -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; }
	@'$(PYTHON)' -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt $(VENV)/.made
	@echo 'Installing what Homeward needs into $(VENV)'
	@$(PIP) install --no-deps --require-hashes --requirement $<
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.runtime
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.project
	@echo 'Installing what its tests need into $(VENV)'
	@$(PIP) install --no-deps --require-hashes --requirement $<
	@touch $@

$(BIN)/uv: | $(VENV)/.made
	@$(PIP) install 'uv<1'
