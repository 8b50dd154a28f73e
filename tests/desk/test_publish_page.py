"""The page “Publish ...”."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Text
from memorial.translations.save import save_text
from tests.builders import a_statement

Enter = Callable[[User], Client]


def address(statement: Statement) -> str:
    return f"/admin/statements/statement/{statement.pk}/publish/"


@pytest.fixture
def translated(statement: Statement, editor: User) -> Statement:
    """The statement, in Russian too."""
    head = Text.objects.get().head
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, based_on=head, by=editor)
    return statement


def asked(client: Client, statement: Statement, *languages: str, **more: str) -> dict[str, object]:
    seen = {f"seen-{text.language}": text.head_id for text in Text.objects.filter(statement=statement)}
    return {"languages": list(languages), "when": "now", **seen, **more}


def test_ready_languages_are_ticked_and_the_rest_say_why(publisher: User, enter: Enter, translated: Statement) -> None:
    head = Text.objects.get(language="ru").head
    save_text(translated, "ru", title="Заявление", summary="", body="", seen=head, by=publisher)
    rows = {row.state.language.tag: row for row in enter(publisher).get(address(translated)).context["candidates"]}
    assert rows["az"].is_ticked
    assert not rows["ru"].is_ticked
    assert [reason.code for reason in rows["ru"].reasons] == ["no-body"]


def test_languages_without_a_text_are_named_with_the_way_to_write_one(
    publisher: User, enter: Enter, translated: Statement
) -> None:
    client = enter(publisher)
    for position, (tag, name) in enumerate(
        {"az": "Azərbaycanca", "ru": "Русский", "en": "English", "fa": "فارسی"}.items()
    ):
        Language.objects.update_or_create(tag=tag, defaults={"name_en": tag, "name_own": name, "position": position})
    answer = client.get(address(translated))
    empty = [(language.tag, path) for language, path in answer.context["without_text"]]
    assert {"en", "fa"} <= {tag for tag, _ in empty}
    assert not {"az", "ru"} & {tag for tag, _ in empty}
    line = answer.content.decode().partition("No text yet in:")[2].partition("</p>")[0]
    for tag, path in empty:
        assert f'<a href="{path}"><bdi lang="{tag}">' in line
        assert client.get(path).status_code == 200


def test_the_line_is_not_there_when_every_language_has_a_text(
    publisher: User, enter: Enter, translated: Statement
) -> None:
    Language.objects.exclude(tag__in=["az", "ru"]).delete()
    assert "No text yet in:" not in enter(publisher).get(address(translated)).content.decode()


def test_ticked_languages_are_published_together(publisher: User, enter: Enter, translated: Statement) -> None:
    client = enter(publisher)
    assert client.post(address(translated), asked(client, translated, "az", "ru")).status_code == 302
    editions = Edition.objects.order_by("language")
    assert [(edition.language, edition.number) for edition in editions] == [("az", 1), ("ru", 1)]
    assert len({edition.visible_from for edition in editions}) == 1
    assert {edition.sealed_by for edition in editions} == {publisher}


def test_a_later_moment_is_kept_in_utc(publisher: User, enter: Enter, translated: Statement) -> None:
    client = enter(publisher)
    moment = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    data = asked(client, translated, "az", when="later", at=moment.strftime("%Y-%m-%dT%H:%M"))
    assert client.post(address(translated), data).status_code == 302
    assert Edition.objects.get().visible_from == moment
    assert not Edition.objects.visible().exists()


@pytest.mark.parametrize("at", ["", "2020-01-01T00:00", "tomorrow"])
def test_a_moment_that_is_none_publishes_nothing(publisher: User, enter: Enter, translated: Statement, at: str) -> None:
    client = enter(publisher)
    answer = client.post(address(translated), asked(client, translated, "az", when="later", at=at))
    assert answer.status_code == 200
    assert answer.context["form"].errors["at"]
    assert not Edition.objects.exists()


def test_nothing_ticked_is_nothing_published(publisher: User, enter: Enter, translated: Statement) -> None:
    client = enter(publisher)
    assert client.post(address(translated), asked(client, translated)).status_code == 409
    assert not Edition.objects.exists()


def test_a_second_edition_needs_a_note_for_readers(publisher: User, enter: Enter, translated: Statement) -> None:
    client = enter(publisher)
    client.post(address(translated), asked(client, translated, "az"))
    head = Text.objects.get(language="az").head
    save_text(translated, "az", title="Düzəliş", summary="", body="<p>Yeni</p>", seen=head, by=publisher)
    answer = client.post(address(translated), asked(client, translated, "az", change="correction"))
    assert answer.status_code == 409
    assert answer.context["refusals"]
    data = asked(client, translated, "az", change="correction", **{"note-az": "Ad düzəldilib."})
    assert client.post(address(translated), data).status_code == 302
    edition = Edition.objects.get(number=2)
    assert (edition.note, edition.change) == ("Ad düzəldilib.", "correction")


def test_a_language_that_is_not_ready_is_refused_with_the_others(
    publisher: User, enter: Enter, translated: Statement
) -> None:
    client = enter(publisher)
    head = Text.objects.get(language="ru").head
    save_text(translated, "ru", title="Заявление", summary="", body="", seen=head, by=publisher)
    answer = client.post(address(translated), asked(client, translated, "az", "ru"))
    assert answer.status_code == 409
    assert not Edition.objects.exists()
    assert answer.context["refusals"][0] in answer.content.decode()


def test_what_was_saved_since_the_page_was_opened_is_not_published_unread(
    publisher: User, editor: User, enter: Enter, translated: Statement
) -> None:
    client = enter(publisher)
    opened = asked(client, translated, "az")
    head = Text.objects.get(language="az").head
    save_text(translated, "az", title="Dəyişdi", summary="", body="<p>Dəyişdi</p>", seen=head, by=editor)
    assert client.post(address(translated), opened).status_code == 409
    assert not Edition.objects.exists()


def test_a_translator_sees_the_page_and_publishes_nothing(
    persian_translator: User, enter: Enter, translated: Statement
) -> None:
    client = enter(persian_translator)
    assert not client.get(address(translated)).context["can_publish"]
    assert client.post(address(translated), asked(client, translated, "az")).status_code == 409
    assert not Edition.objects.exists()


def test_editors_publish_only_where_the_house_lets_them(
    editor: User, enter: Enter, translated: Statement, settings: object
) -> None:
    settings.EDITORS_MAY_PUBLISH = False  # type: ignore[attr-defined]
    client = enter(editor)
    assert client.post(address(translated), asked(client, translated, "az")).status_code == 409
    assert not Edition.objects.exists()


def test_what_readers_have_is_not_ticked_because_another_statement_appeared(
    publisher: User, enter: Enter, statement: Statement
) -> None:
    other = a_statement(slug="another-statement")
    save_text(other, "az", title="Başqa", summary="", body="<p>Mətn</p>", seen=None, by=publisher)
    statement.related.add(other)
    publish(statement, ["az"], by=publisher)
    publish(other, ["az"], by=publisher)
    (row,) = enter(publisher).get(address(statement)).context["candidates"]
    assert not row.reasons
    assert not row.is_ticked
