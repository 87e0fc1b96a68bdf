# make report | make judges | make test | make test-long | make fuzz | make lint | make texts | make bench | make clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
BUILD := build

.PHONY: help report judges test test-long lint texts catalogue fuzz bench clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(STAMP): pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable .
	@touch $@

texts: $(STAMP) ## compile the message catalogues
	@$(BIN)/python hatch_build.py >/dev/null

catalogue: $(STAMP) ## bring the message ids of the code into the catalogue
	@mkdir -p $(BUILD)
	$(BIN)/pybabel -q extract --keywords mark --no-location --sort-output --output-file $(BUILD)/cchc.pot src/cchc
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width 120 --domain cchc --input-file $(BUILD)/cchc.pot --output-dir src/cchc/texts/locale

report: $(STAMP) texts ## the report of 2023Q2 as HTML, Markdown, Word and Excel under build/
	@mkdir -p $(BUILD)
	@$(BIN)/cchc report 2023Q2 -o $(BUILD)/bao-cao-2023Q2-gia-dinh.html
	@$(BIN)/cchc report 2023Q2 -o $(BUILD)/bao-cao-2023Q2-gia-dinh.md
	@$(BIN)/cchc report 2023Q2 -o $(BUILD)/bao-cao-2023Q2-gia-dinh.docx
	@$(BIN)/cchc report 2023Q2 -o $(BUILD)/bao-cao-2023Q2-gia-dinh.xlsx

lint: $(STAMP) texts ## ruff, mypy, the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

judges: ## axe-core and the HTML checker for the tests, into build/ (needs npm)
	@mkdir -p $(BUILD)/judges
	npm install --silent --no-audit --no-fund --fetch-retries 1 --prefix $(BUILD)/judges axe-core html-validate

test: lint ## everything that CI runs
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

test-long: $(STAMP) texts ## the same tests with many more examples
	CCHC_LONG=1 $(BIN)/python -m pytest -n 2

FUZZ_SECONDS ?= 300
FUZZ := build/fuzz

fuzz: ## look for input that breaks the loader, for FUZZ_SECONDS
	$(PYTHON) -m venv $(FUZZ)/venv
	$(FUZZ)/venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(FUZZ)/venv/bin/python -m pip install --quiet --disable-pip-version-check --group fuzz
	PYTHONPATH=src:fuzz $(FUZZ)/venv/bin/python fuzz/seeds.py $(FUZZ)/corpus
	PYTHONPATH=src:fuzz $(FUZZ)/venv/bin/python fuzz/fuzz_load.py -max_total_time=$(FUZZ_SECONDS) -max_len=4096 \
	  -dict=fuzz/yaml.dict -artifact_prefix=$(FUZZ)/found- $(FUZZ)/corpus

bench: $(STAMP) texts ## ratios against the floor of our own stack and against beancount
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) $(BUILD) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
