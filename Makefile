# Everything a newcomer needs: make run, make test. Everything CI needs: make check.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PORT

.PHONY: run test test-postgres test-browser test-gateway check bench screens messages lock clean

run: $(VENV)/.run
	@$(BIN)/python scripts/run.py

test: $(VENV)/.dev
	$(BIN)/pytest -q -n auto

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Loa needs Python 3.11 or newer; $(PYTHON) is older. Try: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

lock:
	uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" pyproject.toml -o requirements.txt -q
	uv pip compile --universal --python-version 3.11.0 --generate-hashes --no-emit-index-url --upgrade --custom-compile-command "make lock" --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt -q
