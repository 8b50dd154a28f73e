"""The record of a statement."""

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from memorial.languages.columns import column_name
from memorial.statements.fields import SID_ALPHABET
from memorial.statements.models import Statement
from tests.builders import a_statement, an_occasion

pytestmark = pytest.mark.django_db


def entitled(**titles: str) -> Statement:
    statement = a_statement()
    Statement.objects.filter(pk=statement.pk).update(
        **{column_name("title", tag): title for tag, title in titles.items()}
    )
    return Statement.objects.get(pk=statement.pk)


def test_a_statement_gets_an_id_of_eight_letters_and_digits_without_vowels() -> None:
    sid = a_statement().sid
    assert len(sid) == 8
    assert set(sid) <= set(SID_ALPHABET)
    assert not set(SID_ALPHABET) & set("aeiou")


def test_a_statement_is_called_by_its_title_in_the_active_language() -> None:
    with override("en"):
        assert str(entitled(az="Bəyanat", en="Statement")) == "Statement"


def test_a_statement_is_called_by_its_original_title_where_there_is_no_other() -> None:
    with override("fa"):
        assert str(entitled(az="Bəyanat", en="Statement")) == "Bəyanat"


def test_a_statement_without_a_title_is_called_by_its_id() -> None:
    statement = a_statement()
    assert str(statement) == statement.sid


def test_calling_a_statement_by_its_title_never_asks_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lean = Statement.objects.in_language("fa").get(pk=entitled(az="Bəyanat").pk)
    with override("fa"), django_assert_num_queries(0):
        assert str(lean) == lean.sid


def test_saving_the_record_never_puts_an_old_title_back() -> None:
    opened = entitled(az="Bəyanat")
    Statement.objects.filter(pk=opened.pk).update(
        **{column_name("title", "az"): "Yeni bəyanat", column_name("summary", "fa"): "خلاصه", "last_block": 7}
    )
    opened.person = "Somebody"
    opened.save()
    stored = Statement.objects.get(pk=opened.pk)
    assert stored.person == "Somebody"
    assert getattr(stored, column_name("title", "az")) == "Yeni bəyanat"
    assert getattr(stored, column_name("summary", "fa")) == "خلاصه"
    assert stored.last_block == 7


def test_saving_a_partly_loaded_record_writes_what_was_loaded(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    statement = entitled(az="Bəyanat")
    lean = Statement.objects.in_language("fa").get(pk=statement.pk)
    lean.slug = "other-words"
    with django_assert_num_queries(1):
        lean.save()
    assert entitled_title(statement) == "Bəyanat"
    assert Statement.objects.get(pk=statement.pk).slug == "other-words"


def entitled_title(statement: Statement) -> str:
    return str(getattr(Statement.objects.get(pk=statement.pk), column_name("title", "az")))


def test_the_first_and_last_day_follow_the_date() -> None:
    statement = a_statement(dated="2025-05")
    assert (str(statement.earliest), str(statement.latest)) == ("2025-05-01", "2025-05-31")
    statement.dated = "2025-05-20"
    statement.save(update_fields=["dated"])
    statement.refresh_from_db()
    assert str(statement.earliest) == str(statement.latest) == "2025-05-20"


def test_many_statements_entered_at_once_get_their_days_too() -> None:
    template = a_statement()
    fields = {"issuer": template.issuer, "original_language": "az", "slug": "many"}
    Statement.objects.bulk_create([Statement(dated=dated, **fields) for dated in ("1994-03", "1990~")])
    days = Statement.objects.filter(slug="many").order_by("earliest").values_list("earliest", "latest")
    assert [(str(first), str(last)) for first, last in days] == [
        ("1990-01-01", "1990-12-31"),
        ("1994-03-01", "1994-03-31"),
    ]


@pytest.mark.parametrize(
    ("month", "day", "dated", "number"),
    [
        (5, 20, "2025-05-20", 35),
        (5, 20, "2025-05-19", 35),
        (1, 1, "2024-12-31", 35),
        (12, 31, "2025-01-01", 34),
        (12, 20, "2025", 35),
        (1, 20, "2025", 35),
        (2, 29, "2025-02-28", 35),
        (5, 20, "1990-05-20", None),
    ],
)
def test_the_anniversary_is_that_of_the_nearest_return_of_the_occasion(
    month: int, day: int, dated: str, number: int | None
) -> None:
    assert a_statement(occasion=an_occasion(month=month, day=day), dated=dated).anniversary == number


def test_no_anniversary_is_counted_without_a_first_year_or_an_occasion() -> None:
    assert a_statement().anniversary is None
    assert a_statement(occasion=an_occasion(first_year=None)).anniversary is None
