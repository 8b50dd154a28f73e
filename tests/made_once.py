"""What takes long to make and is the same for all is made once in a run, by whoever asks first (a pytest plugin)."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.living_site import LivingSite


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder ``name`` that all workers of this run share; ``make`` fills it, and nobody writes there later.

    Whoever asks while another worker makes it waits. What could not be made whole is made anew by the next who asks.
    """
    mine = factory.getbasetemp()
    everybodys = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    folder, is_whole = everybodys / name, everybodys / f"{name}.whole"
    with (everybodys / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_whole.touch()
    return folder


@pytest.fixture(scope="session")
def after_set_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site after ``manage.py set_up`` in an empty folder; what it said is in ``said``.

    Static files are as in production, hashed and compressed, which takes longer than everything else.
    """

    def set_up(folder: Path) -> None:
        site = LivingSite(folder, f"sqlite:///{folder}/memorial.sqlite3", settings={"HASHED_STATIC_FILES": "true"})
        (folder / "said").write_text(site.run("manage.py", "set_up"))

    return made_once(tmp_path_factory, "after-set-up", set_up)
