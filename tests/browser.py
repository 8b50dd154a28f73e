"""The system's Chromium and Java for the tests, and what is said when one is missing (a pytest plugin)."""

import os
import shutil
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import pytest
from django.core.servers.basehttp import WSGIRequestHandler

from tests import markup

# The first has no windows, which cost two thirds of the processor's time of the others, though nobody sees them.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_MARK = "NOT TESTED: "
# A live server writes the headers of an answer, then its body: the second would wait until the browser has acknowledged
# the first, forty milliseconds on a connection that stays open.
WSGIRequestHandler.disable_nagle_algorithm = True


def find_chromium() -> str | None:
    """Return the path of the browser, or None."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def require(what: str, package: str) -> NoReturn:
    """Give up this test because ``what`` is missing: a failure in CI, elsewhere said aloud at the end of the run."""
    message = f"{what} is missing (Debian: apt install {package})"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(f"{_MARK}{message}")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Playwright's arguments: the system's browser, which talks to nobody but us."""
    path = find_chromium()
    if path is None:
        require("Chromium", "chromium")
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture
def page(page: Any) -> Any:
    """A page that waits at most ten seconds for anything."""
    page.set_default_timeout(10_000)
    return page


@pytest.fixture
def valid_html() -> Callable[[Mapping[str, str | bytes]], list[str]]:
    """The Nu HTML checker: ``assert valid_html({"/en/": html}) == []``."""
    if not markup.has_java():
        require("Java, for the Nu HTML checker", "default-jre-headless")
    return markup.errors


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say aloud what could not be tested on this machine."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if _MARK in text:
            reason = text.split(_MARK, 1)[1]
            reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in reasons.items():
        terminalreporter.write_sep("!", f"{count} TESTS NOT RUN: {reason}", red=True, bold=True)
