"""Two people who act on one statement at the same moment, on connections of their own."""

from functools import partial

import pytest

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.publishing.models import Edition
from memorial.publishing.release import publish
from memorial.statements.models import Statement
from memorial.translations.models import Revision
from tests.builders import a_user
from tests.database import one_after_the_other
from tests.publishing.conftest import a_ready_statement, write

pytestmark = pytest.mark.django_db(transaction=True)


def a_statement_and_two_people() -> tuple[Statement, User, User]:
    one, two = a_user("one", Role.PUBLISHER), a_user("two", Role.PUBLISHER)
    return a_ready_statement(one, ["az", "en"]), one, two


def test_of_two_publishers_one_seals_and_the_other_is_told_why_not() -> None:
    statement, one, two = a_statement_and_two_people()
    sealed, refused = one_after_the_other(
        partial(publish, statement, ["az"], by=one), partial(publish, statement, ["az"], by=two)
    )
    assert isinstance(sealed, list), sealed
    assert isinstance(refused, Refused), refused
    assert {reason.code for reason in refused.reasons} == {"unchanged", "no-note"}
    assert Edition.objects.get() == sealed[0]


def test_the_one_who_loses_a_language_publishes_no_other_either() -> None:
    statement, one, two = a_statement_and_two_people()
    sealed, refused = one_after_the_other(
        partial(publish, statement, ["az"], by=one), partial(publish, statement, ["en", "az"], by=two, note="Changed.")
    )
    assert isinstance(sealed, list), sealed
    assert isinstance(refused, Refused), refused
    assert [reason.code for reason in refused.reasons] == ["unchanged"]
    assert Edition.objects.get() == sealed[0]


def test_a_save_during_a_publication_waits_and_is_not_published() -> None:
    statement, one, two = a_statement_and_two_people()
    sealed, revision = one_after_the_other(
        partial(publish, statement, ["az"], by=one), partial(write, statement, "az", two, title="Changed")
    )
    assert isinstance(sealed, list), sealed
    assert isinstance(revision, Revision), revision
    assert Edition.objects.get().title == "Example (az)"


def test_a_publication_during_a_save_waits_and_notices_it() -> None:
    statement, one, two = a_statement_and_two_people()
    seen = {"az": statement.texts.get(language="az").head}
    revision, refused = one_after_the_other(
        partial(write, statement, "az", two, title="Changed"),
        partial(publish, statement, ["az"], by=one, seen=seen),
    )
    assert isinstance(revision, Revision), revision
    assert isinstance(refused, Refused), refused
    assert [reason.code for reason in refused.reasons] == ["saved-since"]
    assert not Edition.objects.exists()
