"""The environment: every wrong value is named at once, in words, before anything starts."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks.registry import registry

from memorial.ops.management.commands import set_up

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, **values: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own with ``values`` added to the environment."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_URL": "",
        "DATABASE_URL": f"sqlite:///{os.environ['MEMORIAL_DATA_DIR']}/elsewhere.sqlite3",
        **values,
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def setting(name: str, **values: str) -> str:
    """Return the ``repr`` of one setting, as a process with ``values`` sees it."""
    answer = run("-c", f"from django.conf import settings; print(repr(settings.{name}))", **values)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


@pytest.mark.parametrize(
    "command",
    [("manage.py", "check"), ("-m", "gunicorn", "--config", "config/gunicorn.py", "--check-config")],
    ids=["command", "server"],
)
def test_all_wrong_values_are_named_together_without_a_traceback(command: tuple[str, ...]) -> None:
    answer = run(*command, PORT="0", SITE_URL="archive", DEBUG="maybe", DATABASE_URL="mysql://x/y", LOG_FORMAT="xml")
    assert answer.returncode != 0
    for name in ("PORT", "SITE_URL", "DEBUG", "DATABASE_URL", "LOG_FORMAT"):
        assert f"  {name}: " in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("wrong", ["https://a.example/path", "https://", "ftp://a.example", "https://u:p@a.example"])
def test_a_site_address_is_a_scheme_and_a_host(wrong: str) -> None:
    answer = run("manage.py", "check", SITE_URL=wrong)
    assert answer.returncode != 0
    assert "SITE_URL: " in answer.stderr


def test_without_a_site_address_the_site_is_local_on_its_port() -> None:
    assert setting("SITE_URL", PORT="8123") == "'http://127.0.0.1:8123'"
    assert "localhost" in setting("ALLOWED_HOSTS")


def test_only_the_hosts_named_are_answered() -> None:
    assert setting("ALLOWED_HOSTS", SITE_URL="https://archive.example:8443/") == "['archive.example']"
    assert setting("ALLOWED_HOSTS", SITE_URL="http://[::1]:8000", ALLOWED_HOSTS="a.example") == "['[::1]', 'a.example']"


def test_https_makes_cookies_secure_and_promises_https() -> None:
    assert setting("SESSION_COOKIE_SECURE", SITE_URL="https://archive.example") == "True"
    assert int(setting("SECURE_HSTS_SECONDS", SITE_URL="https://archive.example")) > 31536000
    assert setting("SESSION_COOKIE_SECURE") == "False"


def test_djangos_own_deployment_check_finds_nothing_to_say() -> None:
    answer = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", SITE_URL="https://archive.example")
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"SITE_URL": "http://archive.example"}, "ops.W001"),
        ({"SITE_URL": "https://archive.example", "DEBUG": "true"}, "ops.E001"),
        ({"ALLOWED_HOSTS": "*"}, "ops.E002"),
    ],
)
def test_what_an_operator_can_get_wrong_is_a_check_with_a_hint(values: dict[str, str], expected: str) -> None:
    answer = run("manage.py", "check", "--fail-level", "WARNING", **values)
    assert answer.returncode != 0
    assert expected in answer.stderr
    assert "HINT" in answer.stderr


def test_nothing_is_set_up_while_the_environment_is_wrong(tmp_path: Path) -> None:
    wrong = {"SITE_URL": "https://archive.example", "DEBUG": "true", "ALLOWED_HOSTS": "*"}
    database = tmp_path / "site.sqlite3"
    answer = run("manage.py", "set_up", DATABASE_URL=f"sqlite:///{database}", **wrong)
    assert answer.returncode != 0
    assert "ops.E001" in answer.stderr
    assert "ops.E002" in answer.stderr
    assert not database.exists()


def test_setting_up_asks_every_check_of_this_site() -> None:
    asked = set_up.Command().get_check_kwargs({})["tags"]
    own = {check for check in registry.get_checks() if check.__module__.startswith("memorial.")}
    assert len(own) >= 8
    assert all(set(asked) & set(check.tags) for check in own)


def test_a_local_site_has_nothing_to_be_warned_of() -> None:
    assert run("manage.py", "check", "--fail-level", "WARNING").returncode == 0


def test_a_secret_key_that_others_can_read_is_found(tmp_path: Path) -> None:
    key = tmp_path / "secret-key"
    key.write_text("k" * 60)
    key.chmod(0o644)
    answer = run("manage.py", "check", "--fail-level", "WARNING", MEMORIAL_DATA_DIR=str(tmp_path))
    assert "ops.W002" in answer.stderr


def test_a_log_line_stays_one_line_whatever_is_logged() -> None:
    script = (
        "import django, logging; django.setup();"
        "logging.getLogger('memorial').warning('a%sb', chr(13) + chr(10) + '{\"level\": \"forged\"}')"
    )
    answer = run("-c", script, LOG_FORMAT="json", LOG_LEVEL="INFO")
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "\\r\\n" in answer.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        "memcached://:hidden@cache/0",
        "redis://:hidden@/0",
        "redis://:hid/den@cache:6379/0",
        "redis://:hidden@cache:99999/0",
        "redis://:hidden@cache/first",
        "redis://:hidden@cache/0?ssl_cert_reqs=none",
        "redis://:hidden@[::1/0",
        "hidden",
    ],
)
def test_a_cache_that_cannot_be_asked_is_one_line_that_says_no_password(wrong: str) -> None:
    answer = run("manage.py", "check", CACHE_URL=wrong)
    assert answer.returncode != 0
    (line,) = [line for line in answer.stderr.splitlines() if line.startswith("  CACHE_URL: ")]
    assert "redis://:password@host:6379/0" in line
    assert "hid" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_without_an_address_each_process_keeps_its_own_cache() -> None:
    assert "LocMemCache" in setting("CACHES['default']", CACHE_URL="")


def test_the_cache_is_where_its_address_says_and_its_password_stands_apart() -> None:
    values = {"CACHE_URL": "rediss://site:p%2Fw%23@cache.example:6380/3", "SITE_URL": "https://archive.example:8443"}
    found = ast.literal_eval(setting("CACHES['default']", **values))
    assert found["LOCATION"] == "rediss://cache.example:6380/3"
    assert (found["OPTIONS"]["username"], found["OPTIONS"]["password"]) == ("site", "p/w#")
    assert found["KEY_PREFIX"] == "memorial-archive.example%3A8443"
    script = (
        "from django.conf import settings; from django.views.debug import SafeExceptionReporterFilter;"
        "print(SafeExceptionReporterFilter().cleanse_setting('CACHES', settings.CACHES))"
    )
    assert "p/w" not in run("-c", script, **values).stdout
    assert ast.literal_eval(setting("CACHES['default']", CACHE_URL="redis://cache"))["LOCATION"] == "redis://cache"


def test_proxies_are_addresses_or_networks() -> None:
    assert setting("TRUSTED_PROXIES") == "['127.0.0.1', '::1']"
    assert setting("TRUSTED_PROXIES", FORWARDED_ALLOW_IPS="10.0.0.0/8,::1") == "['10.0.0.0/8', '::1']"
    answer = run("manage.py", "check", FORWARDED_ALLOW_IPS="10.0.0.1,proxy")
    assert answer.returncode != 0
    assert "  FORWARDED_ALLOW_IPS: 'proxy' is neither" in answer.stderr


def test_connections_to_postgresql_are_pooled_one_for_each_thread() -> None:
    url = {"DATABASE_URL": "postgresql://a:b@localhost/c", "SITE_LANGUAGES": "en"}
    found = ast.literal_eval(setting("DATABASES['default']", **url, THREADS="7"))
    assert found["OPTIONS"]["pool"]["max_size"] == 8  # and one that listens
    assert found["CONN_MAX_AGE"] == 0
    assert not found.get("DISABLE_SERVER_SIDE_CURSORS")
    found = ast.literal_eval(setting("DATABASES['default']", **url, DATABASE_POOL="false"))
    assert "pool" not in found["OPTIONS"]
    assert found["DISABLE_SERVER_SIDE_CURSORS"] is True
    assert run("manage.py", "check", DATABASE_POOL="perhaps").returncode != 0
    assert "pool" not in setting("DATABASES['default']['OPTIONS']")


def test_messages_may_be_written_to_the_console() -> None:
    mail = {"EMAIL_URL": "console://", "MAIL_FROM": "archive@example.org"}
    assert setting("EMAIL_BACKEND", **mail) == "'django.core.mail.backends.console.EmailBackend'"


@pytest.mark.parametrize("unknown", ["consolemail://", "submissions://mail.example:465"])
def test_a_mail_server_that_could_not_be_asked_is_refused(unknown: str) -> None:
    answer = run("manage.py", "check", EMAIL_URL=unknown, MAIL_FROM="archive@example.org")
    assert answer.returncode != 0
    assert "EMAIL_URL: " in answer.stderr


@pytest.mark.parametrize(
    ("database", "replica"),
    [("sqlite:///a", "postgresql://b/c"), ("", "postgresql://b/c"), ("postgresql://a/c", "sqlite:///b")],
)
def test_only_postgresql_has_a_replica(database: str, replica: str) -> None:
    answer = run("manage.py", "check", DATABASE_URL=database, DATABASE_REPLICA_URL=replica)
    assert answer.returncode != 0
    assert "DATABASE_REPLICA_URL: " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_replica_is_reached_as_its_address_says() -> None:
    urls = {"DATABASE_URL": "postgresql://a:b@localhost/c", "SITE_LANGUAGES": "en"}
    assert setting("DATABASES.keys()", **urls) == "dict_keys(['default'])"
    urls["DATABASE_REPLICA_URL"] = "postgresql://a:b@elsewhere/c?sslmode=require"
    assert setting("DATABASES['replica']['HOST']", **urls) == "'elsewhere'"
    assert setting("DATABASES['replica']['OPTIONS']['sslmode']", **urls) == "'require'"
    assert setting("DATABASES['replica']['OPTIONS']['pool']['max_size']", **urls) == "4"
