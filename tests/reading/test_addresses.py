"""Addresses: redirects, permalinks, heads, methods, headers."""

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.publishing.models import Edition
from memorial.statements.models import Statement

from .conftest import address, only_public, published, published_again


@pytest.mark.parametrize(
    ("asked", "lang"), [("az-AZ,az;q=0.9", "az"), ("fa", "fa"), ("de, ru;q=0.5", "ru"), ("de", "en"), ("", "en")]
)
def test_the_root_leads_to_the_language_of_the_browser(client: Client, asked: str, lang: str) -> None:
    response = client.get("/", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (302, f"/{lang}/")
    assert response["Vary"] == "Accept-Language"


def test_the_root_leads_to_public_languages_only(client: Client) -> None:
    only_public("az", "ru")
    assert client.get("/", headers={"accept-language": "fa"})["Location"] == "/az/"


@pytest.mark.parametrize(("asked", "lang"), [("en", "en"), ("fa", "az"), ("", "az")])
def test_the_permalink_leads_to_the_best_language_else_to_the_original(
    client: Client, statement: Statement, asked: str, lang: str
) -> None:
    response = client.get(f"/s/{statement.sid}", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (303, address(statement, lang))
    assert response["Vary"] == "Accept-Language"


@pytest.mark.parametrize("rest", ["", "history/", "v/1/", "v/1.txt"])
def test_a_wrong_slug_leads_to_the_right_one(client: Client, statement: Statement, rest: str) -> None:
    response = client.get(f"/en/statements/{statement.sid}/wrong/{rest}")
    assert (response.status_code, response["Location"]) == (301, address(statement, "en", rest))


def test_the_head_names_every_language_with_itself_and_a_default(client: Client, statement: Statement) -> None:
    content = client.get(address(statement, "en")).content.decode()
    site = "http://memorial.test"
    assert f'<link rel="canonical" href="{site}{address(statement, "en")}">' in content
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', content))
    assert alternates == {
        "az": site + address(statement, "az"),
        "en": site + address(statement, "en"),
        "x-default": f"{site}/s/{statement.sid}",
    }


def test_absolute_addresses_do_not_come_from_the_request(client: Client, statement: Statement) -> None:
    content = client.get(address(statement, "en"), headers={"host": "memorial.test:81"}).content.decode()
    assert "memorial.test:81" not in content


def test_an_edition_is_not_indexed_and_names_the_statement_as_canonical(client: Client, statement: Statement) -> None:
    content = client.get(address(statement, "en", "v/1/")).content.decode()
    assert '<meta name="robots" content="noindex, follow">' in content
    assert f'<link rel="canonical" href="http://memorial.test{address(statement, "en")}">' in content
    assert 'rel="alternate" hreflang' not in content


def test_the_text_file_is_exactly_what_was_hashed(client: Client, statement: Statement) -> None:
    edition = Edition.objects.get(statement=statement, language="az")
    response = client.get(address(statement, "az", "v/1.txt"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == edition.sha256
    assert edition.sha256 in client.get(address(statement, "az")).content.decode()
    assert edition.sha256 in client.get(address(statement, "az", "history/")).content.decode()


def test_an_earlier_edition_stays_at_its_address(client: Client, statement: Statement, publisher: User) -> None:
    published_again(statement, "en", publisher, title="A better title")
    assert "A better title" in client.get(address(statement, "en")).content.decode()
    content = client.get(address(statement, "en", "v/1/")).content.decode()
    assert "Title in en" in content
    assert "It has been followed by edition 2." in content
    assert client.get(address(statement, "en", "v/3/")).status_code == 404


def test_a_scheduled_edition_is_public_from_its_moment_on(client: Client, publisher: User) -> None:
    at = timezone.now().replace(microsecond=0) + timedelta(hours=2)
    statement = published(publisher, at=at)
    assert client.get(address(statement, "en")).status_code == 404
    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert client.get(address(statement, "en")).status_code == 404
    with time_machine.travel(at, tick=False):
        assert client.get(address(statement, "en")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/en/", "/en/statements/", "/robots.txt", "/sitemap.xml", "/en/about/"])
def test_reading_changes_nothing(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
    assert client.head(path).status_code in (200, 302)


def test_pages_set_no_cookie_and_vary_by_nothing(client: Client, statement: Statement) -> None:
    for path in ("/en/", "/en/statements/", address(statement, "en"), "/en/issuers/", "/sitemap.xml"):
        response = client.get(path)
        assert not response.cookies, path
        assert "Vary" not in response, path


def test_pages_have_no_script_no_inline_style_and_no_other_host(client: Client, statement: Statement) -> None:
    for path in ("/en/", "/en/statements/", address(statement, "en"), "/en/occasions/example-day/", "/en/about/"):
        content = client.get(path).content.decode()
        assert re.findall(r"<script(?! type=\"application/ld\+json\">)", content) == []
        assert "style=" not in content
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)"[^>]* href|img[^>]* src)="([^"]+)"', content)
        assert len(loaded) == 2, path
        assert all(each.startswith("/static/") for each in loaded)


def test_robots_name_the_sitemap_and_leave_the_desk_alone(client: Client) -> None:
    content = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in content
    assert "Sitemap: http://memorial.test/sitemap.xml" in content
