"""The statement's form: record and original text, saved together or not at all."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.release import publish
from memorial.statements.attachments import keep
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from memorial.translations.save import save_text
from tests.builders import an_issuer
from tests.storages import NOBODY_THERE, use

from .conftest import BODY, form_data

Enter = Callable[[User], Client]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def address(statement: Statement) -> str:
    return f"/admin/statements/statement/{statement.pk}/change/"


def empty_inlines() -> dict[str, int]:
    return {
        f"{name}-{kind}_FORMS": 0 for name in ("sources", "figures", "attachments") for kind in ("TOTAL", "INITIAL")
    }


def test_a_statement_is_recorded_with_its_text_and_source(editor: User, enter: Enter) -> None:
    data = {
        "issuer": an_issuer().pk, "kind": "statement", "dated": "2025-05", "slug": "example", "original_language": "az",
        "text_title": "Bəyanat", "text_body": "<p>Mətn</p><script>x</script>", "text_origin": "issued",
        "text_completeness": "full", **empty_inlines(), "sources-TOTAL_FORMS": 1, "sources-0-publisher": "Gazette",
        "sources-0-what": "official", "sources-0-language": "az", "sources-0-note_az": "qeyd",
    }  # fmt: skip
    answer = enter(editor).post("/admin/statements/statement/add/?left=az&right=en", data)
    assert answer.status_code == 302, answer.context["errors"]
    statement = Statement.objects.get()
    head = statement.texts.get().head
    assert (head.title, head.saved_by, statement.created_by) == ("Bəyanat", editor, editor)
    assert "Mətn" in head.body
    assert "script" not in head.body
    assert statement.title_az == "Bəyanat"
    assert statement.sources.get().note_az == "qeyd"


def test_saving_the_form_unchanged_makes_no_revision(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    assert client.post(address(statement), form_data(client, address(statement))).status_code == 302
    assert Revision.objects.count() == 1


def test_a_changed_text_is_a_new_revision_by_its_author(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    data = form_data(client, address(statement)) | {"text_title": "Yeni", "person": "Somebody"}
    assert client.post(address(statement), data).status_code == 302
    head = Text.objects.get().head
    assert (head.number, head.title, head.saved_by) == (2, "Yeni", editor)
    assert Statement.objects.get().person == "Somebody"


def test_a_text_saved_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    editor: User, publisher: User, enter: Enter, statement: Statement
) -> None:
    client = enter(editor)
    opened = form_data(client, address(statement))
    seen = Text.objects.get().head
    theirs = save_text(statement, "az", title="Onların", summary="", body="<p>Onlarınki</p>", seen=seen, by=publisher)
    typed = opened | {"text_title": "Mənim", "text_body": "<p>Mənimki</p>", "person": "Somebody"}
    answer = client.post(address(statement), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert Text.objects.get().head == theirs
    assert Statement.objects.get().person == ""
    for words in ("Onlarınki", "Mənimki", "Mənim", "Somebody"):
        assert words in page
    assert answer.context["theirs"] == theirs
    # The form that came back was written in the knowledge of theirs: it may be saved, and both are kept.
    again = typed | {"text_seen": answer.context["adminform"].form["text_seen"].value()}
    assert client.post(address(statement), again).status_code == 302
    assert list(Revision.objects.order_by("number").values_list("title", flat=True)) == ["Bəyanat", "Onların", "Mənim"]


def test_a_colleagues_other_field_survives_an_old_form(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    opened = form_data(client, address(statement))
    Statement.objects.filter(pk=statement.pk).update(person="Newer", title_ru="Новее")
    assert client.post(address(statement), opened | {"person_role": "Minister"}).status_code == 302
    saved = Statement.objects.get()
    assert (saved.person, saved.person_role, saved.title_ru) == ("Newer", "Minister", "Новее")


def test_a_translator_reads_the_record_and_translates_its_notes(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    client = enter(persian_translator)
    data = form_data(client, address(statement)) | {
        "sources-0-note_fa": "یادداشت", "sources-0-note_az": "forged", "sources-0-publisher": "forged",
        "person": "forged", "text_title": "forged", "text_body": "<p>forged</p>",
        "text_seen": Revision.objects.get().pk,
        "text_origin": "issued", "text_completeness": "full",
    }  # fmt: skip
    assert client.post(address(statement), data).status_code == 302
    source = statement.sources.get()
    assert (source.note_fa, source.note_az or "", source.publisher) == ("یادداشت", "", "Example Gazette")
    assert Statement.objects.get().person == ""
    assert Revision.objects.get().title == "Bəyanat"


def test_a_file_is_kept_by_the_rooms_own_verb(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    data = form_data(client, address(statement)) | {
        "attachments-TOTAL_FORMS": 1, "attachments-0-file": SimpleUploadedFile("text.pdf", PDF),
        "attachments-0-caption_az": "Mətn",
    }  # fmt: skip
    answer = client.post(address(statement), data)
    assert answer.status_code == 302, answer.context["errors"]
    kept = statement.attachments.get()
    assert (kept.name, kept.size, kept.caption_az, len(kept.sha256)) == ("text.pdf", len(PDF), "Mətn", 64)


def test_a_file_that_is_not_kept_is_refused_in_the_form(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    data = form_data(client, address(statement)) | {
        "attachments-TOTAL_FORMS": 1, "attachments-0-file": SimpleUploadedFile("x.exe", b"MZ..."), "person": "Somebody",
    }  # fmt: skip
    answer = client.post(address(statement), data)
    assert answer.status_code == 200
    assert Statement.objects.get().person == ""
    assert not statement.attachments.exists()


def test_a_file_that_cannot_be_stored_is_said_in_the_form_and_nothing_is_saved(
    editor: User, enter: Enter, statement: Statement, failing_storage: object
) -> None:
    client = enter(editor)
    data = form_data(client, address(statement)) | {
        "attachments-TOTAL_FORMS": 1, "attachments-0-file": SimpleUploadedFile("text.pdf", PDF), "person": "Somebody",
    }  # fmt: skip
    answer = client.post(address(statement), data)
    assert answer.status_code == 200
    assert "could not be stored" in answer.content.decode()
    assert "Somebody" in answer.content.decode(), "everything typed comes back"
    assert Statement.objects.get().person == ""
    assert not statement.attachments.exists()


def test_a_file_is_shown_by_its_name_without_a_link_and_without_asking_the_storage(
    editor: User, persian_translator: User, enter: Enter, statement: Statement, settings: Settings
) -> None:
    kept = keep(statement, SimpleUploadedFile("text.pdf", PDF), by=editor)
    use(settings, NOBODY_THERE)
    for user in (editor, persian_translator):
        page = enter(user).get(address(statement) + "?left=az&right=fa").content.decode()
        assert "text.pdf" in page
        assert kept.file.name not in page


def test_the_panel_has_one_line_a_language_the_original_first(editor: User, enter: Enter, statement: Statement) -> None:
    lines = enter(editor).get(address(statement)).context["language_lines"]
    assert next(line.state.language.tag for line in lines) == "az"
    assert {line.state.language.tag for line in lines} == set(Language.objects.values_list("tag", flat=True))
    assert [str(line.state.state) for line in lines][:2] == ["draft", "missing"]


def test_the_button_is_off_for_the_reasons_of_the_verb(editor: User, enter: Enter, statement: Statement) -> None:
    statement.sources.all().delete()
    page = enter(editor).get(address(statement))
    assert [reason.code for reason in page.context["publish_reasons"]] == ["no-source"]
    assert str(page.context["publish_reasons"][0]) in page.content.decode()


def test_the_button_is_off_for_those_who_may_not_publish(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    page = enter(persian_translator).get(address(statement))
    assert [reason.code for reason in page.context["publish_reasons"]] == ["not-allowed"]


def test_what_was_published_is_not_deleted_and_the_desk_says_so(
    editor: User, enter: Enter, statement: Statement
) -> None:
    publish(statement, ["az"], by=editor)
    client = enter(editor)
    answer = client.post(f"/admin/statements/statement/{statement.pk}/delete/", {"post": "yes"}, follow=True)
    assert Statement.objects.filter(pk=statement.pk).exists()
    assert "cannot be deleted" in answer.content.decode()


def test_a_draft_may_be_deleted(editor: User, enter: Enter, statement: Statement) -> None:
    answer = enter(editor).post(f"/admin/statements/statement/{statement.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    assert not Statement.objects.exists()


@pytest.mark.parametrize("count", [1, 8])
def test_the_number_of_queries_does_not_grow_with_the_languages(
    editor: User, enter: Enter, statement: Statement, count: int
) -> None:
    client = enter(editor)
    client.get(address(statement))
    Language.objects.exclude(tag__in=["az", "en", "ru", "tr"]).delete()
    with CaptureQueriesContext(connection) as few:
        client.get(address(statement))
    for number in range(count):
        Language.objects.create(tag=f"x{'abcdefgh'[number]}", name_en="X", name_own="X", script="Latn", position=200)
    with CaptureQueriesContext(connection) as many:
        client.get(address(statement))
    assert len(many) == len(few)
    assert len(many) <= 60


def test_the_body_is_shown_in_its_own_language_and_direction(editor: User, enter: Enter, statement: Statement) -> None:
    form = enter(editor).get(address(statement)).context["adminform"].form
    attributes = form.fields["text_body"].widget.attrs
    assert (attributes["lang"], attributes["dir"]) == ("az", "ltr")
    assert BODY.count("<p>") == str(form["text_body"].value()).count("data-key")
