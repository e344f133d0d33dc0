# Attaché: `make run` to try it, `make test` to prove it, `make check` before a commit.
PYTHON ?= $(shell command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= auto

.PHONY: run test check bench fmt clean

$(VENV)/.runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python 3.11+ with venv is needed: apt-get install python3-venv"; exit 1; }
	@echo "Installing what Attaché needs …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.development: $(VENV)/.runtime tests/requirements.txt
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

run: $(VENV)/.runtime
	@$(BIN)/python manage.py demo run --port $(PORT)

test: $(VENV)/.development
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile
	$(BIN)/python -W ignore -m tests.postgres -- $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: $(VENV)/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	env $$(cat tests/production.env) $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.development
	$(BIN)/python -W ignore -m tests.postgres -- $(BIN)/python -m tests.bench

fmt: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf var staticfiles .mypy_cache .ruff_cache .pytest_cache
