# Everything works on a machine with python3 (3.11 or newer), pip and make; the environment is .venv/.
#   make run    the site, as it is served for real          make test   every test, with what they need
#   make dev    the site with autoreload and DEBUG          make lint   style, types, floors of the house, templates
#   make bench  what pages cost, beside nginx, Django's own cache and a usual site (needs wrk and nginx); BENCH="--help"
#   make lock   writes the lock files anew from pyproject.toml
#   make messages   writes the catalogue of all strings that can be translated anew (needs gettext)

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SOURCES := $(wildcard memorial/locale/*/LC_MESSAGES/*.po)
CATALOGUES := $(SOURCES:.po=.mo)

export PORT ?= 8000
export HOST ?= 127.0.0.1
export DJANGO_SETTINGS_MODULE := config.settings
# Where Python may not keep what it has compiled, as in many images, each process compiles five hundred files anew.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: run dev test lint bench lock messages port

run: port $(VENV)/.installed $(CATALOGUES)
	@$(PY) manage.py set_up
	@exec $(PY) -m gunicorn --config config/gunicorn.py

dev: export DEBUG := true
dev: export LOG_FORMAT := plain
dev: export LOG_REQUESTS := true
dev: port $(VENV)/.installed $(CATALOGUES)
	@$(PY) manage.py set_up
	@exec $(PY) -m gunicorn --config config/gunicorn.py

# Both runs are made even when the first fails; the last line is pytest's own. What a browser shows of a page does not
# depend on the database, nor do the words of a text, who may do what, how many questions a page asks, what a program
# may send, how a server starts, and what is marked so; the journeys start servers on both. The longest files come first
# (tests/conftest.py). Three at a time on two processors: journeys wait for much of their time.
test: $(VENV)/.installed-dev $(CATALOGUES)
	@sh .ci/packages
	@status=0; \
	echo "== On PostgreSQL =="; \
	TEST_DATABASE=postgresql $(PY) -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder \
		-m "not same_on_any_database" --ignore=tests/house --ignore=tests/journeys \
		--ignore=tests/text --ignore=tests/desk/test_matrix.py --ignore=tests/desk/test_deeds.py \
		--ignore=tests/ops/test_environment.py --ignore=tests/ops/test_server.py --ignore=tests/ops/test_development.py \
		--ignore=tests/ops/test_nginx_configuration.py --ignore=tests/api/test_schemathesis.py \
		--ignore-glob='*_in_browser.py' --ignore-glob='*/test_weight.py' || status=1; \
	echo "== On SQLite, with the journeys, the pages in a browser and the rules of the house =="; \
	$(PY) -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder || status=1; \
	exit $$status

# The types of translated columns depend on the languages: the same ones as in the tests, and nobody's own data.
lint: export SITE_LANGUAGES := az,en,ru,tr,fa
lint: export MEMORIAL_DATA_DIR := $(CURDIR)/.mypy_cache/data
lint: $(VENV)/.installed-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint --lint --quiet memorial templates

# Ends with an error when an answer was none, or an old one; a slow machine is no error.
bench: $(VENV)/.installed-dev $(CATALOGUES)
	@$(PY) -m tests.benchmarks $(BENCH)

LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/.installed-dev
	$(VENV)/bin/$(LOCK) --output-file requirements.lock
	$(VENV)/bin/$(LOCK) --group dev --output-file requirements-dev.lock

# No database is asked: the strings are the same in all of them.
messages: export SITE_LANGUAGES := en
messages: export MEMORIAL_DATA_DIR := $(CURDIR)/.mypy_cache/data
messages: $(VENV)/.installed
	@command -v xgettext >/dev/null || { echo "gettext is needed: on Debian, apt install gettext." >&2; exit 1; }
	@$(PY) manage.py collect_messages

# Before anything else, with the system's Python: is the port free?
port:
	@$(PYTHON) config/port.py

%.mo: %.po | $(VENV)/.installed
	@$(VENV)/bin/pybabel --quiet compile --input-file $< --output-file $@

# The environment is made without pip inside (Debian's python3 may lack ensurepip): the system's pip installs into it.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; PYTHON=... names another.")'
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "pip is needed for $(PYTHON): on Debian, apt install python3-pip." >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv --without-pip $(VENV)

# uv, itself taken from the lock with its hashes, installs four times as fast; pip does where uv cannot.
define install
	@echo "Installing $(1) ..."
	@sed -n '/^uv==/,/# via/p' requirements-dev.lock > $(VENV)/uv.lock
	@$(PYTHON) -m pip --quiet --python $(PY) install --disable-pip-version-check --require-hashes -r $(VENV)/uv.lock || true
	@{ [ -x $(VENV)/bin/uv ] && $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r $(1); } \
	|| $(PYTHON) -m pip --quiet --python $(PY) install --disable-pip-version-check --require-hashes -r $(1)
	@touch $@
endef

$(VENV)/.installed: requirements.lock | $(PY)
	$(call install,requirements.lock)

$(VENV)/.installed-dev: requirements-dev.lock | $(PY)
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.installed
