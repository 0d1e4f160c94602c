# Peerkeeper: every door into the project. `make help` lists them.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/dev/bin
SAM     = $(abspath $(VENV)/sam/bin/sam)
AWS     = $(abspath $(VENV)/aws/bin/aws)
export PYTHONPATH = .:layers/peerkeeper

.DEFAULT_GOAL := help
.PHONY: help demo test lint types unit coverage rest check bench soak replay mutants sam-local fmt fidelity pins clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(VENV)/demo/.ready  ## set up what the demo needs, then play the story on a local cloud
	@$(VENV)/demo/bin/python -m peerkeeper_local demo

test: $(VENV)/dev/.ready $(VENV)/sam/.ready $(VENV)/aws/.ready lint types coverage rest  ## set up; lint, types, all tests, coverage of what decides

lint: $(VENV)/dev/.ready  ## style and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/dev/.ready  ## mypy --strict on the layer, the functions and the peerkeeper_local
	$(BIN)/mypy

unit: $(VENV)/dev/.ready $(VENV)/sam/.ready $(VENV)/aws/.ready  ## all tests
	SAM="$(SAM)" AWS="$(AWS)" $(BIN)/python -m pytest $(PYTEST_ARGS)

sam-local: $(VENV)/dev/.ready $(VENV)/sam/.ready  ## every sample event in a container; needs an engine such as Docker
	$(SAM) build --template template.yaml --build-dir build/sam
	SAM="$(SAM)" SAM_BUILT="$(abspath build/sam/template.yaml)" $(BIN)/python -m pytest tests/sam_local $(PYTEST_ARGS)

bench: $(VENV)/dev/.ready  ## what it costs, as ratios to references measured in the same run
	@for page in $$(grep -l __main__ benchmarks/*.py); do \
	  $(BIN)/python -m benchmarks.$$(basename $$page .py) || exit 1; echo; done

coverage: $(VENV)/dev/.ready  ## unit and property tests; they run every branch of the rules, plan, guard and brake
	$(BIN)/python -m pytest tests/unit tests/properties --cov

rest: $(VENV)/dev/.ready $(VENV)/sam/.ready $(VENV)/aws/.ready  ## the tests that `coverage` does not run
	SAM="$(SAM)" AWS="$(AWS)" $(BIN)/python -m pytest --ignore tests/unit --ignore tests/properties

check: $(VENV)/checkers/.ready  ## what general checkers say of the templates' rights, without the network
	$(VENV)/checkers/bin/python -m checks

SCHEDULES ?= 1000000
soak: $(VENV)/dev/.ready  ## the fault simulator for long, on all cores: make soak SCHEDULES=1000000
	$(BIN)/python -m simulator soak $(SCHEDULES)

replay: $(VENV)/dev/.ready  ## one schedule of the simulator with its trace: make replay SEED=n
	$(BIN)/python -m simulator replay $(SEED)

mutants: $(VENV)/dev/.ready  ## the bugs that the simulator must find, and in how many schedules it does
	$(BIN)/python -m simulator mutants

fmt: $(VENV)/dev/.ready  ## put the code in its house form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fidelity: $(VENV)/dev/.ready  ## renew docs/fidelity.md from the rows of tests/contract/fidelity
	$(BIN)/python -m tests.contract.fidelity.page

pins: $(VENV)/dev/.ready  ## renew requirements/*.txt from requirements/*.in
	$(BIN)/python -m pip install -q uv
	cd requirements && for set in demo dev sam aws checkers; do \
	  $(abspath $(BIN))/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header $$set.in -o $$set.txt; done

# Each set of requirements in an environment of its own, made anew when its pins change.
$(VENV)/%/.ready: requirements/%.txt
	@$(PYTHON) requirements/install.py $* $(VENV)/$*
	@touch $@

clean:  ## remove environments and build output
	rm -rf $(VENV) .aws-sam build
