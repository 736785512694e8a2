# The commands of this project: `make run` starts the page, `make test` checks everything, `make bench` measures.
# Each sets up what it needs in .venv first. PYTHON chooses the interpreter: make run PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test bench clean

run: $(VENV)/run-ready
	$(BIN)/streamlit run streamlit_app.py

test: $(VENV)/test-ready
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(VENV)/test-ready
	$(BIN)/pytest benchmarks --benchmark-columns=median,iqr,rounds --benchmark-group-by=name

clean:
	rm -rf $(VENV)

$(VENV)/run-ready: requirements.txt | $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test-ready: requirements.txt requirements-dev.txt | $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# Debian keeps venv in a package of its own.
$(VENV)/created:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -c "import ensurepip" || { apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)
	touch $@
