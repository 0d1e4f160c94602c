# Peerkeeper: every door into the project. `make help` lists them.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/dev/bin
# Programs that tests start, each in an environment of its own: the same for every Python that the tests run on.
PROGRAMS ?= $(VENV)
TOOLS   = $(PROGRAMS)/sam/.ready $(PROGRAMS)/aws/.ready
export SAM = $(abspath $(PROGRAMS)/sam/bin/sam)
export AWS = $(abspath $(PROGRAMS)/aws/bin/aws)
export PYTHONPATH = .:layers/peerkeeper
# The engine of `make deployed`: ministack, or localstack. Functions run in its Python: that of their runtime, where there is one.
ENGINE ?= ministack
PYTHON_OF_ministack = $(RUNTIME)
PYTHON_OF_localstack = $(RUNTIME)
RUNTIME = $(shell for each in python3.13 $(HOME)/.pyenv/versions/3.13.*/bin/python3.13 $(PYTHON); do \
  "$$each" -c '' 2>/dev/null && echo "$$each" && break; done)
# `sam build` compiles the layer's modules where a python3.13 is on PATH.
COMPILED = $(if $(findstring /,$(RUNTIME)),PATH="$(dir $(RUNTIME)):$$PATH")
# Knobs of the slow tests: make test SCHEDULES=100 FUZZED=100
export SCHEDULES FUZZED PYTEST_ARGS

.DEFAULT_GOAL := help
.PHONY: help demo quick test again proof lint types unit coverage pip-install package version release-check check deployed terraform browser docs bench soak load replay mutants small-worlds sam-local fmt fidelity samples commands parameters pictures pins clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
	@echo
	@echo 'Knobs: SCHEDULES=n schedules of the simulator, FUZZED=n messages, PYTEST_ARGS="-k word", PYTHON=python3.13, VENV=folder'

demo: $(VENV)/demo/.ready  ## set up what the demo needs, then play the story on a local cloud
	@$(VENV)/demo/bin/python -m peerkeeper_local demo

quick: $(VENV)/dev/.ready  ## while you work: style, floors, types, unit tests; under half a minute
	@$(BIN)/python tiers.py quick

test: $(VENV)/dev/.ready $(TOOLS)  ## before you commit: all that `quick` runs, and every test but the long proofs; a quarter of an hour
	@$(BIN)/python tiers.py test

again: $(VENV)/dev/.ready $(TOOLS)  ## what of `test` another Python may change: make again PYTHON=python3.13 VENV=.venv-3.13
	@$(BIN)/python tiers.py again

proof: $(VENV)/dev/.ready $(TOOLS)  ## the long proofs: 10,000 schedules, every crash, seeded bugs, 10,000 messages
	@$(BIN)/python tiers.py proof

lint: $(VENV)/dev/.ready  ## style and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/dev/.ready  ## mypy --strict on all that is no test
	$(BIN)/mypy

unit: $(VENV)/dev/.ready  ## unit tests alone
	$(BIN)/python -m pytest tests/unit $(PYTEST_ARGS)

sam-local: $(VENV)/dev/.ready $(PROGRAMS)/sam/.ready  ## every sample event in a container; needs an engine such as Docker
	$(COMPILED) $(SAM) build --template template.yaml --build-dir build/local/sam
	SAM_BUILT="$(abspath build/local/sam/template.yaml)" $(BIN)/python -m pytest tests/sam_local --dist load $(if $(EVENTS),-k "$(EVENTS)") $(PYTEST_ARGS)

bench: $(VENV)/dev/.ready $(PROGRAMS)/custodian/.ready  ## one table: cost, next to others and the floor; make bench ROWS="plan sweep-small" ROUNDS=1
	@CUSTODIAN="$(abspath $(PROGRAMS)/custodian/bin/custodian)" $(BIN)/python -m benchmarks $(ROWS) $(if $(ROUNDS),--rounds $(ROUNDS)) \
	  $(if $(JSON),--json) $(if $(WRITE),--write)

coverage: $(VENV)/dev/.ready  ## unit tests; they run every branch of what decides about a write
	$(BIN)/python -m pytest tests/unit --cov

pip-install: requirements/demo.txt  ## `pip install .` into an empty environment, and the command that it brings
	@$(PYTHON) requirements/pip_install.py $(VENV)/pip-install

package: $(VENV)/dev/.ready $(PROGRAMS)/sam/.ready  ## templates and code to upload: make package BUCKET=my-bucket
	@mkdir -p build/packed
	@$(COMPILED) $(SAM) build --template template.yaml --build-dir build/packed/sam >build/packed/sam.log 2>&1 || { cat build/packed/sam.log; exit 1; }
	@$(BIN)/python -m release.package build/packed/sam/template.yaml build/package --bucket "$(BUCKET)" --prefix "$(PREFIX)" \
	  --author "$(AUTHOR)" --home "$(HOME_URL)" --source "$(SOURCE_URL)"

version: $(VENV)/dev/.ready  ## the version; make version NEW=0.2.0 gives another
	@$(BIN)/python -m release.version $(NEW)

release-check: $(VENV)/dev/.ready $(PROGRAMS)/sam/.ready  ## whether this commit can be released; wheel, sdist and notes in build/release
	@$(COMPILED) $(BIN)/python -m release.check build/release

check: $(VENV)/checkers/.ready  ## what general checkers say of the templates' rights, without the network
	$(VENV)/checkers/bin/python -m checks

deployed: $(VENV)/dev/.ready $(TOOLS) $(VENV)/$(ENGINE)/.ready  ## the templates deployed on an AWS engine not ours; three minutes
	@mkdir -p build/deployed
	@$(COMPILED) $(SAM) build --template template.yaml --build-dir build/deployed/sam >build/deployed/sam.log 2>&1 || { cat build/deployed/sam.log; exit 1; }
	@ENGINE=$(ENGINE) ENGINE_PYTHON="$(abspath $(VENV)/$(ENGINE)/bin/python)" SAM_BUILT="$(abspath build/deployed/sam/template.yaml)" \
	  $(BIN)/python -m pytest tests/deployed -n 0 $(PYTEST_ARGS)

terraform: $(VENV)/dev/.ready  ## Terraform beside Peerkeeper on the local cloud; needs terraform and its AWS provider in a folder
	@TERRAFORM=1 $(BIN)/python -m pytest tests/terraform -n 0 $(PYTEST_ARGS)

# Not --quiet: MkDocs counts only the warnings that it prints, so a quiet build is not strict.
docs: $(VENV)/docs/.ready  ## the site of docs/, into build/site; broken links are errors, and nothing is fetched
	@NO_MKDOCS_2_WARNING=1 $(VENV)/docs/bin/mkdocs build --strict
	@echo "build/site/index.html is ready; python3 -m http.server -d build/site shows it"

browser: docs $(VENV)/browser/.ready  ## the page of `peerkeeper map`, and the site, in a real browser; needs a Chromium on the machine
	@BROWSER=1 $(VENV)/browser/bin/python -m pytest tests/browser -n 0 $(PYTEST_ARGS)

soak: $(VENV)/dev/.ready  ## for hours, on all cores: make soak SCHEDULES=1000000 (the default)
	$(BIN)/python -m simulator soak $(or $(SCHEDULES),1000000)

load: $(VENV)/dev/.ready  ## a day of 100 accounts in 17 Regions: ages of messages, cost: make load LOAD="--hours 2 --down us-east-1"
	$(BIN)/python -m simulator load $(LOAD)

replay: $(VENV)/dev/.ready  ## one schedule of the simulator with its trace: make replay SEED=n
	$(BIN)/python -m simulator replay $(SEED)

mutants: $(VENV)/dev/.ready  ## the bugs that the simulator must find, and in how many schedules it does
	$(BIN)/python -m simulator mutants

small-worlds: $(VENV)/dev/.ready  ## every state of worlds that are small enough: make small-worlds STATES=300000
	PYTHONHASHSEED=0 $(BIN)/python -m simulator small --states $(or $(STATES),60000)

fmt: $(VENV)/dev/.ready  ## put the code in its house form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fidelity: $(VENV)/dev/.ready  ## renew the rows of docs/contribute/fidelity.md from tests/contract/fidelity
	$(BIN)/python -m tests.contract.fidelity.page

samples: $(VENV)/dev/.ready  ## record the messages and tags of this version, for later versions to read
	@$(BIN)/python -m tests.contract.released.record

commands: $(VENV)/dev/.ready  ## renew docs/reference/commands.md from the help of the commands
	@$(BIN)/python -m tests.contract.commands.page

parameters: $(VENV)/dev/.ready  ## renew docs/reference/parameters.md from the two templates
	@$(BIN)/python -m tests.contract.parameters.page

pictures: $(VENV)/dev/.ready  ## renew docs/pictures from the local cloud; the map needs a Chromium on the machine
	@$(BIN)/python -m tests.contract.pictures.before_after
	@$(BIN)/python -m tests.contract.pictures.demo_recording
	@$(BIN)/python -m tests.contract.pictures.first_look
	@$(BIN)/python -m tests.contract.pictures.hops

pins: $(VENV)/dev/.ready  ## renew requirements/*.txt from requirements/*.in
	$(BIN)/python -m pip install -q uv
	cd requirements && for set in demo dev sam aws checkers custodian ministack browser docs; do \
	  $(abspath $(BIN))/uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --no-header $$set.in -o $$set.txt; done
	# Not for every Python: what it needs contradicts itself from 3.14 on.
	cd requirements && $(abspath $(BIN))/uv pip compile -q --python-version 3.11 --no-emit-index-url --no-header localstack.in -o localstack.txt

# Each set of requirements in an environment of its own, made anew when its pins change.
$(VENV)/%/.ready: requirements/%.txt
	@$(or $(PYTHON_OF_$*),$(PYTHON)) requirements/install.py $* $(VENV)/$*
	@touch $@

ifneq ($(PROGRAMS),$(VENV))
$(PROGRAMS)/%/.ready: requirements/%.txt
	@$(PYTHON) requirements/install.py $* $(PROGRAMS)/$*
	@touch $@
endif

clean:  ## remove environments and build output
	rm -rf $(VENV) .aws-sam build
