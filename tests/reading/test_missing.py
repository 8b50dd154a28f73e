"""What readers see where there is nothing."""

import re

import pytest
from django.test import Client

from memorial.statements.models import Statement

from .conftest import address, only_public


def test_a_statement_that_is_not_in_this_language_links_to_those_there_are(
    client: Client, statement: Statement
) -> None:
    response = client.get(address(statement, "fa"))
    content = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="fa" dir="rtl">' in content
    for lang in ("az", "en"):
        link = re.search(rf'<a href="{address(statement, lang)}" lang="{lang}" hreflang="{lang}" dir="ltr">', content)
        assert link, lang
    assert "First paragraph" not in content
    assert "canonical" not in content


@pytest.mark.parametrize(
    "path", ["/en/nothing/", "/en/statements/bbbbbbbb/x/", "/en/issuers/nobody/", "/s/bbbbbbbb", "/en/events/nothing/"]
)
def test_an_unknown_address_says_what_to_do(client: Client, path: str) -> None:
    response = client.get(path)
    content = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="en" dir="ltr">' in content
    assert "please check it" in content
    assert 'href="/en/statements/"' in content


def test_an_address_without_a_language_is_missed_in_the_browsers_language(client: Client) -> None:
    response = client.get("/nothing", headers={"accept-language": "fa"})
    assert response.status_code == 404
    assert '<html lang="fa" dir="rtl">' in response.content.decode()
    assert response["Vary"] == "Accept-Language"


def test_a_language_in_preparation_has_no_page(client: Client) -> None:
    only_public("az", "en")
    response = client.get("/fa/", headers={"accept-language": "az"})
    assert response.status_code == 404
    assert '<html lang="az" dir="ltr">' in response.content.decode()


@pytest.mark.parametrize("page", ["2", "0", "-1", "abc", "99999999999", "1.5", ""])
def test_a_page_beyond_the_list_is_missing_and_the_first_is_named(
    client: Client, statement: Statement, page: str
) -> None:
    response = client.get(f"/en/statements/?page={page}")
    assert response.status_code == 404
    assert '<a href="/en/statements/">' in response.content.decode()


def test_an_error_page_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("memorial.reading.views.about.render_page", broken)
    client.raise_request_exception = False
    response = client.get("/fa/about/")
    content = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="fa" dir="rtl">' in content
    assert "broken on purpose" not in content
