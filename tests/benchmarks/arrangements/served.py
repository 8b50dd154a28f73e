"""One arrangement while it serves: its processes, what they have cost, and what it answers."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HOST = "localhost"
BROWSER = {"Host": HOST, "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "en", "User-Agent": "bench"}
# To wait is not to fail: a machine with much else to do takes long to start.
LONGEST_START = 60.0
# What a server that waits works in half a second, in seconds, at most.
IDLE = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Answer:
    """What was answered; ``size`` is that of the body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def size(self) -> int:
        """Bytes of the body on the wire."""
        return len(self.body)


@dataclass
class Arrangement:
    """One way to serve. Its kinds say with which command, in which environment, and where it keeps files."""

    folder: Path
    port: int = 0
    name: str = ""
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def prepare(self) -> None:
        """Write what the server reads before it starts."""

    def command(self) -> Sequence[str]:
        """Return what is run."""
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        """Return with which environment."""
        return os.environ

    def start(self) -> None:
        """Start, and come back when it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = self.port or free_port()
        self.prepare()
        self.launch()
        self.wait()

    def launch(self) -> None:
        """Start its processes, in a session of their own."""
        with (self.folder / "server.log").open("ab") as log:
            self.processes = [
                subprocess.Popen(
                    self.command(), cwd=ROOT, env=dict(self.environment()), stdout=log, stderr=log,
                    start_new_session=True,
                )
            ]  # fmt: skip

    def is_ready(self) -> bool:
        """Say whether whoever asks now is answered. Raises OSError where nobody listens."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True

    def wait(self) -> None:
        """Wait until it is ready. Raises RuntimeError with the end of the log."""
        deadline = time.monotonic() + LONGEST_START
        while time.monotonic() < deadline:
            if self.processes[0].poll() is not None:
                break
            with contextlib.suppress(OSError):
                if self.is_ready():
                    return
            time.sleep(0.02)
        raise RuntimeError(f"{self.name} has not started:\n{self.log()}")

    def settle(self) -> None:
        """Wait until its processes have nothing more to do: also the last worker is there then."""
        deadline, worked = time.monotonic() + LONGEST_START, -1.0
        while (now := self.cpu()) - worked > IDLE and time.monotonic() < deadline:
            worked = now
            time.sleep(0.5)

    def log(self) -> str:
        """Return the end of what the server has said."""
        return (self.folder / "server.log").read_text(errors="replace")[-4000:]

    def stop(self) -> None:
        """End it as an operator does, and what is left of it by force."""
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)
        self.processes = []

    # -- What it costs -------------------------------------------------------------------------------------------------

    def cpu(self) -> float:
        """Return the seconds that processors have worked for it so far."""
        return sum(_worked(number) for process in self.processes for number in _session(process.pid))

    def pss(self) -> int:
        """Return the bytes of memory that its processes take, what they share counted once."""
        return sum(_pss(number) for process in self.processes for number in _session(process.pid))

    # -- What it answers -----------------------------------------------------------------------------------------------

    def get(self, path: str, headers: Mapping[str, str] = BROWSER) -> Answer:
        """Ask once, as a browser does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=dict(headers))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()


@contextlib.contextmanager
def running(arrangements: Sequence[Arrangement]) -> Iterator[None]:
    """Start them all; stop them all, whatever happens."""
    try:
        for arrangement in arrangements:
            arrangement.start()
        for arrangement in arrangements:
            arrangement.settle()
        yield
    finally:
        for arrangement in arrangements:
            arrangement.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _session(leader: int) -> list[int]:
    """Return the processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError, ValueError):
            if int(_stat(int(place.parent.name))[3]) == leader:
                found.append(int(place.parent.name))
    return found


def _stat(number: int) -> list[str]:
    """The fields of proc(5) stat after the name, which may hold anything: [0] is the state."""
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()


def _worked(number: int) -> float:
    """The seconds of a process, and of its children that have ended and been waited for."""
    try:
        return sum(int(ticks) for ticks in _stat(number)[11:15]) / _TICKS
    except OSError:
        return 0.0


def _pss(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
