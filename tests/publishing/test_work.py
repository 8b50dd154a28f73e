"""What waits for whom."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from memorial.accounts.models import Role, User
from memorial.languages.models import Language
from memorial.publishing import work
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.drafts import keep_draft
from memorial.translations.models import PrivateDraft, Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve, may_approve, send_back, submit
from tests.builders import a_statement, a_user, an_occasion

from .conftest import a_ready_statement, write

Review = Language.Review


@pytest.fixture
def reviewer(db: None) -> User:
    """A reviewer of Persian."""
    return a_user("reviewer-fa", Role.REVIEWER, language="fa")


@pytest.fixture
def sent(publisher: User, persian_translator: User) -> Text:
    """A Persian text that its translator sent to review."""
    return _sent(a_ready_statement(publisher, ["az"]), persian_translator)


def _rule(rule: str, *tags: str) -> None:
    Language.objects.filter(tag__in=tags or ["fa"]).update(review=rule)


def _sent(statement: Statement, by: User, language: str = "fa") -> Text:
    write(statement, language, by)
    text = Text.objects.select_related("head").get(statement=statement, language=language)
    submit(text, seen=_head(text), by=by)
    return text


def _head(text: Text) -> Revision:
    head = Text.objects.select_related("head").get(pk=text.pk).head
    assert head is not None
    return head


def _to_review(user: User) -> list[int]:
    return [text.pk for text in work.to_review(user, work.Reviewing.read())]


def test_the_languages_of_somebody_are_those_of_their_roles(persian_translator: User, editor: User) -> None:
    assert work.languages_of(persian_translator) == ["fa"]
    assert work.languages_of(editor) == ["az", "en", "ru", "tr", "fa"]
    assert work.languages_of(a_user("manager", Role.LANGUAGE_MANAGER)) == []


def test_a_text_that_came_back_is_told_to_its_sender_alone(
    sent: Text, persian_translator: User, reviewer: User, editor: User
) -> None:
    assert list(work.sent_back_to(persian_translator)) == []
    send_back(sent, seen=_head(sent), message="The date is wrong.", by=reviewer)
    told = work.sent_back_to(persian_translator).get()
    assert (told.pk, told.step_message, told.step_name) == (sent.pk, "The date is wrong.", "reviewer-fa")
    assert list(work.sent_back_to(reviewer)) == []
    assert list(work.sent_back_to(editor)) == []
    write(sent.statement, "fa", persian_translator, title="Another")
    assert list(work.sent_back_to(persian_translator)) == []
    assert work.drafts_of(persian_translator).get() == sent


def test_drafts_are_what_somebody_saved_last_and_did_not_send_on(publisher: User, persian_translator: User) -> None:
    statement = a_ready_statement(publisher, ["az", "en"])
    write(statement, "fa", persian_translator)
    assert [text.language for text in work.drafts_of(persian_translator)] == ["fa"]
    assert {text.language for text in work.drafts_of(publisher)} == {"az", "en"}
    publish(statement, ["az"], by=publisher)
    assert [text.language for text in work.drafts_of(publisher)] == ["en"]


def test_a_text_in_review_is_told_to_whoever_sent_it(sent: Text, persian_translator: User, reviewer: User) -> None:
    assert work.sent_by(persian_translator).get() == sent
    assert list(work.drafts_of(persian_translator)) == []
    approve(sent, seen=_head(sent), by=reviewer)
    assert list(work.sent_by(persian_translator)) == []


def test_an_approved_text_tells_which_revision_was_sent(sent: Text, persian_translator: User, reviewer: User) -> None:
    write(sent.statement, "fa", reviewer, title="Corrected")
    approve(sent, seen=_head(sent), by=reviewer)
    told = work.approved_for(persian_translator).get()
    assert told.head is not None
    assert (told.submitted_number, told.head.number) == (1, 2)
    assert list(work.approved_for(reviewer)) == []


def test_an_approved_text_is_told_of_for_a_month(sent: Text, persian_translator: User, reviewer: User) -> None:
    approve(sent, seen=_head(sent), by=reviewer)
    later = timezone.now() + work.REMEMBERED
    assert work.approved_for(persian_translator, later - timedelta(hours=1)).count() == 1
    assert work.approved_for(persian_translator, later + timedelta(hours=1)).count() == 0


def test_what_was_typed_is_told_to_its_writer_where_it_differs_from_what_is_saved(
    publisher: User, persian_translator: User
) -> None:
    statement = a_ready_statement(publisher, ["az"])
    typed = {"title": "Typed", "summary": "", "body": "<p>Typed.</p>", "facts": {}, "seen": None, "based_on": None}
    keep_draft(statement, "fa", by=persian_translator, **typed)
    assert [draft.title for draft in work.kept_privately(persian_translator)] == ["Typed"]
    assert work.kept_privately(publisher) == []
    head = write(statement, "fa", persian_translator)
    assert not PrivateDraft.objects.exists()
    same = {"title": head.title, "summary": head.summary, "body": head.body}
    keep_draft(statement, "fa", by=persian_translator, **{**typed, **same, "seen": head})
    assert PrivateDraft.objects.count() == 1
    assert work.kept_privately(persian_translator) == []


@pytest.mark.parametrize("rule", Review.values)
def test_the_list_to_review_agrees_with_who_may_approve(
    rule: str, publisher: User, persian_translator: User, reviewer: User, editor: User
) -> None:
    _rule(rule)
    administrator = a_user("administrator", Role.ADMINISTRATOR)
    people = [publisher, persian_translator, reviewer, editor, a_user("lead-fa", Role.LEAD, language="fa")]
    people += [a_user("contributor-fa", Role.CONTRIBUTOR, language="fa"), a_user("r-tr", Role.REVIEWER, language="tr")]
    texts = [_sent(a_ready_statement(publisher, ["az"]), by) for by in (persian_translator, reviewer, editor)]
    for user in [*people, administrator]:
        fresh = User.objects.get(pk=user.pk)
        assert set(_to_review(fresh)) == {text.pk for text in texts if may_approve(text, fresh)}, (rule, user)


def test_the_longest_waiting_text_is_reviewed_first(publisher: User, persian_translator: User, reviewer: User) -> None:
    _rule(Review.REVIEWER)
    texts = [_sent(a_ready_statement(publisher, ["az"]), persian_translator) for _number in range(2)]
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        texts.append(_sent(a_ready_statement(publisher, ["az"]), persian_translator))
    assert _to_review(reviewer) == [texts[2].pk, texts[0].pk, texts[1].pk]


def test_an_administrator_hears_of_texts_that_no_reviewer_could_approve(
    publisher: User, persian_translator: User, administrator: User
) -> None:
    _rule(Review.REVIEWER)
    text = _sent(a_ready_statement(publisher, ["az"]), persian_translator)
    reviewing = work.Reviewing.read()
    assert work.stuck(administrator, reviewing).get() == text
    assert _to_review(administrator) == []  # told once
    assert list(work.stuck(publisher, reviewing)) == []
    a_user("reviewer-fa", Role.REVIEWER, language="fa")
    assert list(work.stuck(administrator, work.Reviewing.read())) == []
    assert _to_review(administrator) == [text.pk]


def test_the_only_reviewers_own_text_is_stuck_where_another_has_to_approve(
    publisher: User, reviewer: User, administrator: User
) -> None:
    _rule(Review.OTHER)
    text = _sent(a_ready_statement(publisher, ["az"]), reviewer)
    assert work.stuck(administrator, work.Reviewing.read()).get() == text
    second = a_user("second-fa", Role.LEAD, language="fa")
    assert list(work.stuck(administrator, work.Reviewing.read())) == []
    User.objects.filter(pk=second.pk).update(is_active=False)
    assert work.stuck(administrator, work.Reviewing.read()).get() == text


def test_a_language_without_review_is_never_stuck(publisher: User, sent: Text, administrator: User) -> None:
    _rule(Review.NONE)
    assert list(work.stuck(administrator, work.Reviewing.read())) == []


def test_urgent_changes_come_before_those_of_meaning_and_of_wording(publisher: User, persian_translator: User) -> None:
    made = {}
    for significance in (Significance.WORDING, Significance.URGENT, Significance.MEANING):
        statement = a_ready_statement(publisher, ["az", "en", "fa"])
        changed = write(statement, "az", publisher, title="Changed")
        mark_ready(changed, significance=significance, by=publisher)
        made[significance] = statement.pk
    found = [(text.statement_id, text.language) for text in work.outdated(["fa"])]
    assert found == [(made[each], "fa") for each in (Significance.URGENT, Significance.MEANING, Significance.WORDING)]
    assert work.outdated(["fa", "en"]).count() == 6
    assert list(work.outdated([])) == []


def test_a_series_is_divided_at_half_a_year_before_its_day(publisher: User) -> None:

    occasion = an_occasion(month=1, day=1)
    days = ["2024-01-01", "2024-12-31", "2026-01-01"]
    made = [a_statement(occasion=occasion, dated=day) for day in days]
    found = work.series(occasion, date(2025, 1, 1))
    assert (found.of_the_day, found.before) == ([made[1]], made[0])
    found = work.series(occasion, date(2027, 1, 1))
    assert (found.of_the_day, found.before) == ([], made[2])


def test_what_waits_for_somebody_is_what_the_lists_tell(
    sent: Text, publisher: User, persian_translator: User, reviewer: User
) -> None:
    _rule(Review.REVIEWER)
    statement = a_ready_statement(publisher, ["az", "fa"])
    mark_ready(write(statement, "az", publisher, title="Changed"), significance=Significance.URGENT, by=publisher)
    tags = ["az", "fa"]
    reviewing = work.Reviewing.read()
    late = Text.objects.get(statement=statement, language="fa")
    assert set(work.waiting_for(reviewer, reviewing, tags)) == {sent, late}
    assert set(work.waiting_for(persian_translator, reviewing, tags)) == {late}
    send_back(sent, seen=_head(sent), message="No.", by=reviewer)
    assert set(work.waiting_for(persian_translator, reviewing, tags)) == {sent, late}
    assert list(work.waiting_for(persian_translator, reviewing, ["az"])) == []
