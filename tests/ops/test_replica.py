"""Which requests a replica may serve: those whose answer is the same for everybody, and no other."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from memorial.ops.replica.middleware import ATTEMPT, ReadersGetReplica, is_for_everybody
from memorial.ops.replica.reading import REPLICA, Attempt
from memorial.ops.replica.router import NothingIsMadeThere

ask = RequestFactory(headers={"host": "memorial.test"})
PUBLIC = (
    "/az/", "/az/search/?q=a", "/az/search.json?q=a", "/sitemap.xml", "/api/v1/statements/", "/oai",
    "/az/occasions/january/",
)  # fmt: skip
NOT_PUBLIC = (
    "/admin/", "/admin/login/", "/admin/statements/statement/1/", "/healthz", "/readyz", "/az/follow/?issuer=a",
    f"/az/follow/{'a' * 32}/", "/az/follow/sent/", "/nowhere/at/all",
)  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_the_same_for_everybody_may_be_read_from_it(path: str) -> None:
    assert is_for_everybody(ask.get(path))
    assert is_for_everybody(ask.head(path))


@pytest.mark.parametrize("path", NOT_PUBLIC)
def test_the_desk_health_and_the_page_of_one_person_may_not(path: str) -> None:
    assert not is_for_everybody(ask.get(path))


def test_nor_may_what_is_sent_or_asked_by_somebody() -> None:
    assert not is_for_everybody(ask.post("/az/"))
    assert not is_for_everybody(ask.get("/az/", headers={"authorization": "Basic YTpi"}))
    signed_in = ask.get("/az/")
    signed_in.COOKIES[settings.SESSION_COOKIE_NAME] = "a"
    assert not is_for_everybody(signed_in)


def test_nothing_is_made_in_a_replica() -> None:
    router = NothingIsMadeThere()
    assert router.allow_migrate(REPLICA, "statements") is False
    assert router.allow_migrate("default", "statements") is None


def test_somebody_who_works_on_the_site_reads_what_he_has_written() -> None:
    with override_settings(DEBUG=True), pytest.raises(MiddlewareNotUsed):
        ReadersGetReplica(lambda request: HttpResponse())


def test_a_page_that_is_made_again_is_no_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    middleware = ReadersGetReplica(lambda request: HttpResponse())
    request: Any = ask.get("/az/")
    logger = logging.getLogger("django.request")
    broken = Attempt()
    setattr(request, ATTEMPT, broken)
    assert middleware.process_exception(request, ValueError()) is None, "an error of ours is shown"
    assert middleware.process_exception(request, OperationalError("gone")) is not None
    logger.error("not given to anybody", extra={"request": request})
    delattr(request, ATTEMPT)
    logger.error("given", extra={"request": request})
    logger.error("about nothing")
    assert [each.getMessage() for each in caplog.records if each.name == "django.request"] == ["given", "about nothing"]
