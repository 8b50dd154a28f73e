"""A wish for a language: asked, approved, declined, failed and tried again."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from memorial.accounts.models import Grant, Role, User
from memorial.accounts.refusal import Refused
from memorial.languages import requests
from memorial.languages.amend import amend_language, confirm_formats, confirmation
from memorial.languages.models import Language, LanguageChange, LanguageRequest, LanguageSet
from memorial.languages.requests import (
    add_language,
    approve_request,
    decline_request,
    open_requests,
    reasons_not_to_approve,
    request_language,
    retry_request,
    standing,
)
from tests.builders import a_user

State = LanguageRequest.State


def why_not(verb: Any, *args: Any, **options: Any) -> list[str]:
    """The codes of the reasons with which a verb refuses."""
    with pytest.raises(Refused) as refused:
        verb(*args, **options)
    return [reason.code for reason in refused.value.reasons]


def a_manager() -> User:
    """Somebody who manages languages."""
    return a_user("manager", Role.LANGUAGE_MANAGER)


def test_a_translator_asks_and_nothing_is_changed_yet(persian_translator: User) -> None:
    asked = request_language("ps", by=persian_translator, fallbacks=["fa"], reason=" Readers in Kabul. ")
    assert (asked.state, asked.reason, asked.fallbacks) == (State.REQUESTED, "Readers in Kabul.", ["fa"])
    assert list(open_requests()) == [asked]
    assert not Language.objects.filter(tag="ps").exists()


def test_every_reason_against_a_wish_is_told_before_it_is_stored(persian_translator: User) -> None:
    nobody = a_user("nobody")
    assert why_not(request_language, "qqx", by=nobody, fallbacks=["xx"]) == ["not-allowed", "name", "fallbacks"]
    assert why_not(request_language, "fa", by=persian_translator) == ["exists"]
    assert why_not(request_language, "FA", by=persian_translator) == ["tag"]
    assert why_not(request_language, "lez", by=persian_translator, plurals_like="lez") == ["plurals"]
    assert not LanguageRequest.objects.exists()
    request_language("ps", by=persian_translator)
    assert why_not(request_language, "ps", by=persian_translator) == ["asked"]


@pytest.mark.usefixtures("tables_as_before")
def test_an_approved_wish_becomes_a_language_and_who_asked_translates_into_it(persian_translator: User) -> None:
    manager = a_manager()
    version = LanguageSet.objects.get().version
    asked = request_language(
        "lez", by=persian_translator, name_own="Лезги", name_en="Lezgian", script="Cyrl", direction="ltr",
        plurals_like="ru", fallbacks=["ru"], review="other",
    )  # fmt: skip
    assert why_not(approve_request, asked, by=persian_translator) == ["not-allowed"]
    approve_request(asked, by=manager)
    language = Language.objects.get(tag="lez")
    assert (language.name_own, language.plurals_like, language.review) == ("Лезги", "ru", "other")
    assert (language.fallbacks, language.state) == (["ru"], Language.State.PREPARING)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, standing(asked)) == (State.ADDED, manager, State.ADDED)
    assert Grant.objects.filter(user=persian_translator, role=Role.TRANSLATOR, language="lez").exists()
    assert LanguageSet.objects.get().version == version + 1
    assert not open_requests()
    assert why_not(decline_request, asked, answer="No.", by=manager) == ["decided"]


@pytest.mark.usefixtures("tables_as_before")
def test_who_may_add_needs_to_ask_nobody(settings: Any) -> None:
    translator = a_user("translator-fa", Role.TRANSLATOR, language="fa")
    assert why_not(add_language, "ps", by=translator) == ["not-allowed"]
    settings.TRANSLATORS_MAY_ADD_LANGUAGES = True
    added = add_language("ps", by=translator, review=Language.Review.NONE)
    assert (added.state, added.requested_by, added.decided_by) == (State.ADDED, translator, translator)
    assert Language.objects.get(pk="ps").review == Language.Review.REVIEWER, "a translator does not do away with review"
    assert Grant.objects.filter(user=translator, role=Role.TRANSLATOR, language="ps").exists()


@pytest.mark.usefixtures("tables_as_before")
def test_who_may_translate_anyway_gets_no_role(administrator: User) -> None:
    add_language("ps", by=administrator)
    assert not Grant.objects.filter(language="ps").exists()


def test_a_language_is_not_added_inside_of_a_transaction(administrator: User) -> None:
    with transaction.atomic():
        assert why_not(add_language, "ps", by=administrator) == ["atomic"]
    assert not LanguageRequest.objects.exists()


@pytest.mark.usefixtures("tables_as_before")
def test_of_two_who_approve_one_wins(persian_translator: User) -> None:
    manager, other = a_manager(), a_user("other", Role.ADMINISTRATOR)
    asked = request_language("ps", by=persian_translator)
    seen_by_other = LanguageRequest.objects.get(pk=asked.pk)
    seen_before = LanguageRequest.objects.get(pk=asked.pk)
    approve_request(asked, by=manager)
    assert why_not(approve_request, seen_by_other, by=other) == ["decided"]
    # And where both had looked before either had decided:
    Language.objects.filter(tag="ps").delete()
    with pytest.raises(Refused):
        requests._take(seen_before, State.ADDING, by=other, now=timezone.now())
    assert LanguageRequest.objects.get().decided_by == manager
    Language.objects.create(tag="ps", name_en="Pashto", name_own="پښتو", script="Arab", direction="rtl")


@pytest.mark.usefixtures("tables_as_before")
def test_what_fails_keeps_its_reason_and_can_be_tried_again(
    persian_translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = a_manager()
    asked = request_language("ps", by=persian_translator)

    def broken(*args: Any) -> int:
        raise DatabaseError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("memorial.languages.enrol.add_columns", broken)
        approve_request(asked, by=manager)
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "nothing was changed" in asked.answer
    assert not Language.objects.filter(tag="ps").exists()
    assert not Grant.objects.filter(language="ps").exists()
    assert why_not(approve_request, asked, by=manager) == ["decided"]
    retry_request(asked, by=manager)
    assert standing(asked) == State.ADDED
    assert asked.answer == ""


@pytest.mark.usefixtures("tables_as_before")
def test_a_process_that_died_while_adding_is_seen_and_can_be_followed(persian_translator: User) -> None:
    manager, now = a_manager(), timezone.now()
    asked = request_language("ps", by=persian_translator)
    asked.state, asked.decided_by, asked.decided_at = State.ADDING, manager, now
    asked.save()
    assert standing(asked, now + timedelta(minutes=1)) == State.ADDING
    assert why_not(retry_request, asked, by=manager) == ["decided"]
    assert standing(asked, now + timedelta(minutes=3)) == State.FAILED
    LanguageRequest.objects.update(decided_at=now - timedelta(minutes=3))
    asked.refresh_from_db()
    retry_request(asked, by=manager)
    assert LanguageRequest.objects.get().state == State.ADDED


def test_a_language_that_came_by_another_way_has_been_added(persian_translator: User) -> None:
    asked = request_language("ps", by=persian_translator)
    Language.objects.create(tag="ps", name_en="Pashto", name_own="پښتو", script="Arab", direction="rtl")
    assert standing(asked) == State.ADDED
    assert not open_requests()
    assert [reason.code for reason in reasons_not_to_approve(asked, by=a_manager())] == ["decided"]


def test_a_wish_is_declined_with_an_answer(persian_translator: User) -> None:
    manager = a_manager()
    asked = request_language("ps", by=persian_translator)
    assert why_not(decline_request, asked, answer=" ", by=persian_translator) == ["not-allowed", "no-answer"]
    decline_request(asked, answer="Next year.", by=manager)
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == (State.DECLINED, "Next year.")
    # And may be asked for again.
    assert request_language("ps", by=persian_translator).state == State.REQUESTED


def test_only_what_processes_keep_in_memory_makes_them_reload(administrator: User) -> None:
    version = LanguageSet.objects.get().version
    amend_language("fa", by=administrator, review="other")
    assert Language.objects.get(tag="fa").review == "other"
    assert LanguageSet.objects.get().version == version
    amend_language("fa", by=administrator, review="other", name_own="پارسی")
    assert LanguageSet.objects.get().version == version + 1
    assert LanguageChange.objects.filter(action="amended").count() == 2
    amend_language("fa", by=administrator, review="other")
    assert LanguageChange.objects.filter(action="amended").count() == 2


def test_a_language_counts_like_one_whose_rule_cldr_has(administrator: User) -> None:
    assert why_not(amend_language, "fa", by=administrator, plurals_like="lez") == ["plurals"]
    amend_language("fa", by=administrator, plurals_like="ru")
    assert Language.objects.get(tag="fa").plurals_like == "ru"


def test_formats_are_confirmed_until_they_are_described_anew(persian_translator: User, administrator: User) -> None:
    assert why_not(confirm_formats, "az", by=persian_translator) == ["not-allowed"]
    language = confirm_formats("fa", by=persian_translator)
    confirmed = confirmation(language)
    assert confirmed is not None
    assert confirmed.by == persian_translator
    assert why_not(confirm_formats, "fa", by=persian_translator) == ["confirmed"]
    assert confirmation(amend_language("fa", by=administrator, review="other", position=3)) is not None
    assert confirmation(amend_language("fa", by=administrator, name_own="پارسی")) is None
    stale = "فارسی · Persian · Arab · rtl"
    assert why_not(confirm_formats, "fa", by=persian_translator, seen=stale) == ["described-since"]
