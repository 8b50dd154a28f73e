"""Sites of their own for tests that migrate, serve, or work in several processes."""

import itertools
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.languages.fresh import ADD_LATER, FILL, Site, build, postgresql_url

_numbers = itertools.count(1)


class _PostgreSQL:
    """Databases of the server that DATABASE_URL names, dropped at the end."""

    def __init__(self) -> None:
        self.url = os.environ["DATABASE_URL"]
        self.prefix = f"fresh_{uuid.uuid4().hex[:8]}"
        self.made: list[str] = []

    def run(self, sql: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def make(self, template: str = "template1") -> str:
        name = f"{self.prefix}_{len(self.made)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.made.append(name)
        return name

    def drop(self, name: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _server() -> Iterator[_PostgreSQL | None]:
    if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
        yield None
        return
    server = _PostgreSQL()
    yield server
    for name in server.made:
        server.drop(name)


class Sites:
    """Makes sites: the first from the code, further ones as copies with their databases."""

    def __init__(self, folder: Path, server: _PostgreSQL | None) -> None:
        self.folder, self.server = folder, server
        self.first: Site | None = None
        self.six: Site | None = None

    def new(self) -> tuple[Path, str]:
        """A folder that is not there yet, and the address of an empty database."""
        folder = self.folder / f"site-{next(_numbers)}"
        if self.server is None:
            return folder, f"sqlite:///{folder}/data/memorial.sqlite3"
        return folder, postgresql_url(self.server.url, self.server.make())

    def copy(self, site: Site) -> Site:
        folder = self.folder / f"site-{next(_numbers)}"
        if self.server is None:
            return site.copy(folder, f"sqlite:///{folder}/data/memorial.sqlite3")
        name = self.server.make(template=urlsplit(site.database_url).path[1:])
        return site.copy(folder, postgresql_url(self.server.url, name))

    def with_four(self) -> Site:
        """The first site: az, en, ru, tr."""
        if self.first is None:
            folder, url = self.new()
            folder.mkdir()
            self.first = build(folder, url)
        return self.first

    def with_six(self) -> Site:
        """A site to which two languages were added."""
        if self.six is None:
            self.six = self.copy(self.with_four())
            self.six.run_code(ADD_LATER)
            self.six.run_code(FILL)
        return self.six


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory, _server: _PostgreSQL | None) -> Sites:
    return Sites(tmp_path_factory.mktemp("sites"), _server)


@pytest.fixture
def fresh_site(sites: Sites) -> Site:
    """A site in az, en, ru and tr with thirty books, alone with its code and its database."""
    return sites.copy(sites.with_four())


@pytest.fixture
def site_in_six_languages(sites: Sites) -> Site:
    """The same with fa and lez added later, and all texts in them too."""
    return sites.copy(sites.with_six())
