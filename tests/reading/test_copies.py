"""What browsers and networks that deliver the site are told about the copies they keep."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_a_copy_is_asked_about_whenever_it_is_used(client: Client) -> None:
    answer = client.get("/en/")
    assert answer["Cache-Control"] == "public, max-age=0, stale-while-revalidate=1, stale-if-error=3600"
    assert "CDN-Cache-Control" not in answer
    assert "Surrogate-Key" not in answer
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_a_network_is_given_time_and_keys_where_the_operator_allows_it(client: Client, settings: Settings) -> None:
    settings.CDN_SECONDS = 60
    answer = client.get("/en/statements/")
    assert "max-age=0" in answer["Cache-Control"]  # browsers ask as before
    assert "max-age=60" in answer["CDN-Cache-Control"]
    assert "max-age=60" in answer["Surrogate-Control"]
    assert answer["Surrogate-Key"].split() == ["site", "page-statements", "lang-en"]
    assert answer["Cache-Tag"].split(",") == answer["Surrogate-Key"].split()


@pytest.mark.parametrize("path", ["/en/statements/ZZZZZZZZ/", "/en/no-such-page/"])
def test_an_error_is_not_to_be_kept(client: Client, settings: Settings, path: str) -> None:
    settings.CDN_SECONDS = 60
    answer = client.get(path)
    assert answer.status_code == 404
    assert not {"Cache-Control", "CDN-Cache-Control", "Surrogate-Key"} & set(answer.headers)


def test_what_says_so_itself_is_left_alone(client: Client, settings: Settings) -> None:
    settings.CDN_SECONDS = 60
    assert "CDN-Cache-Control" not in client.get("/healthz")
    assert "no-store" in client.get("/admin/login/")["Cache-Control"]
