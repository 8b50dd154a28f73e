"""Two people who review, or one who reviews and one who saves, at the same moment."""

from functools import partial
from typing import Any

import pytest

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import Language
from memorial.translations.models import ReadyMark, ReviewStep, Revision, Significance, Stage, Text
from memorial.translations.ready import confirm_current, mark_ready
from memorial.translations.review import approve, send_back, submit
from memorial.translations.save import Conflict, restore
from tests.builders import a_statement, a_user
from tests.database import one_after_the_other
from tests.translations.conftest import saved

pytestmark = pytest.mark.django_db(transaction=True)


def two_reviewers() -> tuple[User, User]:
    return a_user("one", Role.REVIEWER, language="fa"), a_user("two", Role.LEAD, language="fa")


def codes(lost: Any) -> list[str]:
    assert isinstance(lost, Refused), lost
    return [reason.code for reason in lost.reasons]


def a_text(by: User) -> Revision:
    Language.objects.filter(tag="fa").update(review=Language.Review.REVIEWER)
    return saved(a_statement(), "fa", by)


def test_of_two_who_send_a_text_to_review_one_is_told() -> None:
    one, two = two_reviewers()
    revision = a_text(one)
    won, lost = one_after_the_other(
        partial(submit, revision.text, seen=revision, by=one), partial(submit, revision.text, seen=revision, by=two)
    )
    assert isinstance(won, ReviewStep), won
    assert codes(lost) == ["in-review"]
    assert ReviewStep.objects.get().by == one


def test_a_text_is_not_sent_back_after_somebody_has_approved_it() -> None:
    one, two = two_reviewers()
    revision = a_text(one)
    submit(revision.text, seen=revision, by=one)
    won, lost = one_after_the_other(
        partial(approve, revision.text, seen=revision, by=one),
        partial(send_back, revision.text, seen=revision, message="No.", by=two),
    )
    assert isinstance(won, ReviewStep), won
    assert codes(lost) == ["not-in-review"]
    assert Text.objects.get().stage == Stage.APPROVED


def test_what_somebody_saves_meanwhile_is_not_approved() -> None:
    one, two = two_reviewers()
    revision = a_text(one)
    won, lost = one_after_the_other(
        partial(saved, revision.text.statement, "fa", one, title="Changed", seen=revision),
        partial(approve, revision.text, seen=revision, by=two),
    )
    assert isinstance(won, Revision), won
    assert codes(lost) == ["saved-since"]
    assert Text.objects.get().stage == Stage.DRAFT


def test_what_is_saved_after_an_approval_is_a_draft() -> None:
    one, two = two_reviewers()
    revision = a_text(one)
    won, newer = one_after_the_other(
        partial(approve, revision.text, seen=revision, by=two),
        partial(saved, revision.text.statement, "fa", one, title="Changed", seen=revision),
    )
    assert isinstance(won, ReviewStep), won
    assert isinstance(newer, Revision), newer
    assert (won.revision, Text.objects.get().head) == (revision, newer)
    assert Text.objects.get().stage == Stage.DRAFT


def test_what_a_text_is_changed_while_it_is_approved_opens_it_again() -> None:
    one, two = two_reviewers()
    revision = a_text(one)
    won, same = one_after_the_other(
        partial(approve, revision.text, seen=revision, by=two),
        partial(saved, revision.text.statement, "fa", one, credit="A. Translator", seen=revision),
    )
    assert isinstance(won, ReviewStep), won
    assert same == revision
    assert Text.objects.get().stage == Stage.DRAFT


def test_of_two_who_mark_a_revision_as_ready_one_is_told() -> None:
    one, two = a_user("editor", Role.EDITOR), two_reviewers()[1]
    revision = a_text(one)
    won, lost = one_after_the_other(
        partial(mark_ready, revision, significance=Significance.MEANING, by=one),
        partial(mark_ready, revision, significance=Significance.WORDING, by=two),
    )
    assert isinstance(won, ReadyMark), won
    assert codes(lost) == ["marked"]
    assert ReadyMark.objects.get() == won


def test_of_two_who_restore_or_save_one_wins_and_the_other_is_told() -> None:
    one, two = two_reviewers()
    first = a_text(one)
    statement = first.text.statement
    second = saved(statement, "fa", one, title="Second")
    won, lost = one_after_the_other(
        partial(restore, first, seen=second, by=one),
        partial(saved, statement, "fa", two, title="Third", seen=second),
    )
    assert isinstance(won, Revision), won
    assert isinstance(lost, Conflict), lost
    assert lost.theirs == won == Text.objects.get().head


def test_nothing_is_confirmed_over_what_somebody_saves_meanwhile() -> None:
    one, editor = a_user("one", Role.LEAD, language="fa"), a_user("editor", Role.EDITOR)
    statement = a_statement()
    original = saved(statement, "az", editor)
    translation = saved(statement, "fa", one, based_on=original)
    mark_ready(saved(statement, "az", editor, title="Changed"), significance=Significance.MEANING, by=editor)
    won, lost = one_after_the_other(
        partial(saved, statement, "fa", editor, title="Theirs", seen=translation),
        partial(confirm_current, statement, "fa", seen=translation, by=one),
    )
    assert isinstance(won, Revision), won
    assert isinstance(lost, Conflict), lost
    assert Text.objects.get(language="fa").head == won
