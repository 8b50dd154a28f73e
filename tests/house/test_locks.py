"""What the lock files promise: every file by its hash, nobody's address, licences that let anybody use the site."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(lock: str) -> dict[str, str]:
    """Return the versions that a lock file pins, by canonical name."""
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r"https?:|file:|git\+|--(?:extra-)?index-url|--find-links| @ ", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(lock)) > 10
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    run, dev = (locked(lock) for lock in LOCKS)
    assert {name: version for name, version in run.items() if dev.get(name) != version} == {}
    wanted = {
        "requirements.lock": PROJECT["project"]["dependencies"],
        "requirements-dev.lock": PROJECT["dependency-groups"]["dev"],
    }
    for lock, lines in wanted.items():
        pins = locked(lock)
        for line in lines:
            requirement = Requirement(line)
            version = pins.get(canonicalize_name(requirement.name))
            assert version is not None, f"{line} is not in {lock}: run make lock"
            assert requirement.specifier.contains(version), f"{line} is {version} in {lock}: run make lock"


def test_what_runs_here_is_what_is_locked() -> None:
    installed = {name: metadata.version(name) for name in locked("requirements.lock") if _is_installed(name)}
    assert installed == {name: version for name, version in locked("requirements.lock").items() if name in installed}
    assert {"django", "gunicorn", "nh3", "whitenoise"} <= set(installed)


def test_everything_the_site_runs_on_has_a_permissive_licence() -> None:
    # LGPL is fine for a library that is used unchanged (psycopg); the GPL of another kind would bind the site.
    strange = {}
    for package in locked("requirements.lock"):
        if not _is_installed(package):
            continue
        about = metadata.metadata(package)
        classifiers = " ".join(c for c in about.get_all("Classifier") or [] if c.startswith("License"))
        said = f"{about.get('License-Expression') or ''} {(about.get('License') or '')[:200]} {classifiers}"
        has_good = re.search(r"BSD|MIT|Apache|PSF|Python Software|ISC|MPL|Mozilla|LGPL|Lesser|Artistic", said)
        has_bad = re.search(r"\bAGPL|\bGPL(?!.*Artistic)|Affero|(?<!Lesser )General Public License", said)
        if not has_good or (has_bad and not re.search(r"LGPL|Lesser|Artistic", said)):
            strange[package] = said.strip()
    assert strange == {}


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:  # a package for another platform
        return False
    return True
