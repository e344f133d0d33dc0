# Attaché: `make run` to try it, `make test` to prove it, `make check` before a commit.
# The first Python that is new enough and can really make an environment.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 /usr/bin/python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Where it is set, every process of ours would read and compile its sources anew.
unexport PYTHONDONTWRITEBYTECODE
PORT ?= 8000
WORKERS ?= auto

.PHONY: run test check bench month fmt clean

$(VENV)/.runtime: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed: apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
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

# A month of 2,000 people in some minutes; `make month SEED=7` tells the story of a seed again.
PEOPLE ?= 2000
SEED ?= $(shell shuf -i 1-999999 -n 1)
month: $(VENV)/.development
	SIMULATION_SEED=$(SEED) SIMULATION_WORLDS=1 SIMULATION_SIZE=$(PEOPLE) SIMULATION_KILLS=8 SIMULATION_PACE=1 \
		$(BIN)/python -W ignore -m tests.postgres -- $(BIN)/python -m pytest -s tests/simulation/test_month.py

fmt: $(VENV)/.development
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf var staticfiles .mypy_cache .ruff_cache .pytest_cache
