"""Rich text is cleaned on every way in."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.db import connection, models

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.fields import RichTextField
from memorial.translations.models import Revision
from tests.translations.conftest import saved

DIRTY = '<p onclick="x()">Kept<script>alert(1)</script></p>'


class Page(models.Model):
    """Something with rich text that, unlike a revision, may be changed."""

    body = RichTextField(blank=True)

    class Meta:
        app_label = "translations"
        managed = False
        db_table = "tests_page"

    def __str__(self) -> str:
        return self.body


class PageForm(forms.ModelForm):
    """A form of it."""

    class Meta:
        model = Page
        fields = ["body"]


@pytest.fixture(autouse=True)
def table(db: None) -> None:
    """Its table, gone with the test's transaction."""
    with connection.cursor() as cursor:
        kind = "serial" if connection.vendor == "postgresql" else "integer"
        cursor.execute(f"CREATE TABLE tests_page (id {kind} PRIMARY KEY, body text NOT NULL)")


def by_update() -> None:
    Page.objects.create()
    Page.objects.update(body=DIRTY)


def by_bulk_update() -> None:
    page = Page.objects.create()
    page.body = DIRTY
    Page.objects.bulk_update([page], ["body"])


def by_update_fields() -> None:
    page = Page.objects.create()
    page.body = DIRTY
    page.save(update_fields=["body"])


def by_form() -> None:
    form = PageForm({"body": DIRTY})
    assert form.is_valid(), form.errors
    form.save()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Page(body=DIRTY).save(),
        lambda: Page.objects.create(body=DIRTY),
        lambda: Page.objects.bulk_create([Page(body=DIRTY)]),
        lambda: Page.objects.update_or_create(pk=1, defaults={"body": DIRTY}),
        by_update,
        by_bulk_update,
        by_update_fields,
        by_form,
    ],
)
def test_what_is_stored_is_clean(write: Callable[[], Any]) -> None:
    write()
    stored = Page.objects.values_list("body", flat=True).get()
    assert "Kept" in stored
    assert "script" not in stored
    assert "onclick" not in stored


def test_the_object_that_was_saved_holds_what_is_stored() -> None:
    page = Page(body=DIRTY)
    page.save()
    assert page.body == Page.objects.get().body


def test_a_form_validates_what_will_be_stored() -> None:
    form = PageForm({"body": DIRTY})
    form.is_valid()
    assert "script" not in form.instance.body


def test_revisions_added_in_bulk_are_clean(statement: Statement, editor: User) -> None:
    text = saved(statement, "az", editor).text
    Revision.objects.bulk_create([Revision(text=text, number=2, title="Imported", body=DIRTY)])
    assert "script" not in Revision.objects.get(number=2).body
