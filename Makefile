# `make run` and `make test` need Python 3.11 or newer, make and a C library; the rest they fetch.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# More workers than this only wait for the same MongoDB.
PYTEST_WORKERS ?= 2

CODE := server tenants workers tests bench
CONSOLE_SOURCES := $(shell find static -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)
CONSOLE := static/dist/.built

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_update_notifier := false

.PHONY: run test check bench audit chaos mutants format clean
# Two installations at once would get in each other's way.
.NOTPARALLEL:
.DELETE_ON_ERROR:

run: $(VENV)/base.installed $(VENV)/embedded.installed $(CONSOLE)
	@exec $(BIN)/python -m server up

test: $(VENV)/base.installed $(VENV)/embedded.installed $(VENV)/dev.installed $(CONSOLE)
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		echo "Falta o Chromium: os testes de navegador vão falhar. No Debian ou Ubuntu: apt-get install chromium" >&2
	$(NPM) test
	$(BIN)/pytest -n $(PYTEST_WORKERS) $(PYTEST_ARGS)

check: $(VENV)/base.installed $(VENV)/dev.installed static/node_modules/.installed
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(NPM) run check

bench: $(VENV)/base.installed $(VENV)/embedded.installed $(VENV)/dev.installed $(CONSOLE)
	$(BIN)/python -m bench $(BENCH_ARGS)

# Known vulnerabilities of what we install. Fails too (exit code 3) when nothing could be looked up.
audit: $(VENV)/base.installed $(VENV)/dev.installed static/node_modules/.installed
	PATH="$$($(NODE_PATH)):$$PATH" $(BIN)/python -m tests.audit

# 1,000 faults and 20,000 messages against every process and store: some 20 minutes.
chaos: $(VENV)/base.installed $(VENV)/embedded.installed $(VENV)/dev.installed
	$(BIN)/python -m bench.chaos $(CHAOS_ARGS)

# The code broken on purpose, one place at a time: each time a test must notice.
mutants: $(VENV)/base.installed $(VENV)/embedded.installed $(VENV)/dev.installed
	$(BIN)/python -m tests.mutants $(MUTANTS_ARGS)

format: $(VENV)/dev.installed static/node_modules/.installed
	$(BIN)/ruff check --fix-only --quiet $(CODE)
	$(BIN)/ruff format $(CODE)
	$(NPM) run format

# Data (.data) stays: it is the user's.
clean:
	rm -rf $(VENV) static/node_modules static/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "É preciso o Python 3.11 ou mais novo. Para escolher outro: make PYTHON=python3.12 run" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Falta o venv deste Python. No Debian ou Ubuntu: apt-get install python3-venv" >&2; exit 1; }

# The dependencies alone, as lists: the code runs from here, and editing the rest of pyproject.toml installs nothing.
LIST := import sys, tomllib; p = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
	print(*{"base": p["dependencies"], **p["optional-dependencies"]}[sys.argv[1]], sep="\n")
# Where there are no wheels of the stores, other ways to have them may be there; the start tells when there is none.
OPTIONAL := embedded

$(VENV)/%.installed: pyproject.toml | $(BIN)/python
	@$(BIN)/python -c '$(LIST)' $* > $@.new
	@cmp -s $@ $@.new || { echo "Instalando as dependências ($*)…"; $(BIN)/pip install --quiet --requirement $@.new; } \
		|| { rm $@.new; test $* = $(OPTIONAL); }
	@test ! -e $@.new || mv $@.new $@

# Node 20.19 or newer from the PATH, else the one of the wheel.
NPM = PATH="$$($(NODE_PATH)):$$PATH" npm --prefix static --no-audit --no-fund
NODE_PATH = command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); if (a < 20 || (a == 20 && b < 19)) process.exit(1); \
	console.log(path.dirname(process.execPath))' 2>/dev/null || \
	{ $(MAKE) --silent $(VENV)/node.installed >&2 && echo "$(CURDIR)/$(BIN)"; }

static/node_modules/.installed: static/package.json static/package-lock.json | $(BIN)/python
	@echo "Instalando as dependências da interface…"
	@$(NPM) ci --loglevel=error
	@touch $@

$(CONSOLE): $(CONSOLE_SOURCES) | static/node_modules/.installed
	@echo "Montando a interface…"
	@said=$$($(NPM) run build 2>&1) || { echo "$$said" >&2; exit 1; }
	@touch $@
