"""Questions that are put into SQL once."""

import time
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from memorial.languages import prepared as questions
from memorial.languages.models import Language, LanguageChange
from memorial.languages.prepared import prepared

pytestmark = pytest.mark.django_db
built: list[object] = []


@prepared
def _at(state: str, place: int, *, is_first: bool = True) -> "QuerySet[Language]":
    built.append(state)
    rows = Language.objects.filter(state=state, position__gte=place)
    return rows.order_by("position" if is_first else "-position")


@pytest.fixture(autouse=True)
def rows() -> None:
    built.clear()
    _at._forms.clear()
    for position, tag in enumerate(("qaa", "qab", "qac")):
        row = {"name_en": tag, "name_own": tag, "script": "Latn", "state": "retired", "position": 500 + position}
        Language.objects.create(tag=tag, **row)


def test_a_question_is_built_once_and_answered_for_each_value() -> None:
    assert [row.tag for row in _at("retired", 500)] == ["qaa", "qab", "qac"]
    assert [row.tag for row in _at("retired", 502)] == ["qac"]
    assert _at("nothing' OR 1=1", 0) == []
    assert len(built) == 1
    assert "retired" not in built


def test_what_is_given_by_name_is_another_form() -> None:
    assert [row.tag for row in _at("retired", 500, is_first=False)] == ["qac", "qab", "qaa"]
    assert [row.tag for row in _at("retired", 500)] == ["qaa", "qab", "qac"]
    assert len(built) == 2


def test_an_answer_is_one_query_and_what_was_changed_is_seen() -> None:
    assert _at.first("retired", 502) is not None
    Language.objects.filter(tag="qac").delete()
    with CaptureQueriesContext(connection) as asked:
        assert _at.first("retired", 502) is None
    assert len(asked) == 1


def test_moments_and_days_are_given_as_the_database_keeps_them() -> None:
    @prepared
    def between(after: datetime, before: datetime) -> "QuerySet[LanguageChange]":
        return LanguageChange.objects.filter(at__gt=after, at__lte=before, at__date__gte=before)

    @prepared
    def since(after: datetime) -> "QuerySet[LanguageChange]":
        return LanguageChange.objects.filter(at__gt=after)

    LanguageChange.objects.create(language="qaa", action="enrolled")
    assert since(timezone.now()) == []
    assert len(since(datetime(2000, 1, 1, tzinfo=UTC))) == 1
    with pytest.raises(TypeError, match="question"):
        between(timezone.now(), timezone.now())


def test_a_question_keeps_no_moment() -> None:
    @prepared
    def now() -> "QuerySet[LanguageChange]":
        return LanguageChange.objects.filter(at__lte=timezone.now())

    with pytest.raises(TypeError, match="moment"):
        now()


def test_a_value_that_is_changed_on_its_way_is_refused() -> None:
    @prepared
    def containing(word: str) -> "QuerySet[Language]":
        return Language.objects.filter(name_en__contains=word)

    with pytest.raises(TypeError, match="as it is"):
        containing("q")


@pytest.mark.parametrize("value", [None, True, [1], 1.5])
def test_what_is_no_value_is_refused(value: object) -> None:
    @prepared
    def any_of(value: object) -> "QuerySet[Language]":
        return Language.objects.filter(position=value)

    with pytest.raises(TypeError, match="no value"):
        any_of(value)


def test_a_question_that_has_no_answer_is_not_asked() -> None:
    @prepared
    def nothing(place: int) -> "QuerySet[Language]":
        return Language.objects.filter(position=place, pk__in=[])

    with CaptureQueriesContext(connection) as asked:
        assert nothing(1) == []
    assert len(asked) == 0


def test_other_rows_than_objects_are_answered() -> None:
    @prepared
    def tags(place: int, *, is_flat: bool) -> "QuerySet[Language, object]":
        return Language.objects.filter(position__gte=place).order_by("pk").values_list("pk", flat=is_flat)

    assert tags(501, is_flat=True) == ["qab", "qac"]
    assert tags(501, is_flat=False) == [("qab",), ("qac",)]


def test_forms_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_FORMS", 2)

    @prepared
    def some(place: int, *, most: int) -> "QuerySet[Language]":
        return Language.objects.filter(position__gte=place)[:most]

    assert [len(some(500, most=most)) for most in (1, 2, 3)] == [1, 2, 3]
    assert len(some._forms) == 1


def test_a_day_is_a_value() -> None:
    @prepared
    def on(day: date) -> "QuerySet[LanguageChange]":
        return LanguageChange.objects.filter(at__date=day)

    LanguageChange.objects.create(language="qaa", action="enrolled")
    assert len(on(timezone.now().date())) == 1
    assert on(date(2000, 1, 1)) == []


def test_those_who_ask_first_at_once_write_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A query changes while it is written: what two would write of one at a time refers to tables that it has not."""
    written = []

    class Nothing:
        def rows(self, values: object, connection: object) -> list[Language]:
            return []

    def write(*asked: object) -> Nothing:
        written.append(asked)
        time.sleep(0.1)
        return Nothing()

    monkeypatch.setattr(questions, "_written", write)
    question, moment = prepared(_at._build), Barrier(4)

    def ask() -> None:
        moment.wait()
        assert question("public", 1) == []

    asking = [Thread(target=ask) for _ in range(4)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(written) == 1
