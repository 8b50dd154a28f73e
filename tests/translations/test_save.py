"""Saving a text in one language."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.text.blocks import blocks
from memorial.translations.models import Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.save import Conflict, save_text
from tests.builders import a_statement
from tests.translations.conftest import BODY, saved


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def keys(revision: Revision) -> list[str]:
    return [block.key for block in blocks(revision.body)]


def heads(statement: Statement, base: str) -> dict[str, str]:
    """What is stored in every language's column, without the empty ones."""
    row = Statement.objects.get(pk=statement.pk)
    columns = {tag: getattr(row, column_name(base, tag)) for tag in ("az", "en", "fa", "ru", "tr")}
    return {tag: text for tag, text in columns.items() if text}


# -- It does ---------------------------------------------------------------------------------------------------------


def test_the_first_save_makes_the_text_and_its_first_revision(statement: Statement, editor: User) -> None:
    revision = saved(statement, "az", editor, title="  Bəyanat \n mətni ", summary="Sətir\r\nbir ")
    assert (revision.number, revision.title, revision.summary) == (1, "Bəyanat mətni", "Sətir\nbir")
    assert revision.saved_by == editor
    assert statement.texts.get().head == revision


def test_a_later_save_adds_a_revision_and_keeps_the_earlier_one(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    second = saved(statement, "az", editor, body=BODY + "<p>Third.</p>")
    assert second.number == 2
    assert Revision.objects.get(pk=first.pk).body == first.body
    assert statement.texts.get().head == second


def test_title_and_summary_are_written_in_that_language_alone(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor, title="Bəyanat", summary="Qısa")
    saved(statement, "fa", editor, title="بیانیه", summary="کوتاه")
    saved(statement, "az", editor, title="Yeni bəyanat", summary="")
    assert heads(statement, "title") == {"az": "Yeni bəyanat", "fa": "بیانیه"}
    assert heads(statement, "summary") == {"fa": "کوتاه"}


def test_only_that_languages_columns_stand_in_the_update(statement: Statement, editor: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        saved(statement, "fa", editor)
    written = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "statements_statement"')]
    assert len(written) == 1
    columns = written[0].split("SET")[1].split("WHERE")[0]
    assert column_name("title", "fa") in columns
    others = ['"title"', '"summary"'] + [f'"{column_name("title", tag)}"' for tag in ("az", "en", "ru", "tr")]
    assert not [column for column in others if column in columns]


def test_the_object_in_hand_has_what_was_saved(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor, title="Bəyanat")
    assert getattr(statement, column_name("title", "az")) == "Bəyanat"
    assert statement.last_block == 2


def test_saving_what_is_there_already_adds_nothing(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    assert saved(statement, "az", editor, body=first.body) == first
    assert saved(statement, "az", editor, title=first.title + "  ") == first
    assert Revision.objects.count() == 1


def test_saving_what_somebody_else_has_just_saved_is_no_conflict(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    assert saved(statement, "az", editor, seen=None) == first


def test_the_text_is_cleaned(statement: Statement, editor: User) -> None:
    revision = saved(statement, "az", editor, body='<p onclick="x()">One<script>alert(1)</script></p><h1>Two</h1>')
    assert "script" not in revision.body
    assert "onclick" not in revision.body
    assert [(block.kind, block.text) for block in blocks(revision.body)] == [("p", "One"), ("h2", "Two")]


def test_the_original_is_by_default_issued_by_the_issuer(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor)
    saved(statement, "en", editor)
    origins = dict(Text.objects.values_list("language", "origin"))
    assert origins == {"az": Text.Origin.ISSUED, "en": Text.Origin.ARCHIVE}
    assert set(Text.objects.values_list("completeness", flat=True)) == {Text.Completeness.FULL}


def test_what_a_text_is_can_be_said_and_stays_said(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor, origin="archive", completeness="summary", credit=" A.  Translator ")
    saved(statement, "az", editor, title="Another title")
    text = Text.objects.get()
    assert (text.origin, text.completeness, text.credit) == ("archive", "summary", "A. Translator")


def test_changing_only_what_a_text_is_adds_no_revision(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    assert saved(statement, "az", editor, credit="A. Translator") == first
    assert Text.objects.get().credit == "A. Translator"
    assert saved(statement, "az", editor, credit="") == first
    assert Text.objects.get().credit == ""


def test_what_a_text_is_made_from_is_kept_until_something_else_is_said(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    saved(statement, "en", editor, based_on=original)
    newer = saved(statement, "az", editor, title="Changed")
    typo_corrected = saved(statement, "en", editor, title="Without the typo")
    assert typo_corrected.based_on == original
    mark_ready(newer, significance=Significance.MEANING, by=editor)
    assert list(Text.objects.outdated()) == [typo_corrected.text]
    assert Text.objects.get(language="en").outdated_by == Significance.MEANING
    brought_up_to_date = saved(statement, "en", editor, title="Without the typo", based_on=newer)
    assert brought_up_to_date.based_on == newer
    assert not Text.objects.outdated().exists()
    assert Text.objects.get(language="en").outdated_by is None


# -- Paragraph keys --------------------------------------------------------------------------------------------------


def test_a_translation_inherits_the_keys_of_what_it_was_made_from(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    translation = saved(statement, "fa", editor, body="<p>یک</p><p>دو</p>", based_on=original)
    assert keys(original) == keys(translation) == ["p1", "p2"]


def test_keys_stay_with_their_paragraphs_and_are_never_given_again(statement: Statement, editor: User) -> None:
    saved(statement, "az", editor)
    shorter = saved(statement, "az", editor, body="<p>Second one, about something else.</p>")
    longer = saved(statement, "az", editor, body=shorter.body + "<p>A wholly new and third paragraph</p>")
    assert keys(shorter) == ["p2"]
    assert keys(longer) == ["p2", "p3"]


def test_keys_of_different_texts_do_not_collide(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    with_note = saved(statement, "en", editor, based_on=original, body="<p>One</p><p>Two</p><h2>Translator's note</h2>")
    longer = saved(statement, "az", editor, body=original.body + "<p>Quite another third paragraph</p>")
    assert keys(with_note) == ["p1", "p2", "p3"]
    assert keys(longer) == ["p1", "p2", "p4"]


# -- It refuses ------------------------------------------------------------------------------------------------------


def test_all_reasons_are_given_together(statement: Statement, persian_translator: User) -> None:
    elsewhere = saved(a_statement(slug="another"), "fa", persian_translator)
    with pytest.raises(Refused) as refusal:
        saved(
            statement, "az", persian_translator, title=" ", based_on=elsewhere, credit="x" * 201, origin="rumour",
            completeness="half",
        )  # fmt: skip
    assert codes(refusal) == [
        "not-allowed", "title-missing", "credit-too-long", "origin-unknown", "completeness-unknown", "base-elsewhere",
    ]  # fmt: skip
    assert not statement.texts.exists()


def test_a_title_longer_than_its_column_is_refused(statement: Statement, editor: User) -> None:
    with pytest.raises(Refused) as refusal:
        saved(statement, "az", editor, title="x" * 301)
    assert codes(refusal) == ["title-too-long"]
    assert "301" in str(refusal.value)


def test_a_text_is_not_made_from_itself(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    with pytest.raises(Refused) as refusal:
        saved(statement, "az", editor, based_on=first)
    assert codes(refusal) == ["base-is-itself"]


def test_a_language_that_the_site_has_not_is_refused(statement: Statement, administrator: User) -> None:
    with pytest.raises(Refused) as refusal:
        saved(statement, "xx", administrator)
    assert codes(refusal) == ["language-unknown"]


def test_a_language_that_is_about_to_be_deleted_is_refused(statement: Statement, editor: User) -> None:
    Language.objects.filter(tag="tr").update(state=Language.State.LEAVING)
    with pytest.raises(Refused) as refusal:
        saved(statement, "tr", editor)
    assert codes(refusal) == ["language-unknown"]


@pytest.mark.parametrize("state", [Language.State.PREPARING, Language.State.RETIRED])
def test_a_language_that_readers_do_not_see_can_be_worked_in(
    statement: Statement, persian_translator: User, state: str
) -> None:
    Language.objects.filter(tag="fa").update(state=state)
    assert saved(statement, "fa", persian_translator).number == 1


# -- Not by whom -----------------------------------------------------------------------------------------------------


def test_a_translator_saves_their_own_language_and_no_other(statement: Statement, persian_translator: User) -> None:
    assert saved(statement, "fa", persian_translator).saved_by == persian_translator
    with pytest.raises(Refused) as refusal:
        saved(statement, "tr", persian_translator)
    assert codes(refusal) == ["not-allowed"]
    assert heads(statement, "title").keys() == {"fa"}


def test_a_stranger_saves_nothing(statement: Statement) -> None:
    with pytest.raises(Refused) as refusal:
        saved(statement, "az", AnonymousUser())  # type: ignore[arg-type]
    assert codes(refusal) == ["not-allowed"]


# -- Somebody else was there -----------------------------------------------------------------------------------------


def test_saving_over_a_newer_revision_is_refused_with_that_revision(
    statement: Statement, editor: User, publisher: User
) -> None:
    opened = saved(statement, "az", editor)
    theirs = saved(statement, "az", publisher, title="Theirs")
    with pytest.raises(Conflict) as conflict:
        saved(statement, "az", editor, title="Mine", seen=opened)
    assert conflict.value.theirs == theirs
    assert codes(conflict) == ["saved-since"]
    assert "publisher" in str(conflict.value)
    assert heads(statement, "title") == {"az": "Theirs"}
    assert Revision.objects.count() == 2


def test_a_first_text_does_not_replace_somebody_elses_first_text(
    statement: Statement, editor: User, publisher: User
) -> None:
    theirs = saved(statement, "az", publisher, title="Theirs")
    with pytest.raises(Conflict) as conflict:
        saved(statement, "az", editor, title="Mine", seen=None)
    assert conflict.value.theirs == theirs


def test_what_was_opened_in_another_language_is_not_what_was_seen(statement: Statement, editor: User) -> None:
    in_azerbaijani = saved(statement, "az", editor)
    saved(statement, "en", editor)
    with pytest.raises(Conflict):
        saved(statement, "en", editor, title="Mine", seen=in_azerbaijani)


def test_other_languages_do_not_stand_in_each_others_way(
    statement: Statement, editor: User, persian_translator: User
) -> None:
    opened = saved(statement, "az", editor)
    saved(statement, "fa", persian_translator)
    assert saved(statement, "az", editor, title="Mine", seen=opened).number == 2


def test_a_save_takes_few_queries_however_many_languages_there_are(
    statement: Statement, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    opened = saved(statement, "az", editor)
    with django_assert_max_num_queries(10):
        save_text(statement, "az", title="Changed", summary="", body=BODY, seen=opened, by=editor)
