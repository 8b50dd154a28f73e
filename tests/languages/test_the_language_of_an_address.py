"""The middleware that reads the language of a page from its address."""

from typing import Any

import pytest
from django.test import Client

from memorial.languages.models import Language

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.languages.addresses")]


@pytest.fixture(autouse=True)
def _only_ours(settings: Any) -> None:
    settings.MIDDLEWARE = ["memorial.languages.middleware.SiteLanguages", "django.middleware.common.CommonMiddleware"]
    settings.DEBUG = False


def test_a_public_language_is_activated(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        response = client.get("/fa/statements/?ask=1")
    assert response.json() == {
        "active": "fa", "is_rtl": True, "public": ["az", "en", "ru", "tr", "fa"], "language": "fa",
    }  # fmt: skip
    assert response.headers["Content-Language"] == "fa"
    assert client.get("/az/").json()["is_rtl"] is False


@pytest.mark.parametrize("state", ["preparing", "retired", "leaving"])
def test_a_language_that_is_not_public_is_not_there(client: Client, state: str) -> None:
    Language.objects.filter(pk="fa").update(state=state)
    response = client.get("/fa/statements/")
    assert (response.status_code, response.content) == (404, b"en en")


@pytest.mark.parametrize("path", ["/xx/", "/qqx/statements/", "/pt-br/", "/AZ/", "/fa-af/none"])
def test_an_unknown_language_is_not_there(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content) == (404, b"en en")


def test_a_language_that_this_process_does_not_know_yet_is_there_in_a_moment(client: Client) -> None:
    Language.objects.create(tag="lez", name_en="Lezgian", name_own="Лезги чӀал", script="Cyrl", state="public")
    response = client.get("/lez/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert response.headers.get("Content-Language") is None


@pytest.mark.parametrize("path", ["/admin/", "/log/", "/s/23456789", "/healthz"])
def test_addresses_without_a_language_ask_nothing(client: Client, path: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get(path).json()["active"] == "en"
    with django_assert_num_queries(1):
        assert client.get(f"{path}?ask=1").json()["language"] == "en"


def test_nothing_of_a_request_stays_active_for_the_next(client: Client) -> None:
    assert client.get("/fa/").json()["active"] == "fa"
    assert client.get("/log/").json()["active"] == "en"
