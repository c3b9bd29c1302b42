# Everything a newcomer needs: make run, make test. Everything CI needs: make check.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.PHONY: run test test-postgres test-browser test-gateway check bench bench-sms screens messages lock clean

run: $(VENV)/.run
	@$(BIN)/python scripts/run.py

test: $(VENV)/.dev
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/pytest -q -n auto

# The same tests on PostgreSQL, with Redis as cache and queue; and those that take long.
test-postgres: $(VENV)/.dev
	@$(BIN)/python manage.py compile_catalogues
	@sh scripts/services.sh
	DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} REDIS_URL=$${REDIS_URL:-redis://127.0.0.1:6379/9} \
	  $(BIN)/pytest -q -n auto --create-db -m 'not browser and not gateway'

# The running site in Chromium: walks, leaving quickly, axe, the Nu HTML checker.
test-browser: $(VENV)/.dev
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/pytest -q -n 2 -m browser

# Real texts through Kannel and a simulated operator.
test-gateway: $(VENV)/.dev
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/pytest -q -m gateway tests/gateway

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check --tabwidth 2 $$(git ls-files '*.html') 2>&1 | tail -3
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check

bench: $(VENV)/.dev
	$(BIN)/python scripts/bench.py

# Texts a second through Kannel and PostgreSQL; not part of bench, it wants the machine for itself.
bench-sms: $(VENV)/.dev
	@$(BIN)/python manage.py compile_catalogues
	$(BIN)/python scripts/bench_sms.py

screens: $(VENV)/.dev
	$(BIN)/python scripts/screens.py

messages: $(VENV)/.dev
	$(BIN)/python manage.py messages

clean:
	rm -rf var

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Loa needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

# Needs the network only for packages that are not there yet; all else of make run does without.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r
NOT_FETCHED = { echo "The packages in $< could not all be fetched; what pip said stands above. Without a network Loa runs once they are there: try again with one, or give pip a folder of them: PIP_NO_INDEX=1 PIP_FIND_LINKS=/path make $(or $(firstword $(MAKECMDGOALS)),run)"; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@$(INSTALL) $< || $(NOT_FETCHED)
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@$(INSTALL) $< || $(NOT_FETCHED)
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" pyproject.toml -o requirements.txt -q
	uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt -q
