# The two commands of the README: `make demo` and `make test`. `make help` lists all.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
# One line for each of indexer/programs/tools.py; tests/indexer/test_doctor.py compares them.
TOOLS := tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui antiword
# The demo's own library, so that it never touches the user's.
DEMO_HOME := $(CURDIR)/var/demo

.DEFAULT_GOAL := help
.PHONY: help install install-dev install-tools demo test lint types check bench bench-quality bench-metadata lock corpus messages screenshots clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(VENV)/.installed ## Create .venv with the locked requirements and the project

install-dev: $(VENV)/.installed-dev ## The same, with lint, types and tests

install-tools: ## Debian's programs that kb doctor asks for (as root); none is required
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(TOOLS) >/dev/null
	@tesseract --list-langs | grep -qx vie && soffice --version >/dev/null && command -v antiword >/dev/null || \
	  { echo 'Installed, but not all of them run: kb doctor tells which.'; exit 1; }

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

demo: install ## Index corpus/ and serve it: http://127.0.0.1:8000 (PORT=… for another port)
	KB_HOME=$(DEMO_HOME) $(BIN)/kb add corpus/documents
	KB_HOME=$(DEMO_HOME) $(BIN)/kb serve --host $(HOST) --port $(PORT)

test: lint types check ## Lint, types and tests

lint: install-dev ## ruff: lint and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev ## mypy, strict on kb/
	$(BIN)/mypy

# Compiled modules are kept, whatever the environment says: the tests start `kb` a hundred times.
check: install-dev ## pytest, on all processors up to four
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

bench: install-dev ## Quality and speed on ../shared/data (or TRACUU_DATA), results in benchmarks/results
	$(BIN)/python benchmarks/run.py

bench-quality: install-dev ## Quality of search on the BEIR sets there, beside the last results
	$(BIN)/python benchmarks/quality.py

bench-metadata: install-dev ## Fields of real documents beside their publishers', and what changed
	$(BIN)/python benchmarks/metadata.py

lock: $(VENV)/.python ## Rewrite the hash-locked requirements from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' \
	  pyproject.toml requirements-build.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --custom-compile-command 'make lock' \
	  --constraint requirements.txt --group dev -o requirements-dev.txt

corpus: install-dev ## Rebuild the sample documents from corpus/texts
	$(BIN)/python corpus/build.py

screenshots: install-dev ## The pictures of the README, from the real pages
	KB_HOME=$(DEMO_HOME) $(BIN)/kb add corpus/documents
	KB_HOME=$(DEMO_HOME) $(BIN)/python docs/make_screenshots.py

messages: install-dev ## Bring the English texts up to date with the sources; lists what lacks a translation
	$(BIN)/python docs/make_messages.py

clean: ## Remove .venv, the demo's library and those of the benchmarks
	rm -rf $(VENV) $(CURDIR)/var
