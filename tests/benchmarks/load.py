"""Load on one arrangement with wrk: bounded in time, on loopback, and no error passes."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .arrangements.served import BROWSER, Arrangement

SCRIPT = Path(__file__).with_suffix(".lua")


class LoadFailed(Exception):
    """An answer was no answer, or not the one that was asked for."""


@dataclass(frozen=True)
class Measured:
    """What a load showed: requests in a second, milliseconds, seconds of processors for 1,000 requests, bytes."""

    rate: float
    p50: float
    p99: float
    cpu: float
    memory: int


def check() -> None:
    """Say at once what is missing. Raises LoadFailed."""
    missing = [package for command, package in (("wrk", "wrk"), ("nginx", "nginx")) if not _which(command)]
    if missing:
        raise LoadFailed(f"On Debian or Ubuntu: apt install {' '.join(missing)} libnginx-mod-http-brotli-static")


def _which(command: str) -> str | None:
    return shutil.which(command, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def load(
    arrangement: Arrangement, paths: Sequence[str], *, connections: int, seconds: int,
    headers: Mapping[str, str] = BROWSER,
) -> Measured:  # fmt: skip
    """Ask for the paths in turn over so many connections. Raises LoadFailed at the first error that wrk counts."""
    written = arrangement.folder / "paths"
    written.write_text("".join(f"{path}\n" for path in paths))
    command = ["nice", "-n", "5", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-s", str(SCRIPT), *(word for name, value in headers.items() for word in ("-H", f"{name}: {value}"))]
    worked = arrangement.cpu()
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{arrangement.port}"], env={**os.environ, "LOAD_PATHS": str(written)}, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    worked = arrangement.cpu() - worked
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise LoadFailed(f"wrk: {done.stdout}\n{done.stderr}")
    seen = json.loads(lines[-1])
    if seen["refused"] or seen["broken"] or not seen["requests"]:
        raise LoadFailed(f"{arrangement.name}: {seen}\n{arrangement.log()}")
    return Measured(
        rate=seen["requests"] / seen["seconds"], p50=seen["p50"], p99=seen["p99"],
        cpu=worked / seen["requests"] * 1000, memory=arrangement.pss(),
    )  # fmt: skip
