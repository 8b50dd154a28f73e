"""The sample archive, entered once for all tests of a file, with one statement in Persian and a second edition."""

from collections.abc import Iterator
from typing import Any

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
