# What everybody needs is here; `make` alone lists it. The work itself is done by ops/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SILENT:
BIN := .venv/bin
PORT ?= 8000
HOST ?= 127.0.0.1
DATA = $(or $(OPORA_DATA),../shared/data)

.PHONY: help
help: ## List what can be made
	echo "make demo    is how to see it; make test    is how to check it."
	echo
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- using it ---------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: environment ## The demo company at 127.0.0.1:8000 (PORT=8001; CORPUS=file.jsonl.gz or a folder to import)
	exec $(BIN)/python -m ops.demo --host "$(HOST)" --port "$(PORT)" --corpus "$(CORPUS)"

.PHONY: environment
environment: ## The virtual environment with the pinned packages
	python=$$(ops/python) && exec "$$python" -m ops.environment demo

# --- working on it ----------------------------------------------------------------------------------------------------

.PHONY: dev
dev: ## The virtual environment with everything tests and checks need
	python=$$(ops/python) && "$$python" -m ops.environment dev
	$(BIN)/python -m ops.catalogue compile

.PHONY: test
test: services dev ## Every test on both databases and in a browser (REQUIRE=1: a skipped one is a failure)
	exec $(BIN)/python -m ops.run_tests $(if $(filter-out 0,$(REQUIRE)),--require)

.PHONY: test-fast
test-fast: dev ## The everyday loop: SQLite, no browser, no servers (ARGS="tests/kb -x")
	exec $(BIN)/python -m ops.run_tests sqlite -- $(ARGS)

.PHONY: check
check: dev ## Lint, types, import contracts, migrations, templates, catalogues; under a minute
	exec $(BIN)/python -m ops.check

.PHONY: format
format: dev ## Put the code into its standard form
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

.PHONY: services
services: ## PostgreSQL, Redis, search server, Chromium, Node: install (as root on Debian) and start them on loopback
	exec ops/services

.PHONY: services-stop
services-stop: ## Stop what `make services` started
	exec ops/services stop

.PHONY: messages
messages: dev ## Bring the catalogue of translations in line with code and templates
	$(BIN)/python -m ops.catalogue update
	$(BIN)/python -m ops.catalogue compile

.PHONY: bench
bench: dev ## Queries and milliseconds of the pages of every day, into docs/performance.md (ROUNDS=30)
	exec $(BIN)/python -m ops.bench --rounds $(or $(ROUNDS),30)

.PHONY: bench-search
bench-search: dev ## Search beside Wagtail's own, into docs/performance.md (CORPUS=… QUERIES=… ARTICLES=100000 POSTGRES=1)
	exec $(BIN)/python -m ops.bench_search --corpus "$(or $(CORPUS),$(DATA)/corpus/articles.jsonl.gz)" \
		--queries "$(or $(QUERIES),$(DATA)/corpus/queries.dev.jsonl)" --articles $(or $(ARTICLES),0) \
		$(if $(POSTGRES),--postgres)

.PHONY: bench-engine
bench-engine: dev ## The engine among many copies of this site's articles, into docs/performance.md (QUERIES=… ARTICLES=100000)
	exec $(BIN)/python -m ops.bench_engine --queries "$(or $(QUERIES),$(DATA)/corpus/queries.dev.jsonl)" \
		--articles $(or $(ARTICLES),100000)

.PHONY: load
load: services dev ## A thousand people begin a test within a minute on PostgreSQL, into docs/performance.md (PEOPLE=1000)
	. var/services.env && exec $(BIN)/python -m ops.load --people $(or $(PEOPLE),1000)

.PHONY: faults
faults: services dev ## Processes killed at twelve named points of a start, an answer, a hand-in, a re-scoring, a signature, a publication; both databases
	exec $(BIN)/python -m ops.run_tests sqlite postgres -- tests/faults

.PHONY: screenshot
screenshot: dev ## The picture in the README, from a demo company of its own
	exec $(BIN)/python -m ops.screenshot

.PHONY: lock
lock: dev ## Pin the newest packages that pyproject.toml allows
	exec $(BIN)/python -m ops.lock

.PHONY: clean
clean: ## Forget the virtual environment and caches; data in var/ stays
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
