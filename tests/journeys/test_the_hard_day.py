"""The hard day in small: a crowd reads while an editor publishes, and what must be exact is exact on any machine."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.benchmarks.demonstration import Archive
from tests.benchmarks.spike import spend


def test_a_crowd_gets_no_error_and_nothing_old(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", 30, has_hashed_files=False)
    archive.make(lambda line: None)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser of another test may have an event loop in this thread
        day = elsewhere.submit(spend, archive, seconds=5, connections=60).result()
    assert day.faults() == []
    assert day.publications
    assert day.withdrawals
    assert day.disturbed.waited
