"""Sending a text to review, sending it back, approving it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction

from memorial.accounts.models import Role, User
from memorial.accounts.permission import Action, may, people_who_may
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.translations.models import ReviewStep, Revision, Stage, Text
from memorial.translations.review import (
    approve,
    may_approve,
    reasons_against_approving,
    reasons_against_sending_back,
    reasons_against_submitting,
    reviewers_of,
    send_back,
    submit,
    submitted_revision,
    without_reviewer,
)
from tests.builders import a_user
from tests.translations.conftest import saved

Review = Language.Review


def rule(review: str, tag: str = "fa") -> None:
    """Who must approve texts in this language."""
    Language.objects.filter(tag=tag).update(review=review)


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def refused(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        verb(*args, **kwargs)
    return codes(list(refusal.value.reasons))


def fresh(text: Text) -> Text:
    return Text.objects.get(pk=text.pk)


@pytest.fixture
def contributor(db: None) -> User:
    return a_user("contributor-fa", Role.CONTRIBUTOR, language="fa")


@pytest.fixture
def reviewer(db: None) -> User:
    return a_user("reviewer-fa", Role.REVIEWER, language="fa")


@pytest.fixture
def revision(statement: Statement, persian_translator: User) -> Revision:
    """A Persian text, saved by its translator; a reviewer must approve it."""
    rule(Review.REVIEWER)
    return saved(statement, "fa", persian_translator)


@pytest.fixture
def text(revision: Revision) -> Text:
    return revision.text


@pytest.fixture
def sent(text: Text, revision: Revision, persian_translator: User) -> Text:
    """The same, sent to review by its translator."""
    submit(text, seen=revision, by=persian_translator, message="Please see the second paragraph.")
    return fresh(text)


# -- It does ---------------------------------------------------------------------------------------------------------


def test_a_text_goes_from_missing_to_draft_to_review_to_approved(
    statement: Statement, persian_translator: User, reviewer: User
) -> None:
    rule(Review.REVIEWER)
    text = Text.objects.create(statement=statement, language="fa", origin="archive")
    assert text.stage == Stage.MISSING
    revision = saved(statement, "fa", persian_translator)
    assert fresh(text).stage == Stage.DRAFT
    submit(text, seen=revision, by=persian_translator)
    assert fresh(text).stage == Stage.IN_REVIEW
    approve(text, seen=revision, by=reviewer, message=" Well done. ")
    assert fresh(text).stage == Stage.APPROVED
    assert [(step.action, step.by, step.message) for step in revision.steps.all()] == [
        ("approved", reviewer, "Well done."),
        ("submitted", persian_translator, ""),
    ]


def test_a_text_is_sent_back_with_a_message_and_sent_again(
    sent: Text, revision: Revision, reviewer: User, persian_translator: User
) -> None:
    step = send_back(sent, seen=revision, message="  The date is wrong.  ", by=reviewer)
    assert (step.action, step.message, step.by, step.revision) == (
        "sent-back",
        "The date is wrong.",
        reviewer,
        revision,
    )
    assert fresh(sent).stage == Stage.DRAFT
    submit(sent, seen=revision, by=persian_translator)
    assert fresh(sent).stage == Stage.IN_REVIEW


def test_a_new_revision_begins_as_a_draft(
    sent: Text, revision: Revision, statement: Statement, persian_translator: User, reviewer: User
) -> None:
    approve(sent, seen=revision, by=reviewer)
    saved(statement, "fa", persian_translator, title="Changed")
    assert fresh(sent).stage == Stage.DRAFT
    assert list(Text.objects.with_stage().values_list("last_step", flat=True)) == [None]


def test_steps_are_only_ever_added(sent: Text, revision: Revision, reviewer: User, persian_translator: User) -> None:
    before = list(ReviewStep.objects.values())
    send_back(sent, seen=revision, message="Again.", by=reviewer)
    submit(sent, seen=revision, by=persian_translator)
    approve(sent, seen=revision, by=reviewer)
    assert list(ReviewStep.objects.order_by("pk").values())[: len(before)] == before
    assert ReviewStep.objects.count() == 4


@pytest.mark.parametrize("column", ["action", "message", "at", "revision_id"])
def test_the_database_refuses_to_change_a_step(sent: Text, column: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE translations_reviewstep SET {column} = {column}")


def test_a_deleted_account_leaves_its_steps(sent: Text, persian_translator: User) -> None:
    persian_translator.delete()
    assert ReviewStep.objects.get().by is None
    assert fresh(sent).stage == Stage.IN_REVIEW


def test_a_text_can_be_approved_without_being_sent_to_review_first(
    text: Text, revision: Revision, reviewer: User
) -> None:
    approve(text, seen=revision, by=reviewer)
    assert fresh(text).stage == Stage.APPROVED


# -- The rule of the language ----------------------------------------------------------------------------------------


def test_where_no_review_is_needed_translators_approve_their_own(
    text: Text, revision: Revision, persian_translator: User, contributor: User, editor: User
) -> None:
    rule(Review.NONE)
    assert may_approve(text, editor)
    assert not may_approve(text, contributor)
    assert refused(approve, text, seen=revision, by=contributor) == ["not-allowed"]
    approve(text, seen=revision, by=persian_translator)
    assert fresh(text).stage == Stage.APPROVED


def test_where_no_review_is_needed_a_contributors_text_is_approved_or_sent_back_by_a_translator(
    statement: Statement, contributor: User, persian_translator: User
) -> None:
    rule(Review.NONE)
    revision = saved(statement, "fa", contributor)
    submit(revision.text, seen=revision, by=contributor)
    send_back(revision.text, seen=revision, message="Not yet.", by=persian_translator)
    submit(revision.text, seen=revision, by=contributor)
    approve(revision.text, seen=revision, by=persian_translator)
    assert fresh(revision.text).stage == Stage.APPROVED


def test_where_a_reviewer_approves_nobody_else_does(
    sent: Text, revision: Revision, persian_translator: User, editor: User, publisher: User
) -> None:
    elsewhere = a_user("reviewer-tr", Role.REVIEWER, language="tr")
    for somebody in (persian_translator, editor, publisher, elsewhere):
        assert not may_approve(sent, somebody)
        assert refused(approve, sent, seen=revision, by=somebody) == ["not-allowed"]
        assert refused(send_back, sent, seen=revision, message="No.", by=somebody) == ["not-allowed"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.LEAD, Role.ADMINISTRATOR])
def test_where_a_reviewer_approves_it_may_be_the_reviewers_own(statement: Statement, role: str) -> None:
    rule(Review.REVIEWER)
    somebody = a_user("somebody", role, language="fa")
    revision = saved(statement, "fa", somebody)
    submit(revision.text, seen=revision, by=somebody)
    approve(revision.text, seen=revision, by=somebody)
    assert fresh(revision.text).stage == Stage.APPROVED


def test_where_somebody_else_approves_nobody_approves_what_they_sent(statement: Statement, reviewer: User) -> None:
    rule(Review.OTHER)
    a_user("another", Role.REVIEWER, language="fa")
    revision = saved(statement, "fa", reviewer)
    text = revision.text
    assert codes(reasons_against_approving(text, by=reviewer)) == ["own-text"], "not sent yet: nobody else has seen it"
    submit(text, seen=revision, by=reviewer)
    assert not may_approve(text, reviewer)
    assert refused(approve, text, seen=revision, by=reviewer) == ["own-text"]
    assert may_approve(text, User.objects.get(username="another"))


def test_where_somebody_else_approves_a_reviewer_may_correct_what_another_sent(
    sent: Text, statement: Statement, reviewer: User
) -> None:
    rule(Review.OTHER)
    corrected = saved(statement, "fa", reviewer, title="Corrected")
    approve(sent, seen=corrected, by=reviewer)
    assert fresh(sent).stage == Stage.APPROVED


def test_what_was_approved_before_lets_nobody_approve_their_own_next_text(
    sent: Text, revision: Revision, statement: Statement, reviewer: User
) -> None:
    rule(Review.OTHER)
    approve(sent, seen=revision, by=reviewer)
    own = saved(statement, "fa", reviewer, title="My own idea")
    assert refused(approve, sent, seen=own, by=reviewer) == ["own-text"]


# -- A language without reviewers ------------------------------------------------------------------------------------


def test_a_language_without_reviewers_is_known_and_an_administrator_approves(
    sent: Text, revision: Revision, persian_translator: User, administrator: User, editor: User
) -> None:
    assert not reviewers_of("fa").exists()
    assert without_reviewer("fa", persian_translator)
    for review in (Review.REVIEWER, Review.OTHER):
        rule(review)
        assert may_approve(sent, administrator)
    approve(sent, seen=revision, by=administrator)


@pytest.mark.parametrize(
    ("review", "alone", "with_another"),
    [(Review.NONE, False, False), (Review.REVIEWER, False, False), (Review.OTHER, True, False)],
)
def test_a_reviewer_who_sends_a_text_is_no_reviewer_of_it(
    reviewer: User, administrator: User, review: str, alone: bool, with_another: bool
) -> None:
    rule(review)
    assert without_reviewer("fa", reviewer) == alone
    assert not without_reviewer("fa", administrator)
    another = a_user("lead", Role.LEAD, language="fa")
    assert set(reviewers_of("fa")) == {reviewer, another}
    assert without_reviewer("fa", reviewer) == with_another


def test_reviewers_who_have_left_do_not_count(reviewer: User, persian_translator: User) -> None:
    rule(Review.REVIEWER)
    assert not without_reviewer("fa", persian_translator)
    assert without_reviewer("tr", persian_translator) is not None
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    assert without_reviewer("fa", persian_translator)


def test_where_no_review_is_needed_a_contributor_needs_somebody_who_approves(contributor: User) -> None:
    rule(Review.NONE)
    assert without_reviewer("fa", contributor)
    a_user("editor-2", Role.EDITOR)
    assert not without_reviewer("fa", contributor)


def test_the_only_administrator_of_a_language_without_reviewers_is_not_stuck_with_their_own_text(
    statement: Statement, administrator: User
) -> None:
    rule(Review.OTHER)
    revision = saved(statement, "fa", administrator)
    assert may_approve(revision.text, administrator)
    a_user("another", Role.ADMINISTRATOR)
    assert refused(approve, revision.text, seen=revision, by=administrator) == ["own-text"]


@pytest.mark.usefixtures("editor", "persian_translator", "contributor", "reviewer", "administrator")
@pytest.mark.parametrize("action", list(Action))
def test_whom_a_right_is_asked_for_are_those_who_have_it(publisher: User, action: Action) -> None:
    a_user("lead-tr", Role.LEAD, language="tr")
    a_user("manager", Role.LANGUAGE_MANAGER)
    User.objects.create_superuser("superuser")
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    for tag in ("fa", "tr", None):
        expected = {user for user in User.objects.all() if may(user, action, tag)}
        assert set(people_who_may(action, tag)) == expected


# -- It refuses ------------------------------------------------------------------------------------------------------


def test_a_text_is_not_sent_twice(sent: Text, revision: Revision, persian_translator: User) -> None:
    assert refused(submit, sent, seen=revision, by=persian_translator) == ["in-review"]


def test_an_approved_text_is_neither_sent_nor_approved_nor_sent_back(
    text: Text, revision: Revision, reviewer: User
) -> None:
    approve(text, seen=revision, by=reviewer)
    assert refused(submit, text, seen=revision, by=reviewer) == ["approved"]
    assert refused(approve, text, seen=revision, by=reviewer) == ["approved"]
    assert refused(send_back, text, seen=revision, message="No.", by=reviewer) == ["not-in-review"]


def test_a_message_is_kept_without_characters_that_show_nothing(sent: Text, revision: Revision, reviewer: User) -> None:
    assert refused(send_back, sent, seen=revision, message="\x00 \u202e", by=reviewer) == ["no-message"]
    assert send_back(sent, seen=revision, message="Not\x00 \u202eyet.", by=reviewer).message == "Not yet."


def test_a_draft_is_not_sent_back_and_nothing_is_sent_back_without_a_message(
    text: Text, revision: Revision, reviewer: User
) -> None:
    assert refused(send_back, text, seen=revision, message=" \n", by=reviewer) == ["not-in-review", "no-message"]


def test_a_text_that_was_never_saved_has_nothing_to_review(statement: Statement, reviewer: User) -> None:
    text = Text.objects.create(statement=statement, language="fa", origin="archive")
    assert codes(reasons_against_submitting(text, by=reviewer)) == ["no-text"]
    assert codes(reasons_against_approving(text, by=reviewer)) == ["no-text"]
    assert codes(reasons_against_sending_back(text, by=reviewer)) == ["no-text"]


def test_all_reasons_are_given_together(
    statement: Statement, text: Text, revision: Revision, persian_translator: User, editor: User
) -> None:
    newer = saved(statement, "fa", persian_translator, title="Changed")
    assert refused(send_back, text, seen=revision, message="", by=editor) == [
        "saved-since", "not-allowed", "not-in-review", "no-message",
    ]  # fmt: skip
    submit(text, seen=newer, by=persian_translator)
    stranger = AnonymousUser()
    assert refused(submit, text, seen=revision, by=stranger) == ["saved-since", "not-allowed", "in-review"]
    assert refused(approve, text, seen=revision, by=stranger) == ["saved-since", "not-allowed"]
    assert ReviewStep.objects.count() == 1


# -- Not by whom -----------------------------------------------------------------------------------------------------


def test_translators_send_texts_of_their_own_language_only(
    statement: Statement, editor: User, persian_translator: User
) -> None:
    turkish = saved(statement, "tr", editor)
    assert refused(submit, turkish.text, seen=turkish, by=persian_translator) == ["not-allowed"]
    for verb in (approve, submit):
        assert refused(verb, turkish.text, seen=turkish, by=persian_translator) == ["not-allowed"]
    assert fresh(turkish.text).stage == Stage.DRAFT


# -- What the reviewer changed ---------------------------------------------------------------------------------------


def test_the_sender_can_see_what_the_reviewer_changed(
    sent: Text, revision: Revision, statement: Statement, reviewer: User, persian_translator: User
) -> None:
    assert submitted_revision(sent) is None, "nothing has been saved since"
    corrected = saved(statement, "fa", reviewer, title="Corrected")
    assert submitted_revision(fresh(sent)) == revision
    approve(sent, seen=corrected, by=reviewer)
    assert submitted_revision(fresh(sent)) == revision
    saved(statement, "fa", persian_translator, title="My next one")
    assert submitted_revision(fresh(sent)) is None


def test_what_nobody_sent_was_changed_by_no_reviewer(text: Text) -> None:
    assert submitted_revision(text) is None


# -- Facts alone -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_approved", [True, False])
def test_changing_what_a_text_is_opens_it_again(
    sent: Text, revision: Revision, reviewer: User, editor: User, is_approved: bool
) -> None:
    statement = sent.statement
    if is_approved:
        approve(sent, seen=revision, by=reviewer)
    assert saved(statement, "fa", editor, credit="A. Translator") == revision
    assert fresh(sent).stage == Stage.DRAFT
    assert revision.steps.values_list("action", "by").first() == ("reopened", editor.pk)


def test_saving_the_same_again_opens_nothing(sent: Text, statement: Statement, editor: User) -> None:
    saved(statement, "fa", editor, credit="")
    assert fresh(sent).stage == Stage.IN_REVIEW


def test_changing_what_a_draft_is_is_no_step(text: Text, statement: Statement, editor: User) -> None:
    saved(statement, "fa", editor, credit="A. Translator")
    assert not ReviewStep.objects.exists()
