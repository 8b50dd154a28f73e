"""Restoring an earlier revision of one language."""

import pytest

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.text.blocks import blocks
from memorial.translations.models import Revision, Significance, Stage, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve
from memorial.translations.save import Conflict, restore
from tests.translations.conftest import BODY, saved


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_the_old_words_come_back_as_a_new_revision(statement: Statement, editor: User, publisher: User) -> None:
    first = saved(statement, "az", editor, title="First", summary="Short")
    second = saved(statement, "az", editor, title="Second", summary="")
    restored = restore(first, seen=second, by=publisher)
    assert (restored.number, restored.saved_by) == (3, publisher)
    assert (restored.title, restored.summary, restored.body) == (first.title, first.summary, first.body)
    assert Text.objects.get().head == restored
    row = Statement.objects.get(pk=statement.pk)
    assert (getattr(row, column_name("title", "az")), getattr(row, column_name("summary", "az"))) == ("First", "Short")
    assert [each.number for each in Revision.objects.order_by("number")] == [1, 2, 3], "nothing is taken away"


def test_paragraphs_get_back_the_keys_that_they_had(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    shorter = saved(statement, "az", editor, body="<p>Second one, about something else.</p><p>Wholly new.</p>")
    assert [block.key for block in blocks(shorter.body)] == ["p2", "p3"]
    restored = restore(first, seen=shorter, by=editor)
    assert restored.body == first.body
    longer = saved(statement, "az", editor, body=restored.body + "<p>The fourth paragraph ever written here.</p>")
    assert [block.key for block in blocks(longer.body)] == ["p1", "p2", "p4"]


def test_no_other_language_is_touched(statement: Statement, editor: User, persian_translator: User) -> None:
    original = saved(statement, "az", editor)
    first = saved(statement, "fa", persian_translator, title="یک", based_on=original)
    saved(statement, "fa", persian_translator, title="دو")
    saved(statement, "az", editor, title="Yeni", body=BODY + "<p>Üçüncü.</p>")
    rows = list(Statement.objects.values())
    others = list(Revision.objects.exclude(text__language="fa").order_by("pk").values())
    head = Text.objects.get(language="fa").head
    assert head
    restore(first, seen=head, by=persian_translator)
    persian = {column_name("title", "fa"), column_name("summary", "fa"), "last_block"}
    assert [{name: value for name, value in row.items() if name not in persian} for row in rows] == [
        {name: value for name, value in row.items() if name not in persian} for row in Statement.objects.values()
    ]
    assert list(Revision.objects.exclude(text__language="fa").order_by("pk").values()) == others


def test_restored_words_are_made_from_what_they_were_made_from(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    first = saved(statement, "fa", editor, based_on=original)
    newer = saved(statement, "az", editor, title="Changed")
    mark_ready(newer, significance=Significance.MEANING, by=editor)
    second = saved(statement, "fa", editor, title="Anew", based_on=newer)
    assert not Text.objects.outdated().exists()
    assert restore(first, seen=second, by=editor).based_on == original
    assert [text.language for text in Text.objects.outdated()] == ["fa"]


def test_words_that_named_no_base_get_none(statement: Statement, editor: User) -> None:
    original = saved(statement, "az", editor)
    first = saved(statement, "fa", editor)
    second = saved(statement, "fa", editor, title="Anew", based_on=original)
    assert restore(first, seen=second, by=editor).based_on is None


def test_restored_words_are_a_draft_and_what_the_text_is_stays(
    statement: Statement, editor: User, administrator: User
) -> None:
    first = saved(statement, "az", editor, credit="A. Translator")
    approve(first.text, seen=first, by=administrator)
    second = saved(statement, "az", editor, title="Second", credit="B. Translator")
    restore(first, seen=second, by=editor)
    text = Text.objects.get()
    assert (text.stage, text.credit) == (Stage.DRAFT, "B. Translator")


def test_the_newest_revision_is_there_already(statement: Statement, editor: User) -> None:
    only = saved(statement, "az", editor)
    with pytest.raises(Refused) as refusal:
        restore(only, seen=only, by=editor)
    assert codes(refusal) == ["newest"]


def test_nobody_restores_over_somebody_elses_revision(statement: Statement, editor: User, publisher: User) -> None:
    first = saved(statement, "az", editor)
    second = saved(statement, "az", editor, title="Second")
    theirs = saved(statement, "az", publisher, title="Theirs")
    with pytest.raises(Conflict) as conflict:
        restore(first, seen=second, by=editor)
    assert conflict.value.theirs == theirs
    assert Text.objects.get().head == theirs


def test_only_those_who_may_change_the_text_restore_it(
    statement: Statement, editor: User, persian_translator: User
) -> None:
    first = saved(statement, "az", editor)
    second = saved(statement, "az", editor, title="Second")
    with pytest.raises(Refused) as refusal:
        restore(first, seen=second, by=persian_translator)
    assert codes(refusal) == ["not-allowed"]
    Language.objects.filter(tag="az").update(state=Language.State.LEAVING)
    with pytest.raises(Refused) as refusal:
        restore(second, seen=second, by=persian_translator)
    assert codes(refusal) == ["not-allowed", "language-unknown", "newest"]
