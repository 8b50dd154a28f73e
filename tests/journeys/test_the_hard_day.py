"""The hard day in small: a crowd reads while an editor publishes, and what must be exact is exact on any machine."""

from pathlib import Path

from tests.benchmarks.demonstration import Archive
from tests.benchmarks.spike import spend


def test_a_crowd_gets_no_error_and_nothing_old(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", 30, has_hashed_files=False)
    archive.make(lambda line: None)
    day = spend(archive, seconds=5, connections=60)
    assert day.faults() == []
    assert day.publications
    assert day.disturbed.waited
