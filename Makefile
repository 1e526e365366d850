# Every target sets up what it needs by itself, once, in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := $(VENV)/peers
LEAN := $(VENV)/lean
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' --no-emit-index-url --no-emit-find-links

.PHONY: demo run test check bench chaos lock

# How much of what: make chaos CHAOS_KILLS=100
CHAOS_KILLS ?= 1000
CHAOS_CANCELS ?= 10000
CHAOS_FLIGHTS ?= 10000
CHAOS_MUTATIONS ?= 50000
CHAOS_EXAMPLES ?= 2000

demo: $(VENV)/.runtime  ## the bot in a browser, with the Istanbul ledger; no account needed
	@$(BIN)/python -m sandbox

run: $(VENV)/.runtime  ## the bot on Telegram; without a token it says how to get one
	@$(BIN)/python -m bot run

# Compiled modules are kept, whatever the environment says: every worker and every bot reads them.
test: $(VENV)/.development  ## all tests
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(VENV)/.development  ## format, lint, types, imports
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.runtime $(PEERS)/.made $(LEAN)/.made  ## what this machine does beside others; QUICK=1 for a short look
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

chaos: $(VENV)/.development  ## the bot killed, starved, cut off and lied to; the faults planted for that
	@kept=true; \
	for part in drills planted \
		'kills --count $(CHAOS_KILLS)' \
		'cancels --count $(CHAOS_CANCELS)' \
		'flights --count $(CHAOS_FLIGHTS)' \
		'mutations --count $(CHAOS_MUTATIONS)'; \
	do $(BIN)/python -m tests.chaos $$part || kept=false; done; \
	CHAOS_EXAMPLES=$(CHAOS_EXAMPLES) $(BIN)/python -m pytest tests/chaos/test_machine.py || kept=false; \
	$$kept

lock: $(VENV)/.development  ## newer versions of everything, with hashes
	$(LOCK) --upgrade pyproject.toml -o requirements.lock
	$(LOCK) --upgrade -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
	$(LOCK) --upgrade --group peers -o benchmarks/requirements.lock

# The stamps come last in their recipes: a setup that was interrupted is done again.

$(VENV)/.runtime: requirements.lock $(VENV)/.made
	@echo 'Setting up what the bot needs (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.made
	@echo 'Setting up what the tests need (once) ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(PEERS)/.made: benchmarks/requirements.lock $(VENV)/.made
	@echo 'Setting up what the bot is compared with (once) ...'
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(LEAN)/.made: requirements.lock $(VENV)/.made
	@echo 'Setting up the bot without its tools, as it is deployed (once) ...'
	@$(BIN)/python -m venv $(LEAN)
	@$(LEAN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'Homeward needs Python 3.11 or newer as $(PYTHON). Is it under another name? make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python lacks the venv module. On Debian and Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
