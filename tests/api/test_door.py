"""What holds for every answer to machines: methods, other sites' pages, kept copies, errors."""

from typing import Any

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Statement
from tests.reading.conftest import published_again

from .conftest import Machine

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/api/v1/openapi.json", "/api/v1/statements/", "/api/v1/figures/", "/api/v1/issuers/", "/api/v1/occasions/",
    "/api/v1/events/", "/api/v1/places/", "/api/v1/languages/", "/api/v1/log/", "/.well-known/api-catalog",
)  # fmt: skip


@pytest.mark.parametrize("path", [*ADDRESSES, "/api/v1/nothing", "/api/v1/", "/oai"])
def test_pages_of_any_site_may_read_and_nobody_may_write(client: Client, path: str) -> None:
    for method in ("put", "patch", "delete", "trace", *([] if path == "/oai" else ["post"])):
        response = getattr(client, method)(path)
        assert response.status_code == 405, method
        assert response["Content-Type"] == "application/problem+json"
        assert "GET, HEAD, OPTIONS" in response["Allow"]
        assert "read only" in response.json()["detail"]
    preflight = client.options(
        path, headers={"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    )
    assert (preflight.status_code, preflight.content) == (204, b"")
    for response in (preflight, client.get(path), client.head(path)):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "GET" in response["Access-Control-Allow-Methods"]
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        policy = {each.strip() for each in response["Content-Security-Policy"].split(";")}
        assert policy == {"default-src 'none'", "frame-ancestors 'none'"}
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ADDRESSES)
def test_who_has_an_answer_is_told_that_it_still_holds(machine: Machine, statement: Statement, path: str) -> None:
    first = machine.ask(path)
    assert first.status_code == 200
    again = machine.ask(path, if_none_match=f'"other", {first["ETag"]}')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Access-Control-Allow-Origin"] == "*"
    assert machine.ask(path, if_none_match='"other"').status_code == 200
    head = machine.client.head(path)
    assert (head.content, head["ETag"]) == (b"", first["ETag"])


def test_what_was_released_since_is_told(machine: Machine, statement: Statement, publisher: User) -> None:
    paths = ["statements/", f"statements/{statement.sid}/", f"editions/{statement.sid}/en/1/", "log/"]
    etags = {path: machine.ask(path)["ETag"] for path in paths}
    modified = machine.ask(paths[2])["Last-Modified"]
    assert machine.ask(paths[2], if_modified_since=modified).status_code == 304
    published_again(statement, "en", publisher, title="Corrected")
    for path, etag in etags.items():
        assert machine.ask(path, if_none_match=etag).status_code == 200, path


def test_the_api_is_announced(client: Client) -> None:
    for path in ("/api/", "/api/v1/statements/", "/api/v1/nothing", "/api/v1/openapi.json"):
        link = client.get(path)["Link"]
        assert '<http://memorial.test/api/v1/openapi.json>; rel="service-desc"' in link
        assert '<http://memorial.test/api/>; rel="service-doc"' in link
    catalogue = client.get("/.well-known/api-catalog")
    assert catalogue["Content-Type"].startswith("application/linkset+json")
    (api, oai) = catalogue.json()["linkset"]
    assert api["anchor"] == "http://memorial.test/api/v1/"
    assert oai["anchor"] == "http://memorial.test/oai"
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("statements/?isuer=x", 400, "There is no such parameter here. There are: cursor, limit, q, issuer"),
        ("statements/?issuer=a&issuer=b", 400, "Give it once"),
        ("statements/?limit=101", 400, "less than or equal to 100"),
        ("statements/?limit=0", 400, "greater than or equal to 1"),
        ("statements/?limit=x", 400, "limit"),
        ("statements/?year=20", 400, "year"),
        ("statements/?issuer=%00", 400, "issuer"),
        ("statements/?issuer=" + "x" * 10_000, 400, "issuer"),
        ("statements/?" + "x" * 9_000, 400, "no such parameter"),
        ("statements/?cursor=abc", 404, "Leave the cursor out"),
        ("statements/?cursor=%00", 400, "cursor"),
        ("languages/?x=1", 400, "Leave it out"),
        ("nothing", 404, "Check the identifier"),
        ("statements", 404, "ends with a slash"),
        ("statements/2b2b2b2b/", 404, "Check the identifier"),
        ("statements/%00/", 404, "Check the identifier"),
        ("statements/x/editions/", 404, "Check the identifier"),
        ("issuers/" + "x" * 10_000 + "/", 404, "Check the identifier"),
        ("editions/2b2b2b2b/en/99999999999999999999/", 404, "Check the identifier"),
        ("editions/2b2b2b2b/en/0/", 404, "Check the identifier"),
    ],
)
def test_errors_say_what_to_do(machine: Machine, path: str, status: int, words: str) -> None:
    response = machine.ask(path)
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert words in response.content.decode()
    assert len(response.content) < 2_000, "what was asked is not repeated at length"
    assert "ETag" not in response.headers


def test_other_doors_are_left_alone(client: Client) -> None:
    for path in ("/en/", "/robots.txt", "/api/"):
        response = client.get(path)
        assert response.status_code == 200
        assert "Access-Control-Allow-Origin" not in response.headers
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
