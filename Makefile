# Each target makes what it needs. A fresh machine has Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
TRUST := $(VENV)/.trust
PAGE := api/static/vendor/.ready
OUT ?= out/demo

.PHONY: help setup demo test lint bench soak mutants audit serve page study-small clean
.DEFAULT_GOAL := help

help:            ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1  — /p' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[api,dev,postcodes,roads,study]'
	touch $@

$(PEERS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[api,bench,dev,postcodes,roads,study]'
	touch $@

$(TRUST): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[api,dev,postcodes,roads,study,trust]'
	touch $@

setup: $(READY)  ## make the virtual environment

demo: $(READY)   ## plan a generated weekday of the whole region
	$(BIN)/pts-optimiser demo --out $(OUT)

test: $(READY)   ## run the tests
	$(BIN)/pts-optimiser warm  # once, before two processes would compile the same kernels
	$(BIN)/pytest --numprocesses 2 --dist worksteal

lint: $(READY)   ## style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(PEERS)  ## measure: kernels on fixed work, public instances, whole days, other solvers
	$(BIN)/pts-optimiser warm
	$(BIN)/pytest benchmarks --benchmark-only --benchmark-disable-gc
	$(BIN)/python -m benchmarks.instances --seeds 1 2 3 4 5 --jobs 2
	$(BIN)/python -m benchmarks.days
	$(BIN)/python -m benchmarks.timing
	$(BIN)/python -m benchmarks.roads --nodes 500000 1000000 --check 1000
	$(BIN)/python -m benchmarks.region
	$(BIN)/python -m benchmarks.extract
	$(BIN)/python -m benchmarks.calibration
	$(BIN)/python -m benchmarks.late_risk
	$(BIN)/python -m benchmarks.reoptimise
	$(BIN)/python -m benchmarks.simulation
	$(BIN)/python -m benchmarks.service_day
	$(BIN)/python -m benchmarks.service_load
	$(BIN)/python -m benchmarks.peers --days weekday stress --seeds 1 2 3 --same-journeys
	$(BIN)/python -m benchmarks.peers --instances 'a*' 'b*' 'pr*' --seconds 10 --cores 1 --csv out/bench/public.csv
	$(BIN)/python -m benchmarks.peers --days weekday --quality-over-time --csv out/bench/over_time.csv

soak: $(TRUST)   ## attack everything for about an hour, in parts that go on where they were; writes docs/reliability.md
	$(BIN)/pts-optimiser warm
	$(BIN)/python -m benchmarks.soak --minutes 60 --report docs/reliability.md

mutants: $(TRUST)  ## change the referee in every way that a test should notice
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

audit: $(TRUST)  ## what the service is made of, and what is known against it
	$(BIN)/python deploy/audit.py --out out/audit

serve: $(READY)  ## the API, its page and a worker on http://127.0.0.1:8000
	@$(MAKE) --no-print-directory page || echo 'Serving without the page: the API answers all the same.'
	$(BIN)/pts-optimiser serve

study-small: $(READY)  ## a week with and without distancing: tables, pictures, report
	$(BIN)/pts-optimiser warm  # once, before two processes would compile the same kernels
	$(BIN)/pts-optimiser study small --out out/study-small

page: $(PAGE)    ## fetch the page's scripts with npm

$(PAGE): page/package.json page/package-lock.json page/vendor.mjs
	@command -v npm >/dev/null || { echo 'npm is not here: install Node.js with npm, then run make page.'; exit 1; }
	cd page && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent vendor

clean:           ## remove what make made
	rm -rf $(VENV) api/static/vendor page/node_modules out build dist *.egg-info
