# The commands of this project: `make run` starts the page, `make check` is the quick look after a change, `make test`
# checks everything, `make bench` measures. Each sets up what it needs in .venv first.
# PYTHON chooses the interpreter: make run PYTHON=python3.13
# EXAMPLES=thorough lets Hypothesis try all its examples: make test EXAMPLES=thorough
# SEED says what make hostile tries, COUNT how much of it: make hostile SEED=7, make hostile COUNT=100
# READERS says how many open the page at once in make load: make load READERS=30

PYTHON ?= python3
EXAMPLES ?= quick
READERS ?= 100
SEED ?= 1
COUNT ?= 300
VENV := .venv
BIN := $(VENV)/bin
PYTEST := pytest --hypothesis-profile=$(EXAMPLES)
# What of core and ui the tests run, lines and branches. Its own --fail-under forgets what the processes have measured.
COVERAGE := $(VENV)/coverage.json
MEASURED := $(BIN)/python -W ignore::RuntimeWarning -m slipcover --json --out $(COVERAGE) -m
REPORT := $(BIN)/python -m slipcover --fail-under 95 --out $(COVERAGE) --merge $(COVERAGE)
PARALLEL := --numprocesses=logical --maxprocesses=4
# A file is run in one process, which starts once what its tests share; journeys are shared out one by one.
TESTS := $(PARALLEL) --dist=loadfile --no-loadscope-reorder --ignore=tests/browser
JOURNEYS := $(PARALLEL) --maxschedchunk=1 tests/browser

# Where this variable is set, every process would compile the project and its tests anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run dev serve check test style bench hostile load picture lock clean

run: $(VENV)/run-ready
	$(BIN)/streamlit run streamlit_app.py

# The page, which follows every change of its files.
dev: $(VENV)/run-ready
	$(BIN)/streamlit run streamlit_app.py --server.fileWatcherType=auto --server.runOnSave=true

check: style
	$(BIN)/python -m deploy.install
	$(BIN)/python -m tests.support.libreoffice
	$(BIN)/$(PYTEST) $(TESTS)

# As many processes as cores, behind a proxy, on this machine.
serve: $(VENV)/run-ready
	$(BIN)/python -m deploy.install
	$(BIN)/python -m deploy.serve

# The journeys run in processes of their own: Playwright keeps an event loop running in its.
test: style
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m deploy.install
	$(BIN)/python -m tests.support.libreoffice
	$(MEASURED) $(PYTEST) $(TESTS)
	$(REPORT)
	$(BIN)/$(PYTEST) $(JOURNEYS)

style: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/test-ready
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m benchmarks

# Links, tables, files, names and clients made at random to break the page. Names and clients take a second each.
hostile: $(VENV)/test-ready
	$(BIN)/python benchmarks/hostile.py --seed $(SEED) --count $(COUNT)

# Readers who open the page within seconds and go on changing it, each held against core.
load: $(VENV)/test-ready
	$(BIN)/python -m deploy.install
	$(BIN)/python -m benchmarks.load --readers $(READERS) --processes 2 --seconds 60

# The README's pictures and its film in docs/, from the page as it is.
picture: $(VENV)/test-ready
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/pytest tests/browser/picture.py

# Pins anew what requirements-dev.in needs; what is pinned already and still fits stays.
lock: $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-annotate --custom-compile-command "make lock" \
		requirements-dev.in --output-file requirements-dev.txt

clean:
	rm -rf $(VENV)

$(VENV)/run-ready: requirements.txt | $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test-ready: requirements-dev.txt | $(VENV)/created
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# Debian keeps venv in a package of its own.
$(VENV)/created:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -c "import ensurepip" || { apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)
	touch $@
