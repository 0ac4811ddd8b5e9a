# make demo: compare the shipped example.  make test: everything CI runs.  Both create the environment if needed.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= ../shared
READY := $(VENV)/.ready

export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.DEFAULT_GOAL := help
.PHONY: help demo test lint check gate bench docs format clean

help:
	@echo "make demo    compare the articles of data/demo and write reports/demo.html"
	@echo "make test    lint, types, tests and the quality gate: what CI runs"
	@echo "make gate    the pinned quality floors (DATA=folder of the development sets, default ../shared)"
	@echo "make bench   timings, as ratios in one run (benchmarks/)"
	@echo "make docs    write docs/cli.md from the commands themselves"
	@echo "make format  let ruff rewrite the code"

# torch comes first and pinned: without that, its newest build brings gigabytes of CUDA
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet torch==2.13.0
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,train,review]'
	touch $@

demo: $(READY)
	$(BIN)/claimcheck compare data/demo --out reports/demo.html
	@echo "Open reports/demo.html in a browser."

test: lint check gate

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: $(READY)
	$(BIN)/python -m pytest

gate: $(READY)
	$(BIN)/python -m claimcheck.evaluation.gate --data $(DATA)

bench: $(READY)
	$(BIN)/python -m benchmarks.run

docs: $(READY)
	$(BIN)/python -m claimcheck.reference > docs/cli.md

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
