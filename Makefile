# One virtual environment for everything; it is made on first use and renewed when the
# dependencies change.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
OUT := out
STORE := $(OUT)/demo-store

# What one process compiles, the hundreds that the tests start need not.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint bench lock docs clean

demo: $(READY)
	@mkdir -p $(OUT)
	$(BIN)/kg ingest data/articles --store $(STORE)
	@echo
	$(BIN)/kg ask "Which labs does Microsoft back?" --store $(STORE)
	@echo
	$(BIN)/kg export -o $(OUT)/ai-industry.gexf --store $(STORE)
	@echo "Open $(OUT)/ai-industry.gexf in Gephi, or ask on: $(BIN)/kg ask \"Who invests in Mistral AI?\" --store $(STORE)"

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not interop and not benchmark"

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# All ratios that the project promises, into docs/benchmarks.md; some: make bench BENCH="-k bulk"
bench: $(READY)
	$(BIN)/python -m tests.benchmarks $(BENCH)

# The ontology's reference as one page, with the files it describes.
docs: $(READY)
	$(BIN)/python -m kg.ontology_docs $(OUT)/ontology

# Pin versions and hashes of everything that is installed, for every supported Python. Spark is
# half a gigabyte and wants an older pandas: it has pins of its own, for those who use it.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet
EXTRAS = $(shell $(PYTHON) -c 'import tomllib; \
	  extras = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]; \
	  print(*("--extra " + e for e in extras if e != "spark"))')

lock: $(READY)
	$(COMPILE) $(EXTRAS) --output-file constraints.txt
	$(COMPILE) --extra spark --extra analysis --output-file tests/spark/constraints.txt

clean:
	rm -rf $(VENV) $(OUT) build dist

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q kg
	@touch $@
