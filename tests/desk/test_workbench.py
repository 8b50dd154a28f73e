"""The workbench: a text beside its source, what its buttons do, and what it says about both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html as markup

from memorial.accounts.models import Role, User
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from memorial.translations.drafts import draft_of, keep_draft
from memorial.translations.models import Revision, Significance, Stage, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import submit
from memorial.translations.save import save_text
from tests.builders import a_user

Enter = Callable[[User], Client]
MOST_QUERIES = 40


def address(statement: Statement, language: str = "fa") -> str:
    return f"/admin/statements/statement/{statement.pk}/text/{language}/"


def typed(**changes: str) -> dict[str, str]:
    return {
        "text_title": "بیانیه", "text_summary": "", "text_body": "<p>متن</p><p>دوم</p>", "text_origin": "archive",
        "text_completeness": "full", "text_credit": "", "text_seen": "", **changes,
    }  # fmt: skip


def reviewed(rule: str, language: str = "fa") -> None:
    """Give a language its rule of review."""
    Language.objects.filter(tag=language).update(review=rule)


def text_in(language: str = "fa") -> Text:
    return Text.objects.get(language=language)


def pressable(page: Any) -> list[str]:
    return [button.press.value for button in page.context["buttons"] if not button.reasons]


@pytest.fixture
def reviewer(db: None) -> User:
    return a_user("reviewer-fa", Role.REVIEWER, language="fa")


# -- what is shown ----------------------------------------------------------------------------------------------------
def test_both_sides_carry_their_own_language_and_direction(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    page = enter(persian_translator).get(address(statement)).content.decode()
    assert '<div class="shown-text side-scroll" lang="az" dir="ltr"' in page
    assert 'name="text_body"' in page
    assert 'lang="fa" dir="rtl" spellcheck="true"' in page


def test_any_other_text_may_stand_beside_and_a_third(editor: User, enter: Enter, statement: Statement) -> None:
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, by=editor)
    client = enter(editor)
    assert client.get(address(statement)).context["source"].language == "az"
    assert client.get(address(statement) + "?source=ru").context["source"].language == "ru"
    assert client.get(address(statement) + "?source=fa").context["source"].language == "az"
    both = client.get(address(statement) + "?source=ru&third=az").context
    assert (both["source"].language, both["third"].language) == ("ru", "az")
    assert client.get(address(statement) + "?third=az").context["third"] is None


def test_the_original_has_a_workbench_too_and_is_made_from_nothing(
    editor: User, enter: Enter, statement: Statement
) -> None:
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, by=editor)
    client = enter(editor)
    page = client.get(address(statement, "az"))
    assert page.context["source"].language == "ru"
    seen = str(text_in("az").head.pk)
    answer = client.post(address(statement, "az"), typed(text_origin="issued", text_seen=seen, based_on="1"))
    assert answer.status_code == 302
    assert (text_in("az").head.number, text_in("az").head.based_on) == (2, None)


def test_paragraphs_that_are_not_translated_are_marked_in_the_source(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    page = enter(persian_translator).get(address(statement))
    assert page.context["source"].untranslated == ("p1", "p2")
    half = "<p data-key='p1'>پاراگراف نخست</p><p data-key='p2'>The second paragraph.</p>"
    save_text(
        statement, "fa", title="بیانیه", summary="", body=half, seen=None, based_on=text_in("az").head,
        by=persian_translator,
    )  # fmt: skip
    page = enter(persian_translator).get(address(statement))
    assert page.context["source"].untranslated == ("p2",)
    body = page.content.decode()
    assert '<p id="source-p1" data-key="p1"><span hidden class="block-mark"' in body
    assert '<p id="source-p2" data-key="p2"><span class="block-mark"' in body


def test_the_source_shown_is_the_one_ready_for_translation(
    persian_translator: User, editor: User, enter: Enter, statement: Statement
) -> None:
    first = text_in("az").head
    mark_ready(first, significance=Significance.WORDING, by=editor)
    newer = save_text(statement, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=first, by=editor)
    source = enter(persian_translator).get(address(statement)).context["source"]
    assert (source.revision, source.newer) == (first, newer)


def test_the_workbench_opens_in_few_queries(editor: User, enter: Enter, statement: Statement) -> None:
    reviewed(Language.Review.OTHER)
    az = text_in("az").head
    mark_ready(az, significance=Significance.WORDING, by=editor)
    for tag in ("en", "ru", "tr", "fa"):
        save_text(statement, tag, title=tag, summary="", body="<p>x</p>", seen=None, based_on=az, by=editor)
    newer = save_text(statement, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=az, by=editor)
    mark_ready(newer, significance=Significance.MEANING, by=editor)
    administrator = a_user("chief", Role.ADMINISTRATOR)
    submit(text_in(), seen=text_in().head, by=editor)
    keep_draft(
        statement, "fa", by=administrator, title="x", summary="", body="<p>y</p>", facts={}, seen=None, based_on=az
    )
    client = enter(administrator)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(address(statement) + "?third=ru&draft=1")
    assert page.context["outdated"] is not None
    assert len(asked) <= MOST_QUERIES, [query["sql"][:120] for query in asked]


def test_unknown_statements_and_languages_are_not_found(editor: User, enter: Enter, statement: Statement) -> None:
    client = enter(editor)
    assert client.get(address(statement, "xx")).status_code == 404
    assert client.get("/admin/statements/statement/999999/text/fa/").status_code == 404
    assert client.post(address(statement, "xx") + "draft/", {}).status_code == 404


# -- saving -----------------------------------------------------------------------------------------------------------
def test_a_translation_is_saved_on_the_source_that_was_shown(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    source = text_in("az").head
    client = enter(persian_translator)
    shown = client.get(address(statement)).context["source"].revision
    newer = save_text(statement, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=source, by=source.saved_by)
    mark_ready(newer, significance=Significance.MEANING, by=source.saved_by)
    answer = client.post(address(statement), typed(based_on=str(shown.pk)))
    assert answer.status_code == 302
    head = text_in().head
    assert (head.based_on, head.saved_by) == (source, persian_translator)
    assert head.body.count("data-key") == 2
    assert client.get(address(statement)).context["outdated"].significance == Significance.MEANING


def test_only_the_own_language_is_written_whatever_else_is_sent(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    client = enter(persian_translator)
    for language in ("az", "en", "ru"):
        assert client.post(address(statement, language), typed()).status_code == 403
        assert client.post(address(statement, language) + "draft/", {}).status_code == 403
    assert Revision.objects.count() == 1
    page = client.get(address(statement, "ru")).content.decode()
    assert 'name="text_body"' not in page
    more = {"title_ru": "Чужое", "text_title_ru": "Чужое", "language": "ru", "title_az": "Başqa", "slug": "other"}
    assert client.post(address(statement), typed(**more)).status_code == 302
    statement.refresh_from_db()
    assert (statement.title_ru, statement.title_az, statement.slug) == (None, "Bəyanat", "example-statement")
    assert set(Text.objects.values_list("language", flat=True)) == {"az", "fa"}


def test_a_missing_title_keeps_what_was_typed(persian_translator: User, enter: Enter, statement: Statement) -> None:
    answer = enter(persian_translator).post(address(statement), typed(text_title=""))
    assert answer.status_code == 200
    assert "متن" in answer.content.decode()
    assert not Text.objects.filter(language="fa").exists()
    assert draft_of(statement, "fa", persian_translator).body == "<p>متن</p><p>دوم</p>"


# -- buttons ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "role", "buttons"),
    [
        (Language.Review.NONE, Role.CONTRIBUTOR, ["save"]),
        (Language.Review.NONE, Role.TRANSLATOR, ["save", "approve"]),
        (Language.Review.REVIEWER, Role.TRANSLATOR, ["save", "submit"]),
        (Language.Review.REVIEWER, Role.REVIEWER, ["save", "submit", "approve"]),
        (Language.Review.OTHER, Role.REVIEWER, ["save", "submit"]),
        (Language.Review.REVIEWER, Role.ADMINISTRATOR, ["save", "submit", "approve", "publish"]),
        (Language.Review.NONE, Role.PUBLISHER, ["save", "approve", "publish"]),
        (Language.Review.REVIEWER, Role.PUBLISHER, ["save", "submit"]),
    ],
)
def test_the_buttons_are_those_that_rule_and_role_allow(
    enter: Enter, statement: Statement, rule: str, role: str, buttons: list[str]
) -> None:
    reviewed(rule)
    assert pressable(enter(a_user("somebody", role, language="fa")).get(address(statement))) == buttons


def test_a_text_is_sent_to_review_corrected_and_approved(
    persian_translator: User, reviewer: User, enter: Enter, statement: Statement
) -> None:
    reviewed(Language.Review.OTHER)
    translator, second = enter(persian_translator), enter(reviewer)
    translator.post(address(statement), typed(do="submit", review_message="Please look at the date."))
    sent = text_in().head
    assert text_in().stage == Stage.IN_REVIEW
    page = second.get(address(statement))
    assert "Please look at the date." in page.content.decode()
    assert pressable(page) == ["save", "submit", "approve"]
    corrected = typed(do="approve", text_title="بیانیهٔ درست", text_seen=str(sent.pk))
    assert second.post(address(statement), corrected).status_code == 302
    assert (text_in().stage, text_in().head.number) == (Stage.APPROVED, 2)
    assert translator.get(address(statement)).context["sent_by_me"] == sent


def test_a_reviewer_sends_back_with_a_message_that_stands_on_top(
    persian_translator: User, reviewer: User, enter: Enter, statement: Statement
) -> None:
    reviewed(Language.Review.REVIEWER)
    enter(persian_translator).post(address(statement), typed(do="submit"))
    sent = typed(do="send-back", text_seen=str(text_in().head.pk))
    refused = enter(reviewer).post(address(statement), sent)
    assert refused.context["form"].non_field_errors()
    assert text_in().stage == Stage.IN_REVIEW
    enter(reviewer).post(address(statement), sent | {"review_message": "تاریخ نادرست است"})
    assert text_in().stage == Stage.DRAFT
    assert "تاریخ نادرست است" in enter(persian_translator).get(address(statement)).content.decode()


def test_a_language_without_reviewers_says_who_has_been_told(
    persian_translator: User, enter: Enter, statement: Statement
) -> None:
    reviewed(Language.Review.REVIEWER)
    client = enter(persian_translator)
    client.post(address(statement), typed(do="submit"))
    assert client.get(address(statement)).context["nobody_reviews"]
    a_user("second", Role.REVIEWER, language="fa")
    assert not client.get(address(statement)).context["nobody_reviews"]


def test_approve_and_publish_does_both_at_once(administrator: User, enter: Enter, statement: Statement) -> None:
    reviewed(Language.Review.REVIEWER)
    base = str(text_in("az").head.pk)
    answer = enter(administrator).post(address(statement), typed(do="publish", based_on=base))
    assert answer.status_code == 302
    assert text_in().stage == Stage.APPROVED
    assert Edition.objects.get(language="fa").revision == text_in().head


def test_a_refused_publication_saves_nothing_and_keeps_everything_typed(
    administrator: User, enter: Enter, statement: Statement
) -> None:
    client, base = enter(administrator), str(text_in("az").head.pk)
    client.post(address(statement), typed(do="publish", based_on=base))
    head = text_in().head
    again = typed(do="publish", text_title="نو", text_seen=str(head.pk), based_on=base)
    answer = client.post(address(statement), again)
    assert answer.status_code == 200
    assert "edition 1" in str(answer.context["form"].non_field_errors())
    assert answer.context["form"]["text_title"].value() == "نو"
    assert (text_in().head, Edition.objects.filter(language="fa").count()) == (head, 1)
    assert draft_of(statement, "fa", administrator).title == "نو"
    answer = client.post(address(statement), again | {"publish_note": "عنوان درست شد"})
    assert answer.status_code == 302
    assert Edition.objects.filter(language="fa").count() == 2


def test_publish_cannot_be_pressed_for_reasons_that_no_save_takes_away(
    administrator: User, enter: Enter, statement: Statement
) -> None:
    statement.sources.all().delete()
    page = enter(administrator).get(address(statement))
    assert pressable(page) == ["save", "approve"]
    assert "No source is given" in page.content.decode()


# -- outdated ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def outdated(statement: Statement, persian_translator: User, editor: User) -> Text:
    """A Persian text whose source has been changed in meaning since."""
    first = text_in("az").head
    mark_ready(first, significance=Significance.WORDING, by=editor)
    save_text(
        statement, "fa", title="بیانیه", summary="", body="<p>متن</p><p>دوم</p>", seen=None, based_on=first,
        by=persian_translator,
    )  # fmt: skip
    changed = first.body.replace("second", "third")
    newer = save_text(statement, "az", title=first.title, summary="Qısa", body=changed, seen=first, by=editor)
    mark_ready(newer, significance=Significance.MEANING, note="One word is another.", by=editor)
    return text_in()


def test_an_outdated_text_opens_with_what_has_changed_and_the_notes(
    persian_translator: User, enter: Enter, statement: Statement, outdated: Text
) -> None:
    page = enter(persian_translator).get(address(statement)).content.decode()
    assert "One word is another." in page
    tree = markup.fromstring(page)
    assert "".join(tree.xpath("//*[@class='change change-changed']//del/text()")) == "second"
    assert "".join(tree.xpath("//*[@class='change change-changed']//ins/text()")) == "third"
    assert [each.text for each in tree.xpath("//details[@class='unchanged']/summary")] == ["3 unchanged parts"]


def test_a_save_brings_it_up_to_date_unless_it_says_otherwise(
    persian_translator: User, enter: Enter, statement: Statement, outdated: Text
) -> None:
    client = enter(persian_translator)
    shown = client.get(address(statement)).context["source"].revision
    sent = typed(text_title="نو", text_seen=str(outdated.head.pk), based_on=str(shown.pk))
    client.post(address(statement), sent | {"keeps_base": "on"})
    assert text_in().head.based_on == outdated.head.based_on
    assert text_in().outdated_by == Significance.MEANING
    client.post(address(statement), sent | {"text_seen": str(text_in().head.pk)})
    assert text_in().head.based_on == shown
    assert text_in().outdated_by is None


def test_nothing_to_change_is_one_click(
    persian_translator: User, enter: Enter, statement: Statement, outdated: Text
) -> None:
    sent = typed(do="confirm", text_seen=str(outdated.head.pk))
    assert enter(persian_translator).post(address(statement), sent).status_code == 302
    assert text_in().outdated_by is None
    assert text_in().head.body == outdated.head.body


def test_a_source_that_is_itself_outdated_is_said(enter: Enter, statement: Statement, outdated: Text) -> None:
    russian = a_user("translator-ru", Role.TRANSLATOR, language="ru")
    save_text(
        statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, based_on=outdated.head,
        by=russian,
    )  # fmt: skip
    page = enter(russian).get(address(statement, "ru"))
    assert page.context["source"].language == "fa"
    assert "is itself outdated" in page.content.decode()
