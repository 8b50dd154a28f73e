"""Two people who save at the same moment, on connections of their own."""

from functools import partial

import pytest

from memorial.accounts.models import Role, User
from memorial.languages.columns import column_name
from memorial.statements.models import Statement
from memorial.text.blocks import blocks
from memorial.translations.models import Revision, Text
from memorial.translations.save import Conflict
from tests.builders import a_statement, a_user
from tests.database import one_after_the_other
from tests.translations.conftest import BODY, saved

pytestmark = pytest.mark.django_db(transaction=True)


def two_people() -> tuple[User, User]:
    return a_user("one", Role.EDITOR), a_user("two", Role.EDITOR)


def test_of_two_who_save_the_same_language_one_wins_and_the_other_is_told() -> None:
    statement, (one, two) = a_statement(), two_people()
    opened = saved(statement, "az", one)
    won, lost = one_after_the_other(
        partial(saved, statement, "az", one, title="One's", seen=opened),
        partial(saved, statement, "az", two, title="Two's", seen=opened),
    )
    assert isinstance(won, Revision), won
    assert isinstance(lost, Conflict), lost
    assert lost.theirs == won == Text.objects.get().head
    assert getattr(Statement.objects.get(), column_name("title", "az")) == "One's"
    assert Revision.objects.count() == 2


def test_of_two_who_write_the_first_text_one_wins_and_the_other_is_told() -> None:
    statement, (one, two) = a_statement(), two_people()
    won, lost = one_after_the_other(
        partial(saved, statement, "az", one, title="One's", seen=None),
        partial(saved, statement, "az", two, title="Two's", seen=None),
    )
    assert isinstance(won, Revision), won
    assert isinstance(lost, Conflict), lost
    assert Text.objects.get().head == won


def test_two_languages_saved_at_once_are_both_kept_and_share_no_paragraph_key() -> None:
    statement, (one, two) = a_statement(), two_people()
    first, second = one_after_the_other(
        partial(saved, statement, "az", one, seen=None),
        partial(saved, Statement.objects.get(), "fa", two, seen=None, body=BODY),
    )
    assert isinstance(first, Revision), first
    assert isinstance(second, Revision), second
    keys = [block.key for revision in (first, second) for block in blocks(revision.body)]
    assert keys == ["p1", "p2", "p3", "p4"]
    assert Statement.objects.get().last_block == 4
