"""The documentation of the API: complete, valid, and of this site alone."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from lxml import html

from memorial.api.v1 import api
from memorial.statements.models import Statement
from tests.reading.conftest import only_public

from .conftest import Machine

pytestmark = pytest.mark.django_db
Checker = Callable[[Mapping[str, str | bytes]], list[str]]


def test_every_operation_and_shape_is_documented(client: Client) -> None:
    page = client.get("/api/").content.decode()
    description = api.described()
    assert len(description["paths"]) == 15
    for path, methods in description["paths"].items():
        assert f"</span> {path}</code>" in page
        operation = methods["get"]
        assert set(operation["responses"]) - {"410", "503"} == {"200", "304", "400", "404", "405"}
        assert all(each["description"] for each in operation["parameters"]), path
    root = html.fromstring(page)
    for shape in description["components"]["schemas"]:
        assert root.get_element_by_id(f"shape-{shape}") is not None
    statuses = [each.text_content() for each in root.xpath("//section[@aria-labelledby='answers']//dt")]
    assert statuses == ["200", "304", "400", "404", "405", "410", "503"]
    targets = {link[1:] for link in root.xpath("//main//a/@href") if link.startswith("#")}
    assert targets <= set(root.xpath("//@id"))
    assert len(root.xpath("//h1")) == 1


def test_the_examples_work_as_they_are_written(machine: Machine, statement: Statement) -> None:
    page = html.fromstring(machine.ask("/api/").content.decode())
    examples = [each.text_content() for each in page.find_class("example")]
    assert len(examples) == 17
    slugs = iter(["example-ministry", "example-day", "example-event", "example-town"])
    for example in examples:
        found = re.fullmatch(r"curl 'http://memorial\.test(/\S+)'", example)
        assert found, example
        path = found[1].replace("{sid}", statement.sid)
        path = path.replace("{slug}", next(slugs)) if "{slug}" in path else path
        assert machine.ask(path).status_code == 200, path


@pytest.mark.same_on_any_database
def test_the_page_is_of_this_site_alone(client: Client, valid_html: Checker) -> None:
    pages: dict[str, Any] = {}
    for lang in ("en", "fa"):
        response = client.get("/api/", headers={"Accept-Language": lang})
        assert response.status_code == 200
        assert not response.cookies
        assert "Accept-Language" in response["Vary"]
        assert "script-src" not in response["Content-Security-Policy"]
        pages[lang] = response.content
        assert f'<html lang="{lang}"'.encode() in response.content
        assert b"<script" not in response.content
    assert b'lang="en" dir="ltr"' in pages["fa"]
    assert valid_html(pages) == []


def test_the_page_speaks_a_public_language(client: Client) -> None:
    only_public("az", "tr")
    response = client.get("/api/", headers={"Accept-Language": "en"})
    assert b'<html lang="az"' in response.content


def test_the_page_is_read_only(client: Client) -> None:
    assert client.post("/api/").status_code == 405
