"""Why a text cannot be published: every reason, with what to do."""

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import Language
from memorial.publishing.readiness import Readiness, readiness
from memorial.publishing.release import publish
from memorial.statements.models import Issuer, Statement
from memorial.translations.models import Revision, Text
from memorial.translations.review import approve, submit
from tests.builders import a_statement, a_user
from tests.publishing.conftest import a_ready_statement, write
from tests.statements.conftest import a_figure, an_event

pytestmark = pytest.mark.django_db


def codes(statement: Statement, language: str) -> list[str]:
    return [reason.code for reason in readiness(statement, language)]


def test_a_finished_text_is_ready(ready: Statement) -> None:
    assert readiness(ready, "az") == readiness(ready, "en") == readiness(ready, "fa") == []


def test_a_language_without_a_text_is_not_ready(ready: Statement) -> None:
    assert codes(ready, "tr") == ["no-text"]


def test_a_language_that_the_site_has_not_is_not_ready(ready: Statement) -> None:
    assert codes(ready, "xx") == ["language-unknown", "no-text"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (Language.State.PREPARING, []),
        (Language.State.PUBLIC, []),
        (Language.State.RETIRED, ["language-retired"]),
        (Language.State.LEAVING, ["language-leaving"]),
    ],
)
def test_the_state_of_the_language_counts(ready: Statement, state: str, expected: list[str]) -> None:
    Language.objects.filter(tag="fa").update(state=state)
    assert codes(ready, "fa") == expected


@pytest.mark.parametrize("body", ["", "<p></p>", "<p> &nbsp; </p>"])
def test_a_text_without_words_is_not_ready(publisher: User, body: str) -> None:
    statement = a_statement()
    write(statement, "az", publisher, body=body)
    assert codes(statement, "az") == ["no-body"]


def test_a_text_that_was_imported_without_a_title_is_not_ready(ready: Statement) -> None:
    text = ready.texts.get(language="az")
    [untitled] = Revision.objects.bulk_create([Revision(text=text, number=9, title=" ", body="<p>Text</p>")])
    Text.objects.filter(pk=text.pk).update(head=untitled)
    assert codes(ready, "az") == ["no-title"]


def test_a_statement_without_a_source_is_not_ready_in_any_language(ready: Statement) -> None:
    ready.sources.all().delete()
    assert codes(ready, "az") == codes(ready, "fa") == ["no-source"]
    assert codes(ready, "tr") == ["no-text", "no-source"]


def test_a_statement_that_was_imported_without_a_date_is_not_ready(ready: Statement) -> None:
    Statement.objects.filter(pk=ready.pk).update(dated="")
    assert codes(ready, "az") == ["no-date"]


def test_a_translation_by_the_archive_names_what_it_was_made_from(publisher: User) -> None:
    statement = a_ready_statement(publisher, ["az"])
    write(statement, "en", publisher, based_on=None)
    assert codes(statement, "en") == ["no-base"]
    write(statement, "en", publisher, based_on=None, origin="official")
    assert codes(statement, "en") == []


def test_a_text_names_no_base_where_the_site_lacks_the_original_language(publisher: User) -> None:
    statement = a_ready_statement(publisher, ["en"], original_language="ka")
    assert codes(statement, "en") == []


def test_an_issuer_without_any_name_is_not_ready(publisher: User) -> None:
    nameless = Issuer.objects.create(slug="nameless", kind="ministry")
    statement = a_ready_statement(publisher, ["az"], issuer=nameless)
    assert codes(statement, "az") == ["no-name"]
    assert "nameless" in str(readiness(statement, "az")[0])


def test_a_name_in_another_language_is_enough(publisher: User) -> None:
    issuer = Issuer.objects.create(slug="local", kind="ministry", name_fa="وزارت")
    assert codes(a_ready_statement(publisher, ["az"], issuer=issuer), "az") == []


def test_a_figure_points_to_a_paragraph_that_the_text_has(ready: Statement) -> None:
    a_figure(statement=ready, event=an_event(), block="p2").save()
    assert codes(ready, "az") == []
    a_figure(statement=ready, event=ready.figures.get().event, block="p7").save()
    assert codes(ready, "az") == codes(ready, "en") == ["figure-paragraph"]
    assert "p7" in str(readiness(ready, "az")[0])


def test_a_translated_summary_need_not_have_every_paragraph(ready: Statement, publisher: User) -> None:
    a_figure(statement=ready, event=an_event(), block="p2").save()
    write(ready, "en", publisher, body="<p>In short.</p>", completeness="summary")
    assert codes(ready, "en") == []
    [edition] = publish(ready, ["en"], by=publisher)
    assert edition.facts["figures"][0]["block"] == ""


def test_what_has_not_changed_is_not_published_again(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    assert codes(ready, "az") == ["unchanged"]
    write(ready, "az", publisher, title="Changed")
    assert codes(ready, "az") == []


def test_a_change_around_the_text_is_a_change(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    write(ready, "az", publisher, credit="A. Translator")
    assert codes(ready, "az") == []


@pytest.mark.parametrize("review", [Language.Review.REVIEWER, Language.Review.OTHER])
def test_a_text_is_approved_before_it_is_published_where_the_rule_of_its_language_says_so(
    ready: Statement, publisher: User, review: str
) -> None:
    Language.objects.filter(tag="fa").update(review=review)
    reviewer = a_user("reviewer", Role.REVIEWER, language="fa")
    text = ready.texts.get(language="fa")
    assert text.head
    assert codes(ready, "fa") == ["not-approved"]
    assert codes(ready, "en") == [], "no other language's rule is asked"
    submit(text, seen=text.head, by=publisher)
    assert codes(ready, "fa") == ["not-approved"]
    approve(text, seen=text.head, by=reviewer)
    assert codes(ready, "fa") == []
    write(ready, "fa", publisher, title="Changed after the approval")
    assert codes(ready, "fa") == ["not-approved"]
    with pytest.raises(Refused):
        publish(ready, ["fa", "az"], by=publisher)
    assert not ready.editions.exists()


def test_the_reasons_are_in_the_language_of_the_desk(ready: Statement) -> None:
    with override("ru"):
        assert "турецкий" in str(readiness(ready, "tr")[0]).lower()


def test_asking_for_all_languages_costs_as_much_as_asking_for_one(
    ready: Statement, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11) as for_one:
        readiness(ready, "az")
    with django_assert_num_queries(len(for_one)):
        asked = Readiness(ready, ["az", "en", "fa", "ru", "tr"])
        assert [tag for tag in ("az", "en", "fa", "ru", "tr") if not asked.reasons(tag)] == ["az", "en", "fa"]
