"""The tests notice a page that asks the database row after row."""

import pytest
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from zeal import NPlusOneError

from memorial.statements.models import Statement
from tests.builders import a_statement, an_issuer


def careless(request: HttpRequest) -> HttpResponse:
    """Ask for each statement's issuer by itself."""
    return HttpResponse(" ".join(statement.issuer.slug for statement in Statement.objects.all()))


urlpatterns = [path("careless/", careless), path("admin/", admin.site.urls), path("", include("memorial.api.urls"))]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_asks_row_after_row_fails_its_test(client: Client) -> None:
    for slug in ("first-example", "second-example", "third-example"):
        a_statement(slug=slug, issuer=an_issuer(slug=slug))
    with pytest.raises(NPlusOneError):
        client.get("/careless/")
