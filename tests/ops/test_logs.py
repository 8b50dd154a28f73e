"""What no line of the logs says."""

import logging
from types import SimpleNamespace

from config.logs import WithoutSecrets


def test_the_secret_of_a_subscriber_stands_in_no_line() -> None:
    secret = "Ab_-" * 8
    for path in (f"/en/follow/{secret}/", f"/unsubscribe/{secret}"):
        record = logging.LogRecord("x", logging.INFO, "x", 1, "%(m)s %(U)s", ({"m": "GET", "U": path},), None)
        record.request = SimpleNamespace(path=path)
        assert WithoutSecrets().filter(record)
        assert record.getMessage() == f"GET {path.replace(secret, '…')}"
        assert secret not in str(record.__dict__)


def test_other_lines_are_left_alone() -> None:
    record = logging.LogRecord("x", logging.INFO, "x", 1, "%s %s", ("GET", "/en/follow/sent/"), None)
    assert WithoutSecrets().filter(record)
    assert record.args == ("GET", "/en/follow/sent/")
