"""Publishing."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.publishing import seal
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.publishing.signals import editions_sealed
from memorial.statements.models import Statement
from memorial.text.canonical import canonical
from tests.builders import an_occasion
from tests.publishing.conftest import BODY, LATER, LATER_STILL, a_ready_statement, published_again, write
from tests.statements.conftest import an_event


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


# -- It does ---------------------------------------------------------------------------------------------------------


def test_publishing_seals_an_edition_in_each_language(ready: Statement, publisher: User) -> None:
    editions = publish(ready, ["fa", "az", "en"], by=publisher)
    assert [(edition.language, edition.number, edition.change) for edition in editions] == [
        ("fa", 1, "first"),
        ("az", 1, "first"),
        ("en", 1, "first"),
    ]
    assert len({edition.visible_from for edition in editions}) == 1
    assert set(Edition.objects.visible()) == set(editions)


def test_an_edition_holds_the_text_as_it_was_sealed(ready: Statement, publisher: User) -> None:
    [edition] = publish(ready, ["az"], by=publisher)
    head = ready.texts.get(language="az").head
    write(ready, "az", publisher, title="Changed afterwards")
    edition.refresh_from_db()
    assert edition.revision == head
    assert (edition.title, edition.body) == ("Example (az)", head.body)
    assert edition.sealed_by == publisher
    assert Edition.objects.visible().get().title == "Example (az)"


def test_an_edition_repeats_what_lists_sort_and_filter_by(publisher: User) -> None:
    statement = a_ready_statement(publisher, ["az"], occasion=an_occasion(), kind="message", dated="2025-05")
    statement.events.add(an_event())
    [edition] = publish(statement, ["az"], by=publisher)
    edition.refresh_from_db()
    assert (edition.kind, edition.dated, edition.issuer, edition.occasion) == (
        "message",
        "2025-05",
        statement.issuer,
        statement.occasion,
    )
    assert (edition.earliest.day, edition.latest.day) == (1, 31)
    assert (edition.origin, edition.completeness) == ("issued", "full")
    assert [event.slug for event in edition.events.all()] == ["example-event"]


def test_the_hash_is_that_of_exactly_the_canonical_bytes(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    stored = Edition.objects.get()
    assert stored.sha256 == hashlib.sha256(stored.canonical.encode()).hexdigest()
    assert stored.canonical == canonical(
        stored.facts,
        number=1,
        language="az",
        title=stored.title,
        summary=stored.summary,
        body=stored.body,
        note="",
        visible_from=stored.visible_from,
        sealed_at=stored.sealed_at,
    )
    assert "[p1] First paragraph of an example." in stored.canonical


def test_the_next_edition_is_numbered_on_and_the_first_stays(ready: Statement, publisher: User) -> None:
    [first] = publish(ready, ["az"], by=publisher)
    second = published_again(ready, "az", publisher, change="correction")
    assert (second.number, second.change, second.note) == (2, "correction", "The title was corrected.")
    assert list(Edition.objects.visible()) == [second]
    assert set(Edition.objects.released()) == {first, second}


def test_each_language_counts_its_own_editions(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    write(ready, "az", publisher, title="Changed")
    editions = publish(ready, ["az", "en"], by=publisher, note={"az": "Düzəliş."})
    assert [(edition.language, edition.number, edition.change, edition.note) for edition in editions] == [
        ("az", 2, "update", "Düzəliş."),
        ("en", 1, "first", ""),
    ]


def test_a_change_of_the_record_alone_can_be_published(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    ready.person = "A. Speaker"
    ready.save()
    [second] = publish(ready, ["az"], by=publisher, note="The speaker is named.")
    assert second.facts["statement"]["person"] == "A. Speaker"


def test_a_translation_says_which_edition_it_was_made_from(ready: Statement, publisher: User) -> None:
    en, az = publish(ready, ["en", "az"], by=publisher)
    assert az.facts["text"]["based_on"] is None
    assert en.facts["text"]["based_on"] == {"language": "az", "edition": 1}


def test_a_translation_of_an_unpublished_text_says_so(ready: Statement, publisher: User) -> None:
    [en] = publish(ready, ["en"], by=publisher)
    assert en.facts["text"]["based_on"] == {"language": "az", "edition": None}


def test_a_future_edition_waits_for_its_moment(ready: Statement, publisher: User) -> None:
    editions = publish(ready, ["az", "en"], by=publisher, at=LATER)
    assert {edition.visible_from for edition in editions} == {LATER}
    assert not Edition.objects.visible().exists()
    assert not Edition.objects.visible(LATER - timedelta(seconds=1)).exists()
    assert set(Edition.objects.visible(LATER)) == set(editions)


def test_a_future_edition_leaves_the_present_one_in_its_place(ready: Statement, publisher: User) -> None:
    [first] = publish(ready, ["az"], by=publisher)
    second = published_again(ready, "az", publisher, at=LATER)
    assert list(Edition.objects.visible()) == [first]
    assert list(Edition.objects.visible(LATER)) == [second]


def test_those_above_are_told_once_and_only_after_the_transaction(
    ready: Statement, publisher: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[list[Edition]] = []

    def hear(editions: list[Edition], **kwargs: Any) -> None:
        heard.append(editions)

    editions_sealed.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            editions = publish(ready, ["az", "en"], by=publisher)
            assert not heard
    finally:
        editions_sealed.disconnect(hear)
    assert heard == [editions]


def test_a_language_named_twice_is_published_once(ready: Statement, publisher: User) -> None:
    assert len(publish(ready, ["az", "az"], by=publisher)) == 1


# -- It refuses ------------------------------------------------------------------------------------------------------


def test_all_languages_or_none(ready: Statement, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az", "tr", "en"], by=publisher)
    assert codes(refusal) == ["no-text"]
    assert "Turkish" in str(refusal.value)
    assert not Edition.objects.exists()


def test_a_failure_on_the_way_leaves_nothing(
    ready: Statement, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed: list[str] = []

    def fail_at_the_second(text: str) -> str:
        sealed.append(text)
        if len(sealed) == 2:
            raise DatabaseError
        return hashlib.sha256(text.encode()).hexdigest()

    monkeypatch.setattr(seal, "digest", fail_at_the_second)
    with pytest.raises(DatabaseError):
        publish(ready, ["az", "en"], by=publisher)
    assert not Edition.objects.exists()


def test_no_language_is_refused(ready: Statement, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        publish(ready, [], by=publisher)
    assert codes(refusal) == ["no-language"]


def test_a_moment_that_is_over_is_refused(ready: Statement, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az"], by=publisher, at=timezone.now() - timedelta(minutes=5))
    assert codes(refusal) == ["moment-over"]


def test_a_moment_without_a_zone_is_a_bug(ready: Statement, publisher: User) -> None:
    with pytest.raises(ValueError, match="time zone"):
        publish(ready, ["az"], by=publisher, at=datetime(2030, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize("note", ["", "  ", {"en": "Corrected."}])
def test_from_edition_2_on_a_note_is_needed(ready: Statement, publisher: User, note: Any) -> None:
    publish(ready, ["az"], by=publisher)
    with pytest.raises(Refused) as refusal:
        published_again(ready, "az", publisher, note=note)
    assert codes(refusal) == ["no-note"]


@pytest.mark.parametrize(("change", "code"), [("correction", "change-kind"), ("rewrite", "change-unknown")])
def test_a_first_edition_is_a_first_edition(ready: Statement, publisher: User, change: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az"], by=publisher, change=change)
    assert codes(refusal) == [code]


def test_a_second_edition_is_no_first_one(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    with pytest.raises(Refused) as refusal:
        published_again(ready, "az", publisher, change="first")
    assert codes(refusal) == ["change-kind"]


@pytest.mark.parametrize("at", [None, LATER - timedelta(days=1)])
def test_no_edition_comes_before_one_that_is_waiting(ready: Statement, publisher: User, at: datetime | None) -> None:
    publish(ready, ["az"], by=publisher, at=LATER)
    with pytest.raises(Refused) as refusal:
        published_again(ready, "az", publisher, at=at)
    assert codes(refusal) == ["before-newest"]
    assert "Edition 1" in str(refusal.value)


@pytest.mark.parametrize("at", [LATER, LATER_STILL])
def test_an_edition_may_come_with_or_after_one_that_is_waiting(ready: Statement, publisher: User, at: datetime) -> None:
    publish(ready, ["az"], by=publisher, at=LATER)
    second = published_again(ready, "az", publisher, at=at)
    assert list(Edition.objects.visible(LATER_STILL)) == [second]


def test_a_text_that_was_saved_since_the_publisher_looked_is_refused(ready: Statement, publisher: User) -> None:
    seen = {"az": write(ready, "az", publisher), "en": write(ready, "en", publisher)}
    write(ready, "en", publisher, title="Changed meanwhile")
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az", "en"], by=publisher, seen=seen)
    assert codes(refusal) == ["saved-since"]
    seen["en"] = ready.texts.get(language="en").head
    assert len(publish(ready, ["az", "en"], by=publisher, seen=seen)) == 2


def test_the_reasons_of_all_languages_are_given_together(ready: Statement, publisher: User) -> None:
    publish(ready, ["az"], by=publisher)
    ready.sources.all().delete()
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az", "tr", "xx"], by=publisher)
    # What is missing around the text is said once and not for each language.
    assert codes(refusal) == ["no-source", "no-note", "no-text", "language-unknown", "no-text"]


# -- Not by whom -----------------------------------------------------------------------------------------------------


def test_a_translator_publishes_nothing_not_even_in_their_language(ready: Statement, persian_translator: User) -> None:
    with pytest.raises(Refused) as refusal:
        publish(ready, ["fa"], by=persian_translator)
    assert codes(refusal) == ["not-allowed"]
    assert not Edition.objects.exists()


def test_an_editor_publishes_where_the_setting_lets_them(ready: Statement, editor: User, settings: Settings) -> None:
    settings.EDITORS_MAY_PUBLISH = False
    with pytest.raises(Refused) as refusal:
        publish(ready, ["az"], by=editor)
    assert codes(refusal) == ["not-allowed"]
    settings.EDITORS_MAY_PUBLISH = True
    assert publish(ready, ["az"], by=editor)


def test_publishing_takes_a_constant_number_of_queries_and_four_a_language(
    ready: Statement, publisher: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(20 + 3 * 4):
        publish(ready, ["az", "en", "fa"], by=publisher)


def test_the_body_of_the_builder_has_keys(ready: Statement) -> None:
    assert ready.texts.get(language="fa").head.body == BODY.replace("<p>F", '<p data-key="p1">F').replace(
        "<p>S", '<p data-key="p2">S'
    )
