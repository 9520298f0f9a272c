# Two commands matter: `make run` and `make test`. Both need only Debian's python3 (3.11 or newer), pip and make.

UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
STORE := $(or $(CIVICSPACE_STORE),.civicspace)
export CIVICSPACE_STORE := $(abspath $(STORE))
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := true

.PHONY: run test setup setup-dev chromium lint types imports check bench screenshots

run: setup ## Set up, load the shipped data if nothing is published yet, serve on 127.0.0.1:8501
	@test -e "$(CIVICSPACE_STORE)/current" || test -d "$(CIVICSPACE_STORE)/inbox" || $(BIN)/civicspace demo
	@test -e "$(CIVICSPACE_STORE)/current" || $(BIN)/civicspace load || test $$? -eq 3
	@$(BIN)/civicspace serve

test: setup-dev chromium ## Set up, Chromium included, and run every test
	$(BIN)/pytest -n 2 --dist loadgroup --junitxml=.tests.xml

setup: $(UV) ## Install what running needs from the lock file into .venv/
	@$(UV) sync --quiet --locked --no-dev --inexact --python python3

setup-dev: $(UV)
	@$(UV) sync --quiet --locked --python python3

$(UV):
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools "uv==$(UV_VERSION)"

chromium:
	@sh .ci/install-chromium

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup-dev
	$(BIN)/mypy

imports: setup-dev
	$(BIN)/lint-imports

check: lint types imports

bench: setup-dev ## A load of 100,000 registrations beside scripts of pandas, Polars and DuckDB; see tests/bench/README.md
	$(BIN)/python -m tests.bench.etl_bench --rows 100000

screenshots: setup-dev chromium ## Take a picture of every page, size, theme and language into .screenshots/
	$(BIN)/python -m tests.e2e.screenshots .screenshots
