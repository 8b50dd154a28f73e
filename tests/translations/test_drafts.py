"""What somebody has typed and not saved."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.statements.models import Statement
from memorial.translations.drafts import LONGEST_DRAFT, discard_draft, draft_of, keep_draft
from memorial.translations.models import PrivateDraft, Revision
from tests.builders import a_statement
from tests.translations.conftest import BODY, saved


def kept(statement: Statement, language: str, by: User, **given: Any) -> PrivateDraft:
    text = statement.texts.filter(language=language).first()
    typed = {"title": "Typed", "summary": "", "body": "<p>Typed.</p>", "facts": {}, "based_on": None}
    return keep_draft(statement, language, by=by, **{**typed, "seen": text.head if text else None, **given})


def refused(*args: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        kept(*args, **given)
    return [reason.code for reason in refusal.value.reasons]


# -- It does ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_and_is_no_revision(statement: Statement, editor: User, persian_translator: User) -> None:
    original = saved(statement, "az", editor)
    seen = saved(statement, "fa", editor)
    kept(statement, "fa", persian_translator, facts={"credit": "A."}, based_on=original)
    draft = draft_of(statement, "fa", persian_translator)
    assert draft
    assert (draft.title, draft.body, draft.facts) == ("Typed", "<p>Typed.</p>", {"credit": "A."})
    assert (draft.seen, draft.based_on) == (seen, original)
    assert Revision.objects.count() == 2


def test_what_is_typed_later_takes_its_place(statement: Statement, editor: User) -> None:
    first = kept(statement, "az", editor)
    second = kept(statement, "az", editor, title="Typed later")
    assert (first.pk, PrivateDraft.objects.get().title) == (second.pk, "Typed later")
    assert second.typed_at > first.typed_at


def test_a_draft_is_its_writers_own_in_each_language_and_statement(
    statement: Statement, editor: User, publisher: User
) -> None:
    kept(statement, "az", editor)
    kept(statement, "en", editor, title="In English")
    assert draft_of(statement, "az", publisher) is None
    assert draft_of(a_statement(slug="another"), "az", editor) is None
    kept(statement, "az", publisher, title="The publisher's")
    assert {draft.title for draft in PrivateDraft.objects.filter(by=editor)} == {"Typed", "In English"}
    found = draft_of(statement, "az", publisher)
    assert found
    assert found.title == "The publisher's"


def test_a_draft_need_not_be_complete(statement: Statement, editor: User) -> None:
    kept(statement, "az", editor, title="", body="")
    assert draft_of(statement, "az", editor) is None, "nothing was typed"
    kept(statement, "az", editor, title="  ", body="<p>Only a text.</p>")
    assert draft_of(statement, "az", editor)


def test_what_is_kept_is_clean(statement: Statement, editor: User) -> None:
    body = '<p onclick="x()" data-key="p7">Kept<script>x()</script>\x00</p>'
    facts = {"credit": "A.\x00", "origin": 7, "head": 1}
    draft = kept(statement, "az", editor, title="A\x00\ud800 title", body=body, facts=facts)
    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("A title", '<p data-key="p7">Kept</p>')
    assert draft.facts == {"credit": "A.", "origin": "7"}


def test_a_draft_that_says_what_was_saved_is_none(statement: Statement, editor: User, publisher: User) -> None:
    saved(statement, "az", editor, title="Title", summary="One\nTwo", credit="A. Translator")
    same = {"title": " Title ", "summary": "One \r\nTwo\n", "body": BODY}
    kept(statement, "az", publisher, **same, facts={"credit": "A.  Translator", "origin": "issued"})
    assert draft_of(statement, "az", publisher) is None
    for different in (
        {"title": "Other"}, {"summary": "One"}, {"body": "<p>Other</p>"}, {"body": BODY.replace("First", "<em>F</em>")},
        {"facts": {"credit": ""}},
    ):  # fmt: skip
        kept(statement, "az", publisher, **{**same, **different})
        assert draft_of(statement, "az", publisher), different


def test_saving_forgets_the_savers_own_draft_of_that_language_alone(
    statement: Statement, editor: User, publisher: User
) -> None:
    for somebody, language in ((editor, "az"), (editor, "en"), (publisher, "az")):
        kept(statement, language, somebody)
    saved(statement, "az", editor)
    left = set(PrivateDraft.objects.values_list("by__username", "language"))
    assert left == {("editor", "en"), ("publisher", "az")}


def test_a_draft_is_forgotten_too_where_its_words_are_saved_already(statement: Statement, editor: User) -> None:
    first = saved(statement, "az", editor)
    kept(statement, "az", editor)
    saved(statement, "az", editor, body=first.body)
    assert not PrivateDraft.objects.exists()


def test_a_save_that_is_refused_forgets_nothing(statement: Statement, editor: User, publisher: User) -> None:
    opened = saved(statement, "az", editor)
    kept(statement, "az", editor)
    saved(statement, "az", publisher, title="Theirs")
    for given in ({"title": "Mine", "seen": opened}, {"title": " "}):
        with pytest.raises(Refused):
            saved(statement, "az", editor, **given)
    assert draft_of(statement, "az", editor)


def test_a_draft_can_be_discarded(statement: Statement, editor: User, publisher: User) -> None:
    kept(statement, "az", editor)
    kept(statement, "az", publisher)
    discard_draft(statement, "az", by=editor)
    assert [draft.by for draft in PrivateDraft.objects.all()] == [publisher]
    discard_draft(statement, "az", by=editor)


# -- It refuses, and not by whom -------------------------------------------------------------------------------------


def test_all_reasons_are_given_together(statement: Statement, editor: User, persian_translator: User) -> None:
    other = saved(a_statement(slug="another"), "fa", editor)
    assert refused(statement, "az", persian_translator, body="x" * (LONGEST_DRAFT + 1), seen=other, based_on=other) == [
        "not-allowed",
        "too-long",
        "seen-elsewhere",
        "base-elsewhere",
    ]
    persian = saved(statement, "fa", editor)
    assert refused(statement, "fa", persian_translator, seen=persian, based_on=persian) == ["base-is-itself"]
    assert not PrivateDraft.objects.exists()


def test_a_language_that_the_site_has_not_is_refused(statement: Statement, administrator: User) -> None:
    assert refused(statement, "xx", administrator) == ["language-unknown"]


def test_a_stranger_keeps_nothing(statement: Statement) -> None:
    assert refused(statement, "az", AnonymousUser()) == ["not-allowed"]
