"""A translation beside its source."""

from collections.abc import Callable

from django.test import Client

from memorial.accounts.models import User
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.save import save_text

Enter = Callable[[User], Client]


def address(statement: Statement, language: str = "fa") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/"


def typed(**changes: str) -> dict[str, str]:
    return {
        "text_title": "بیانیه", "text_summary": "", "text_body": "<p>متن</p><p>دوم</p>", "text_origin": "archive",
        "text_completeness": "full", "text_credit": "", "text_seen": "", **changes,
    }  # fmt: skip


def test_both_sides_carry_their_own_language_and_direction(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    page = enter(persian_translator).get(address(statement)).content.decode()
    assert '<div class="shown-text" lang="az" dir="ltr">' in page
    assert 'name="text_body"' in page
    assert 'lang="fa" dir="rtl"' in page


def test_a_translation_is_saved_on_the_source_that_was_shown(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    source = Text.objects.get().head
    client = enter(persian_translator)
    shown = client.get(address(statement)).context["source"].head
    newer = save_text(statement, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=source, by=source.saved_by)
    mark_ready(newer, significance=Significance.MEANING, by=source.saved_by)
    answer = client.post(address(statement), typed(based_on=str(shown.pk)))
    assert answer.status_code == 302
    head = Text.objects.get(language="fa").head
    assert (head.based_on, head.saved_by) == (source, persian_translator)
    assert head.body.count("data-key") == 2
    assert client.get(address(statement)).context["is_outdated"]


def test_any_other_language_may_stand_beside(editor: User, enter: Enter, statement: Statement) -> None:
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, by=editor)
    client = enter(editor)
    assert client.get(address(statement)).context["source"].language == "az"
    assert client.get(address(statement) + "?source=ru").context["source"].language == "ru"
    assert client.get(address(statement) + "?source=fa").context["source"].language == "az"


def test_only_the_own_language_is_written(persian_translator: User, enter: Enter, statement: Statement) -> None:
    client = enter(persian_translator)
    for language in ("az", "en", "ru"):
        assert client.post(address(statement, language), typed()).status_code == 403
    assert Revision.objects.count() == 1
    page = client.get(address(statement, "ru")).content.decode()
    assert 'name="text_body"' not in page


def test_a_text_saved_meanwhile_comes_back_beside_what_was_typed(
    editor: User, persian_translator: User, enter: Enter, statement: Statement
) -> None:
    client = enter(persian_translator)
    theirs = save_text(statement, "fa", title="دیگری", summary="", body="<p>نوشته‌ی دیگری</p>", seen=None, by=editor)
    answer = client.post(address(statement), typed())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "نوشته‌ی دیگری" in page
    assert "متن" in page
    assert Text.objects.get(language="fa").head == theirs
    again = typed(text_seen=str(answer.context["form"]["text_seen"].value()))
    assert client.post(address(statement), again).status_code == 302
    assert Text.objects.get(language="fa").head.number == 2


def test_a_missing_title_keeps_what_was_typed(persian_translator: User, enter: Enter, statement: Statement) -> None:
    answer = enter(persian_translator).post(address(statement), typed(text_title=""))
    assert answer.status_code == 200
    assert "متن" in answer.content.decode()
    assert not Text.objects.filter(language="fa").exists()


def test_unknown_statements_and_languages_are_not_found(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    assert client.get(address(statement, "xx")).status_code == 404
    assert client.get("/admin/statements/statement/999999/text/fa/").status_code == 404


def test_the_history_shows_every_revision(editor: User, enter: Enter, statement: Statement) -> None:
    head = Text.objects.get().head
    save_text(statement, "az", title="İkinci", summary="", body="<p>İkinci</p>", seen=head, by=editor)
    page = enter(editor).get(address(statement, "az") + "history/").content.decode()
    assert page.index("İkinci") < page.index("Bəyanat")
