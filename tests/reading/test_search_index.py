"""The index for search: written with a publication or not at all, made anew while the site runs, never in the way."""

import threading
from contextlib import nullcontext
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import checks
from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.publishing.models import Edition
from memorial.reading.models import PendingRebuild, SearchEntry, SearchWord
from memorial.reading.search import document, index, window
from memorial.reading.search.engine import Results, Wish, search
from memorial.reading.search.schema import backend
from memorial.reading.search.sequence import lowest_on, sequence_of
from memorial.reading.search.window import Conditions
from memorial.statements.models import Statement
from memorial.text.analysis import VERSION
from memorial.text.analysis.condition import Term

from .conftest import a_place, address, an_event, published, published_again
from .many import many_more


def find(words: str, **options: Any) -> Results:
    """What these words find."""
    return search(Wish.of(QueryDict("q=" + words.replace(" ", "+"))), lang="en", **options)


def found(words: str, **options: Any) -> list[str]:
    """The slugs of what these words find."""
    return [hit.edition.statement.slug for hit in find(words, **options).hits]


def a_find(by: User, slug: str, body: str, **fields: Any) -> Statement:
    """A published statement in English with this text."""
    text = {"title": "Example", "summary": "", "body": f"<p>{body}</p>"}
    return published(by, slug=slug, text=text, **{"languages": ["en"], "original_language": "en", **fields})


def in_the_index(now: Any = None) -> set[int]:
    """The editions that the index takes for visible."""
    sql, params = window.visible_sql("e", now or timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.edition_id FROM reading_searchentry e WHERE {sql}", params)
        return {row[0] for row in cursor.fetchall()}


def visible(now: Any = None) -> set[int]:
    """The editions that are visible."""
    return set(Edition.objects.visible(now).values_list("pk", flat=True))


def test_the_index_holds_what_is_visible_at_any_time(publisher: User) -> None:
    now = timezone.now().replace(microsecond=0)
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    first = a_find(publisher, "first", "One.", languages=["en", "az"])
    published_again(first, "en", publisher, body="<p>Two.</p>")
    published_again(first, "en", publisher, body="<p>Three.</p>", at=soon)
    published_again(first, "en", publisher, body="<p>Four.</p>", at=soon)
    published_again(first, "en", publisher, body="<p>Five.</p>", at=later)
    a_find(publisher, "second", "One.", at=soon)
    for moment in (timezone.now(), soon - timedelta(seconds=1), soon, later, later + timedelta(days=9)):
        assert in_the_index(moment) == visible(moment), moment
    with time_machine.travel(later + timedelta(seconds=1), tick=False):
        published_again(first, "az", publisher, body="<p>İki.</p>")
        assert in_the_index() == visible()
        gone = Edition.objects.exclude(pk__in=visible())
        assert not SearchEntry.objects.filter(edition__in=gone.filter(statement=first)).exists()


def test_rebuilding_makes_what_publishing_made(publisher: User) -> None:
    statement = a_find(publisher, "one", "Roses and lilies.", languages=["en", "az"])
    published_again(statement, "en", publisher, body="<p>Roses and tulips.</p>")
    a_find(publisher, "later", "Roses.", at=timezone.now().replace(microsecond=0) + timedelta(days=1))
    before = list(SearchEntry.objects.order_by("pk").values())
    words = set(SearchWord.objects.values_list("channel", "form", "readable"))
    assert call_command("rebuild_search", stdout=(told := StringIO()), stderr=StringIO()) is None
    assert told.getvalue() == "0 editions were indexed.\n"
    call_command("rebuild_search", "--all", stdout=(told := StringIO()), stderr=(progress := StringIO()))
    assert told.getvalue() == "3 editions were indexed.\n"
    assert "3 / 3" in progress.getvalue()
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    # Words of editions that are gone are forgotten.
    assert words - set(SearchWord.objects.values_list("channel", "form", "readable")) == set()
    assert found("roses tulips") == ["one"]


def test_a_rebuild_that_is_stopped_goes_on_where_it_stopped(publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BATCH", 2)
    for number in range(5):
        a_find(publisher, f"s-{number}", "Roses.", dated=f"200{number}-01-01")

    def stop(done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.rebuild(stop, only_outdated=False)
    result = find("roses")
    assert (result.total, result.is_index_incomplete) == (4, True)
    assert [warning.id for warning in problems()] == ["reading.W002"]
    a_find(publisher, "meanwhile", "Roses.", dated="2009-01-01")
    steps: list[tuple[int, int]] = []
    assert index.rebuild(lambda done, total: steps.append((done, total))) == 1
    assert steps == [(0, 1), (1, 1)]
    assert found("roses") == ["meanwhile", "s-4", "s-3", "s-2", "s-1", "s-0"]
    assert problems() == []


def problems() -> list[checks.CheckMessage]:
    """What the system check says of the index."""
    return [each for each in checks.run_checks(databases=["default"]) if (each.id or "").startswith("reading.")]


def test_entries_of_another_analyser_are_written_again(publisher: User) -> None:
    a_find(publisher, "one", "Roses.")
    SearchEntry.objects.update(analyser=VERSION + 1)
    assert [warning.id for warning in problems()] == ["reading.W002"]
    assert find("roses").is_index_incomplete
    for _time in range(3):
        SearchEntry.objects.update(analyser=VERSION + 1)
        assert index.rebuild() == 1
        assert found("roses") == ["one"]
    assert not find("roses").is_index_incomplete


def test_without_an_index_pages_work_and_search_says_so(client: Client, publisher: User) -> None:
    statement = a_find(publisher, "one", "Roses.")
    backend(connection).drop(connection)
    assert client.get(address(statement, "en")).status_code == 200
    assert find("roses").is_index_missing
    assert [warning.id for warning in problems()] == ["reading.W001"]
    a_find(publisher, "two", "Roses.")
    assert PendingRebuild.objects.count() == 1
    assert index.rebuild() == 2
    assert (len(found("roses")), problems()) == (2, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "whole"])
def test_a_publication_that_is_cut_short_leaves_nothing_in_the_index(publisher: User, is_cut: bool) -> None:
    a_find(publisher, "before", "Roses.")
    entries, words = SearchEntry.objects.count(), SearchWord.objects.count()
    statement = a_find(publisher, "cut", "Draft.")

    def publish() -> None:
        with transaction.atomic() if not is_cut else nullcontext():
            if is_cut:
                transaction.atomic().__enter__()  # and nobody leaves it
            published_again(statement, "en", publisher, body="<p>Roses and gladioli.</p>")
            if is_cut:
                connection.connection.close()  # as when the process is killed
        if not is_cut:
            connection.close()

    thread = threading.Thread(target=publish)
    thread.start()
    thread.join(30)
    assert statement.editions.count() == (1 if is_cut else 2)
    assert in_the_index() == visible()
    assert found("gladioli") == ([] if is_cut else ["cut"])
    assert found("draft") == (["cut"] if is_cut else [])
    assert SearchEntry.objects.count() == entries + 1
    assert (SearchWord.objects.filter(form="gladioli").count() == 0) == is_cut
    assert words <= SearchWord.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_words_of_a_table_that_was_emptied_belong_to_nobody(publisher: User, time: int) -> None:
    a_find(publisher, f"time-{time}", f"Roses number {time}.")
    assert found("roses") == [f"time-{time}"]


def test_words_without_an_entry_do_no_harm_to_the_next_ones(publisher: User) -> None:
    statement = a_find(publisher, "one", "Roses.")
    SearchEntry.objects.all().delete()
    assert found("roses") == []
    index.write(statement.editions.all())
    assert found("roses") == ["one"]
    assert find("roses").total == 1


def test_the_demonstration_is_indexed_as_it_is_made() -> None:
    make_demonstration(30, seed=3, tags=["az", "en", "ru", "tr"], by=archivist())
    assert in_the_index() == visible()
    in_english = Edition.objects.visible().filter(language="en").values("statement").distinct().count()
    assert find("example").total == in_english > 20
    corrected = Edition.objects.filter(number=2)
    assert SearchEntry.objects.filter(edition__in=corrected).count() == corrected.count() > 0


def test_an_entry_is_made_of_nothing_but_the_edition(publisher: User) -> None:
    statement = a_find(publisher, "one", "Şəhidlər xiyabanı.", languages=["az"], original_language="az")
    edition = statement.editions.get()
    once = document.document_of(edition, [3], [5, 7])
    Statement.objects.filter(pk=statement.pk).update(slug="other")
    assert document.document_of(Edition.objects.get(), [3], [5, 7]) == once
    assert {"sehidler", "sahidlar"} <= {*once.words["f"]["a"], *once.words["x"]["a"]}
    assert {"v3", "p5", "p7", "y2025", "laz", "gaz", "cstatement"} <= set(once.keys)


def test_what_has_no_letter_that_is_read_twice_is_kept_once(publisher: User) -> None:
    edition = a_find(publisher, "one", "Roses.").editions.get()
    assert set(document.document_of(edition, [], []).words) == {"e", "f", "s"}


def test_a_text_beyond_all_bounds_is_indexed_as_far_as_both_databases_hold(publisher: User) -> None:
    many = " ".join(f"word{number:05}" for number in range(20_000))
    often = "again " * 3_000
    long = "ə" * 3_000
    a_find(publisher, "many", f"Firstly roses. {many} lastly")
    a_find(publisher, "often", f"{often} lastly {long} end")
    assert found("roses") == ["many"]
    assert found('"word00010 word00011"') == ["many"]
    assert found("word19999") == []
    assert found("again lastly") == ["often"]
    for edition in Edition.objects.all():
        kept = document.document_of(edition, [], [])
        assert all(len(forms) <= document.MOST_POSITIONS for lists in kept.words.values() for forms in lists.values())


def plan(sql: str, params: list[Any]) -> str:
    """How the database would go about it."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_searching_uses_the_index(publisher: User) -> None:
    pattern = published(publisher, places=[a_place()], events=[an_event()])
    many_more(pattern, 600)
    a_find(publisher, "rare", "Gladioli.", dated="1991-02-01")
    index.rebuild()
    there = backend(connection)
    conditions = Conditions(timezone.now(), ["en", "az"])
    sql, params = window.select(
        "e.edition_id", there.expression(Term("folded", "gladioli"), [["cstatement"]]), conditions
    )
    steps = plan(sql, [*params, 10])
    if connection.vendor == "postgresql":
        assert "reading_search_words" in steps
    else:
        assert "w VIRTUAL TABLE INDEX" in steps
        assert "SEARCH e USING" in steps
        assert "TEMP B-TREE" not in steps
        everything, params = window.select("e.edition_id", "", conditions)
        assert "TEMP B-TREE" not in plan(everything, [*params, 10])


def test_beginnings_of_words_are_found_in_an_index() -> None:
    sql = f"SELECT form FROM reading_searchword WHERE {backend(connection).BEGINS}"
    SearchWord.objects.bulk_create(SearchWord(channel="f", form=f"{n:05}", readable="") for n in range(3_000))
    backend(connection).refresh(connection)
    steps = plan(sql, list(backend(connection).beginning("0001")))
    assert "words_by_beginning" in steps or "one_word_a_form" in steps


def test_sequences_ascend_from_the_newest_statement_to_the_oldest() -> None:
    day = timezone.now().date()
    newer, older = day + timedelta(days=1), day - timedelta(days=1)
    assert sequence_of(newer, 1) < sequence_of(day, 9) < sequence_of(day, 8) < sequence_of(older, 99)
    assert lowest_on(day) <= sequence_of(day, 2**32 - 1) < sequence_of(day, 1) < lowest_on(older)
    assert 0 < sequence_of(day.replace(year=1, month=1, day=1), 0) < 2**63
    with pytest.raises(OverflowError):
        sequence_of(day, 2**32)
