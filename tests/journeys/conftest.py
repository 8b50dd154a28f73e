"""What journeys set out from: the sample archive for all tests of a file, and sites that are really served."""

import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection, transaction
from django.test.testcases import LiveServerThread
from django.test.utils import modify_settings

from memorial.languages.models import Language
from memorial.ops.archivist import archivist
from memorial.ops.sample_archive.load import load_sample_archive
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Text
from memorial.translations.save import save_text
from tests.database import empty
from tests.environment import start_postgresql
from tests.journeys.living_site import LivingSite
from tests.languages.fresh import postgresql_url
from tests.made_once import made_once

LANGUAGES = ("az", "en", "ru", "tr", "fa")
PERSIAN = {
    "title": "بیانیه به مناسبت روز سوگواری ملی، ۲۰ ژانویه ۲۰۲۵",
    "summary": "این وزارتخانه دیدگاه خود را درباره شب ۱۹ به ۲۰ ژانویه ۱۹۹۰ بیان می‌کند.",
    "body": (
        "<p>وزارت امور خارجه جمهوری آذربایجان این بیانیه را در ۱۹ ژانویه ۲۰۲۵ به مناسبت روز سوگواری ملی صادر کرد.</p>"
        "<p>بیانیه چند علت را برای شکل‌گیری جنبش آزادی‌بخش ملی برمی‌شمارد.</p>"
        "<p>به گفته بیانیه، در شب ۱۹ به ۲۰ ژانویه ۱۹۹۰ یگان‌های ارتش شوروی علیه غیرنظامیان عمل کردند. بیانیه "
        "از چهار شهر نام می‌برد: باکو، سومقاییت، لنکران و نفت‌چاله.</p>"
        "<p>وزارتخانه اعلام می‌کند که ۱۵۰ غیرنظامی کشته شدند، ۷۴۴ نفر به‌شدت زخمی شدند و ۴ نفر ناپدید شدند.</p>"
        "<p>به گفته بیانیه، خبر آن شب روز بعد به جهان رسید.</p>"
        "<p>بیانیه آن شب را نقطه عطفی در راه استقلال می‌نامد.</p>"
    ),
}


def _enter() -> None:
    """Enter the sample archive, then translate one statement into Persian and correct it in Azerbaijani."""
    for position, tag in enumerate(LANGUAGES):
        state = {"state": Language.State.PUBLIC, "position": position}
        names = {"name_en": tag, "name_own": tag, "direction": "rtl" if tag == "fa" else "ltr"}
        Language.objects.update_or_create(tag=tag, defaults=state, create_defaults={**state, **names})
    keeper = archivist()
    load_sample_archive(by=keeper)
    statement = Statement.objects.get(slug="statement-20-january-2025")
    texts = {text.language: text for text in statement.texts.select_related("head")}
    summary = {"origin": Text.Origin.ARCHIVE, "completeness": Text.Completeness.SUMMARY, "by": keeper}
    base = texts[statement.original_language].head
    save_text(statement, "fa", seen=None, based_on=base, **PERSIAN, **summary)
    head = texts["az"].head
    assert head is not None
    body = head.body.replace("daxili qoşunlar", "daxili qoşunlar (bəyanatda belədir)")
    assert body != head.body
    save_text(
        statement, "az", title=head.title, summary=head.summary, body=body, seen=head, based_on=base, **summary
    )  # fmt: skip
    publish(statement, ["fa"], by=keeper)
    publish(statement, ["az"], by=keeper, note="Bir qeyd əlavə olundu.", change="correction")


@pytest.fixture(scope="module")
def sample_archive(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The archive, stored for good until the last test of the file is over, so that a server reads it too."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                _enter()
            yield
        finally:
            empty()
            connection.close()


@pytest.fixture(scope="module")
def sample_server(sample_archive: None) -> Iterator[str]:
    """The address of a server of the sample archive."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server.start()
        server.is_ready.wait()
        assert server.error is None, server.error
        yield f"http://localhost:{server.port}"
        server.terminate()


class _Patterns:
    """One filled site a database system, made when it is first asked for; each journey gets a copy of its own.

    All workers share the one on SQLite; a server of PostgreSQL ends with the worker that has started it.
    """

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.factory, self.folder = factory, factory.mktemp("living")
        self.made: dict[str, LivingSite] = {}
        self.server = ""
        self.databases: list[str] = []

    def copy(self, system: str) -> LivingSite:
        if system not in self.made:
            self.made[system] = self._new(system)
        return self.like(self.made[system])

    def like(self, site: LivingSite) -> LivingSite:
        """Another site with all that this one has, which is not served."""
        folder = self.folder / uuid.uuid4().hex
        if site.database_url.startswith("sqlite"):
            return site.copy(folder, f"sqlite:///{folder}/memorial.sqlite3")
        return site.copy(folder, self.database(template=urlsplit(site.database_url).path[1:]))

    def _new(self, system: str) -> LivingSite:
        if system == "sqlite":
            return self._on_sqlite(made_once(self.factory, "filled", lambda folder: self._on_sqlite(folder).fill()))
        folder = self.folder / system
        folder.mkdir()
        site = LivingSite(folder, self.database())
        site.fill()
        return site

    def _on_sqlite(self, folder: Path) -> LivingSite:
        return LivingSite(folder, f"sqlite:///{folder}/memorial.sqlite3")

    def database(self, template: str = "template1") -> str:
        """The address of a new database on PostgreSQL, empty or like ``template``."""
        self.server = self.server or os.environ.get("DATABASE_URL") or start_postgresql()
        name = f"journey_{uuid.uuid4().hex[:12]}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        self.databases.append(name)
        return postgresql_url(self.server, name)

    def _run(self, sql: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]

    def drop(self) -> None:
        for name in self.databases:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Patterns]:
    """The filled sites that copies are made of."""
    made = _Patterns(tmp_path_factory)
    yield made
    made.drop()


@pytest.fixture
def living_site(patterns: _Patterns) -> Iterator[Callable[[str], LivingSite]]:
    """A filled site on ``sqlite`` or ``postgresql``, not yet served: ``living_site("sqlite").start()``."""
    sites = []

    def made(system: str) -> LivingSite:
        sites.append(patterns.copy(system))
        return sites[-1]

    yield made
    for site in sites:
        site.stop()
