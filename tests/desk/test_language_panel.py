"""The panel of languages beside the statement's form."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve, submit
from memorial.translations.save import save_text
from tests.builders import a_user

Enter = Callable[[User], Client]


def address(statement: Statement) -> str:
    return f"/admin/statements/statement/{statement.pk}/change/"


@pytest.fixture(autouse=True)
def site_languages(db: None) -> None:
    """Azerbaijani and Persian; Persian texts need a reviewer."""
    for tag, review in (("az", "none"), ("fa", "reviewer")):
        row = {"name_en": tag, "name_own": tag, "state": "public", "review": review}
        Language.objects.update_or_create(tag=tag, defaults=row)


def said(client: Client, statement: Statement, tag: str) -> list[str]:
    lines = client.get(address(statement)).context["language_lines"]
    return [value for line in lines if line.state.language.tag == tag for value, _label in line.marks]


def test_a_line_says_where_the_work_stands(
    publisher: User, persian_translator: User, enter: Enter, statement: Statement
) -> None:
    client = enter(publisher)
    assert said(client, statement, "fa") == ["missing"]
    az = Text.objects.get(language="az").head
    head = save_text(
        statement, "fa", title="یک", summary="", body="<p>یک</p>", seen=None, based_on=az, by=persian_translator
    )
    assert said(client, statement, "fa") == ["draft"]
    submit(head.text, seen=head, by=persian_translator)
    assert said(client, statement, "fa") == ["in-review"]
    approve(Text.objects.get(language="fa"), seen=head, by=a_user("reviewer", "reviewer", language="fa"))
    assert said(client, statement, "fa") == ["approved"]
    publish(statement, ["az", "fa"], by=publisher)
    assert said(client, statement, "fa") == ["published"]
    again = save_text(statement, "fa", title="دو", summary="", body="<p>دو</p>", seen=head, by=persian_translator)
    submit(Text.objects.get(language="fa"), seen=again, by=persian_translator)
    assert said(client, statement, "fa") == ["changed", "in-review"]


def test_a_line_says_how_much_the_source_has_changed(editor: User, enter: Enter, statement: Statement) -> None:
    editor.interface_language = "en"
    editor.save()
    az = Text.objects.get(language="az").head
    save_text(statement, "fa", title="یک", summary="", body="<p>یک</p>", seen=None, based_on=az, by=editor)
    newer = save_text(statement, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=az, by=editor)
    client = enter(editor)
    page = client.get(address(statement)).content.decode()
    assert "Ready for translation …" in page
    assert "outdated" not in page
    mark_ready(newer, significance=Significance.URGENT, by=editor)
    page = client.get(address(statement)).content.decode()
    assert "outdated: urgent" in page
    assert "Ready for translation …" not in page
    assert "ready for translation" in page


def test_every_text_is_reached_from_its_line(
    editor: User, persian_translator: User, enter: Enter, statement: Statement
) -> None:
    save_text(statement, "fa", title="یک", summary="", body="<p>یک</p>", seen=None, by=editor)
    text = f"/admin/statements/statement/{statement.pk}/text"
    page = enter(editor).get(address(statement)).content.decode()
    for target in (f"{text}/fa/", f"{text}/fa/preview/", f"{text}/fa/history/", f"{text}/az/ready/"):
        assert f'href="{target}"' in page, target
    assert f'href="{text}/az/ready/"' not in enter(persian_translator).get(address(statement)).content.decode()
