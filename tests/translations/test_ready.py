"""Revisions that are ready for translation, and translations that they leave behind."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.text.blocks import blocks
from memorial.translations.models import ReadyMark, Revision, Significance, Stage, Text
from memorial.translations.ready import (
    confirm_current,
    mark_ready,
    marks_since,
    newest_ready,
    outdated_chain,
    source_to_show,
)
from memorial.translations.review import approve, submit
from memorial.translations.save import Conflict
from tests.builders import a_user
from tests.translations.conftest import saved

Review = Language.Review


def refused(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        verb(*args, **kwargs)
    return [reason.code for reason in refusal.value.reasons]


def changed(statement: Statement, by: User, tag: str = "az", mark: int | None = None, **given: Any) -> Revision:
    """One revision more, marked as ready with this significance."""
    title = f"Changed {Revision.objects.count()}"
    revision = saved(statement, tag, by, **{"title": title, **given})
    if mark is not None:
        mark_ready(revision, significance=mark, note=f"note {revision.number}", by=by)
    return revision


def text(statement: Statement, tag: str) -> Text:
    return Text.objects.get(statement=statement, language=tag)


@pytest.fixture
def original(statement: Statement, editor: User) -> Revision:
    return saved(statement, "az", editor)


@pytest.fixture
def translation(statement: Statement, original: Revision, persian_translator: User) -> Revision:
    return saved(statement, "fa", persian_translator, based_on=original)


# -- Marking ---------------------------------------------------------------------------------------------------------


def test_a_revision_is_marked_with_what_the_change_means(original: Revision, editor: User) -> None:
    mark = mark_ready(original, significance=Significance.URGENT, note="  All of it is new. ", by=editor)
    assert (mark.revision, mark.significance, mark.note, mark.by) == (original, 3, "All of it is new.", editor)
    assert newest_ready(original.text) == mark


def test_a_revision_is_marked_once_and_not_behind_a_newer_one(
    statement: Statement, original: Revision, editor: User
) -> None:
    newer = changed(statement, editor, mark=Significance.WORDING)
    for revision in (original, newer):
        assert refused(mark_ready, revision, significance=Significance.MEANING, by=editor) == ["marked"]


def test_all_reasons_against_marking_are_given_together(original: Revision, persian_translator: User) -> None:
    mark = ReadyMark.objects.create(revision=original, significance=1)
    assert refused(mark_ready, original, significance=7, by=persian_translator) == [
        "not-allowed", "significance", "marked",
    ]  # fmt: skip
    assert list(ReadyMark.objects.all()) == [mark]


def test_a_lead_marks_texts_of_their_own_language_only(
    statement: Statement, original: Revision, translation: Revision
) -> None:
    lead = a_user("lead", Role.LEAD, language="fa")
    assert mark_ready(translation, significance=Significance.WORDING, by=lead)
    assert refused(mark_ready, original, significance=Significance.WORDING, by=lead) == ["not-allowed"]


# -- What to translate from ------------------------------------------------------------------------------------------


def test_translators_work_from_the_newest_ready_revision_else_from_the_newest(
    statement: Statement, original: Revision, editor: User
) -> None:
    assert source_to_show(text(statement, "az")) == original
    ready = changed(statement, editor, mark=Significance.WORDING)
    changed(statement, editor)
    assert source_to_show(text(statement, "az")) == ready


def test_the_marks_between_a_base_and_the_newest_are_told_in_their_order(
    statement: Statement, original: Revision, editor: User
) -> None:
    mark_ready(original, significance=Significance.MEANING, by=editor)
    second = changed(statement, editor, mark=Significance.WORDING)
    changed(statement, editor)
    fourth = changed(statement, editor, mark=Significance.URGENT)
    assert [mark.revision for mark in marks_since(original)] == [second, fourth]
    assert [mark.note for mark in marks_since(second)] == ["note 4"]
    assert marks_since(fourth) == []


# -- Outdated --------------------------------------------------------------------------------------------------------


def test_a_translation_is_outdated_by_the_greatest_change_since_its_base(
    statement: Statement, translation: Revision, editor: User
) -> None:
    assert text(statement, "fa").outdated_by is None
    changed(statement, editor)
    assert text(statement, "fa").outdated_by is None, "not ready for translation"
    changed(statement, editor, mark=Significance.URGENT)
    changed(statement, editor, mark=Significance.WORDING)
    assert text(statement, "fa").outdated_by == Significance.URGENT
    assert list(Text.objects.outdated()) == [text(statement, "fa")]
    assert text(statement, "az").outdated_by is None


def test_a_save_that_names_no_base_does_not_bring_a_text_up_to_date(
    statement: Statement, original: Revision, translation: Revision, editor: User, persian_translator: User
) -> None:
    newer = changed(statement, editor, mark=Significance.MEANING)
    corrected = saved(statement, "fa", persian_translator, title="Without the typo")
    assert corrected.based_on == original
    assert text(statement, "fa").outdated_by == Significance.MEANING
    saved(statement, "fa", persian_translator, title="Anew", based_on=newer)
    assert text(statement, "fa").outdated_by is None


def test_any_language_can_be_the_base(statement: Statement, translation: Revision, editor: User) -> None:
    turkish = saved(statement, "tr", editor, based_on=translation)
    changed(statement, editor, mark=Significance.MEANING)
    assert text(statement, "tr").outdated_by is None, "its own base has not changed"
    changed(statement, editor, "fa", mark=Significance.WORDING, based_on=source_to_show(text(statement, "az")))
    assert text(statement, "tr").outdated_by == Significance.WORDING
    assert turkish.text == text(statement, "tr")


def test_clocks_do_not_decide(statement: Statement, original: Revision, editor: User) -> None:
    older = original
    newer = changed(statement, editor, mark=Significance.MEANING)
    saved(statement, "fa", editor, based_on=older)
    saved(statement, "en", editor, based_on=newer)
    assert [each.language for each in Text.objects.outdated()] == ["fa"], "both were saved after the mark"


def test_the_chain_names_every_source_that_has_changed(
    statement: Statement, translation: Revision, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    saved(statement, "tr", editor, based_on=translation)
    turkish = text(statement, "tr")
    assert outdated_chain(turkish) == []
    changed(statement, editor, mark=Significance.MEANING)
    assert outdated_chain(turkish) == [(text(statement, "az"), Significance.MEANING)], "its source is outdated"
    changed(statement, editor, "fa", mark=Significance.WORDING)
    with django_assert_num_queries(1):
        chain = outdated_chain(turkish)
    assert chain == [
        (text(statement, "fa"), Significance.WORDING),
        (text(statement, "az"), Significance.MEANING),
    ]
    assert outdated_chain(text(statement, "az")) == []


def test_texts_made_from_each_other_end_the_chain(
    statement: Statement, original: Revision, translation: Revision, editor: User
) -> None:
    saved(statement, "az", editor, title="After the Persian", based_on=translation)
    changed(statement, editor, "fa", mark=Significance.MEANING)
    assert outdated_chain(text(statement, "az")) == [(text(statement, "fa"), Significance.MEANING)]
    assert outdated_chain(text(statement, "fa")) == [(text(statement, "fa"), Significance.MEANING)]


# -- Nothing to change -----------------------------------------------------------------------------------------------


def test_nothing_to_change_brings_a_text_up_to_date_with_the_same_words(
    statement: Statement, translation: Revision, editor: User, persian_translator: User
) -> None:
    ready = changed(statement, editor, mark=Significance.MEANING, body="<p>Quite new.</p><p>And more of it.</p>")
    changed(statement, editor)
    confirmed = confirm_current(statement, "fa", seen=translation, by=persian_translator)
    assert (confirmed.number, confirmed.based_on, confirmed.saved_by) == (2, ready, persian_translator)
    assert (confirmed.title, confirmed.summary, confirmed.body) == (
        translation.title, translation.summary, translation.body,
    )  # fmt: skip
    assert [block.key for block in blocks(confirmed.body)] == ["p1", "p2"]
    assert text(statement, "fa").outdated_by is None
    assert text(statement, "fa").stage == Stage.DRAFT


@pytest.mark.parametrize(
    ("review", "role", "stage"),
    [
        (Review.NONE, Role.TRANSLATOR, Stage.APPROVED),
        (Review.NONE, Role.CONTRIBUTOR, Stage.IN_REVIEW),
        (Review.REVIEWER, Role.TRANSLATOR, Stage.IN_REVIEW),
        (Review.REVIEWER, Role.REVIEWER, Stage.APPROVED),
        (Review.OTHER, Role.REVIEWER, Stage.IN_REVIEW),
    ],
)
def test_an_approved_text_stays_approved_where_the_same_person_may_approve_it(
    translation: Revision, editor: User, role: str, review: str, stage: Stage
) -> None:
    statement = translation.text.statement
    approve(translation.text, seen=translation, by=a_user("administrator", Role.ADMINISTRATOR))
    Language.objects.filter(tag="fa").update(review=review)
    changed(statement, editor, mark=Significance.WORDING)
    somebody = a_user("somebody", role, language="fa")
    confirmed = confirm_current(statement, "fa", seen=translation, by=somebody)
    assert text(statement, "fa").stage == stage
    assert [step.by for step in confirmed.steps.all()] == [somebody]


def test_a_text_in_review_stays_in_review(
    statement: Statement, translation: Revision, editor: User, persian_translator: User
) -> None:
    submit(translation.text, seen=translation, by=persian_translator)
    changed(statement, editor, mark=Significance.WORDING)
    confirm_current(statement, "fa", seen=translation, by=persian_translator)
    assert text(statement, "fa").stage == Stage.IN_REVIEW


def test_there_is_nothing_to_confirm_where_nothing_has_changed(
    statement: Statement, original: Revision, translation: Revision, editor: User, persian_translator: User
) -> None:
    assert refused(confirm_current, statement, "fa", seen=translation, by=persian_translator) == ["up-to-date"]
    assert refused(confirm_current, statement, "az", seen=original, by=persian_translator) == [
        "not-allowed", "up-to-date",
    ]  # fmt: skip
    assert refused(confirm_current, statement, "tr", seen=translation, by=editor) == ["no-text"]
    assert Revision.objects.count() == 2


def test_nothing_is_confirmed_over_somebody_elses_revision(
    statement: Statement, translation: Revision, editor: User, persian_translator: User
) -> None:
    changed(statement, editor, mark=Significance.WORDING)
    theirs = saved(statement, "fa", editor, title="Theirs")
    with pytest.raises(Conflict) as conflict:
        confirm_current(statement, "fa", seen=translation, by=persian_translator)
    assert conflict.value.theirs == theirs
    assert text(statement, "fa").head == theirs
