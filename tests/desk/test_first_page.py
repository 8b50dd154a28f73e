"""The desk's first page: what waits for whoever comes in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from memorial.accounts.models import Role, User
from memorial.desk.boards.listed import LINES
from memorial.languages.models import Language, LanguageRequest
from memorial.publishing.grid import CellState
from memorial.statements.models import Statement
from memorial.translations.drafts import keep_draft
from memorial.translations.models import ReviewStep, Revision, Significance, Text
from memorial.translations.ready import mark_ready
from memorial.translations.review import approve, send_back, submit
from memorial.translations.save import save_text
from tests.builders import a_statement, a_user, an_occasion

from .many_texts import an_archive

Enter = Callable[[User], Client]


def _write(statement: Statement, language: str, by: User, **given: object) -> Revision:
    text = Text.objects.select_related("head").filter(statement=statement, language=language).first()
    base = Text.objects.select_related("head").filter(statement=statement, language="az").first()
    values: dict[str, object] = {
        "title": f"Example ({language})", "summary": "", "body": "<p>One.</p>", "seen": text.head if text else None,
        "based_on": base.head if base and language != "az" else None,
    }  # fmt: skip
    return save_text(statement, language, by=by, **{**values, **given})  # type: ignore[arg-type]


def _sent(statement: Statement, by: User) -> Text:
    head = _write(statement, "fa", by)
    text = Text.objects.select_related("head").get(statement=statement, language="fa")
    submit(text, seen=head, by=by)
    return text


def _page(client: Client) -> str:
    answer = client.get("/admin/", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def reviewer(db: None) -> User:
    """A reviewer of Persian."""
    return a_user("reviewer-fa", Role.REVIEWER, language="fa")


@pytest.fixture
def told(enter: Enter) -> Callable[[User], dict[str, list[str]]]:
    """The titles that each list of the first page tells somebody: ``told(editor)["outdated"]``."""

    def lists(user: User) -> dict[str, list[str]]:
        context = enter(User.objects.get(pk=user.pk)).get("/admin/").context
        names = ("sent_back", "kept_privately", "to_review", "stuck", "outdated", "drafts", "in_review", "approved")
        return {name: [line.title for line in context[name].lines] for name in names if context[name]}

    return lists


Told = Callable[[User], dict[str, list[str]]]


def test_a_text_walks_through_the_lists_of_its_people(
    statement: Statement, persian_translator: User, reviewer: User, told: Told, enter: Enter
) -> None:
    Language.objects.filter(tag="fa").update(review=Language.Review.OTHER)
    title = "Example (fa)"
    text = _sent(statement, persian_translator)
    assert told(persian_translator) == {"in_review": [title]}
    assert told(reviewer) == {"to_review": [title]}
    send_back(text, seen=text.head, message="Check <b>the date</b>.", by=reviewer)  # type: ignore[arg-type]
    assert told(persian_translator) == {"sent_back": [title]}
    page = _page(enter(persian_translator))
    assert "Check &lt;b&gt;the date&lt;/b&gt;." in page
    assert told(reviewer) == {}
    head = _write(statement, "fa", persian_translator, title="Second")
    assert told(persian_translator) == {"drafts": ["Second"]}
    submit(Text.objects.get(pk=text.pk), seen=head, by=persian_translator)
    corrected = _write(statement, "fa", reviewer, title="Corrected")
    approve(Text.objects.get(pk=text.pk), seen=corrected, by=reviewer)
    assert told(persian_translator) == {"approved": ["Corrected"]}


def test_what_the_reviewer_changed_is_one_click_away(
    statement: Statement, persian_translator: User, reviewer: User, enter: Enter
) -> None:
    text = _sent(statement, persian_translator)
    approve(text, seen=text.head, by=reviewer)  # type: ignore[arg-type]
    page = _page(enter(persian_translator))
    assert "approved as you sent it" in page
    ReviewStep.objects.filter(action=ReviewStep.Action.APPROVED).delete()
    corrected = _write(statement, "fa", reviewer, title="Corrected")
    approve(Text.objects.get(pk=text.pk), seen=corrected, by=reviewer)
    line = enter(persian_translator).get("/admin/").context["approved"].lines[0]
    assert not line.is_unchanged
    assert line.changes == reverse("admin:statements_statement_text_difference", args=[statement.pk, "fa", 1, 2])


def test_what_is_kept_privately_is_told_to_its_writer_alone(
    statement: Statement, persian_translator: User, editor: User, enter: Enter
) -> None:
    keep_draft(
        statement, "fa", by=persian_translator, title="Half a", summary="", body="", facts={}, seen=None, based_on=None
    )
    page = _page(enter(persian_translator))
    assert "Half a" in page
    assert "kept privately" in page
    assert reverse("admin:statements_statement_text", args=[statement.pk, "fa"]) in page
    assert "Half a" not in _page(enter(editor))


def test_an_administrator_is_told_of_a_language_without_reviewers(
    statement: Statement, persian_translator: User, administrator: User, editor: User, told: Told
) -> None:
    Language.objects.filter(tag="fa").update(review=Language.Review.REVIEWER)
    _sent(statement, persian_translator)
    assert told(administrator)["stuck"] == ["Example (fa)"]
    assert "stuck" not in told(editor)


def test_outdated_texts_are_told_to_whoever_writes_the_language(
    statement: Statement, persian_translator: User, editor: User, told: Told, enter: Enter
) -> None:
    _write(statement, "fa", persian_translator)
    changed = _write(statement, "az", editor, title="Changed")
    mark_ready(changed, significance=Significance.URGENT, by=editor)
    assert told(persian_translator)["outdated"] == ["Example (fa)"]
    assert told(editor)["outdated"] == ["Example (fa)"]
    assert "outdated" not in told(a_user("russian", Role.TRANSLATOR, language="ru"))
    assert "outdated: urgent" in _page(enter(persian_translator))


def test_the_next_commemoration_says_when_and_what_is_missing(persian_translator: User, enter: Enter) -> None:
    today = timezone.localdate()
    day = today + timedelta(days=12)
    occasion = an_occasion(month=day.month, day=day.day)
    this_year = a_statement(occasion=occasion, dated=str(day))
    before = a_statement(occasion=occasion, dated=f"{day.year - 1}-{day:%m-%d}")
    for statement in (this_year, before):
        _write(statement, "az", a_user(f"editor-{statement.pk}", Role.EDITOR), title=f"Bəyanat {statement.pk}")
    _write(this_year, "fa", persian_translator)
    client = enter(persian_translator)
    coming = client.get("/admin/").context["coming"]
    assert (coming.days, coming.day) == (12, day)
    assert [told.statement for told in coming.of_the_day] == [this_year]
    states = {place.cell.language: place.cell.state for place in coming.of_the_day[0].places}
    assert states["fa"] == CellState.DRAFT
    assert states["ru"] == CellState.MISSING
    assert coming.before.statement == before
    assert [(row.tag, row.number) for row in coming.missing] == [("fa", 1)]
    listed = client.get(coming.missing[0].address)
    assert listed.context["page"].paginator.count == 1
    assert "in 12 days" in _page(client)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "tomorrow")])
def test_a_commemoration_that_is_near_is_called_so(days: int, words: str, editor: User, enter: Enter) -> None:
    day = timezone.localdate() + timedelta(days=days)
    an_occasion(month=day.month, day=day.day)
    assert f"<strong>{words}</strong>" in _page(enter(editor))


def test_requests_for_languages_are_told_to_whoever_adds_languages(
    persian_translator: User, administrator: User, enter: Enter
) -> None:
    LanguageRequest.objects.create(language="lez", name_own="Лезги чӀал", requested_by=persian_translator)
    LanguageRequest.objects.create(language="de", name_own="Deutsch", state=LanguageRequest.State.ADDED)
    manager = a_user("manager", Role.LANGUAGE_MANAGER)
    for user in (administrator, manager):
        page = _page(enter(user))
        assert "Лезги чӀал" in page
        assert "Deutsch" not in page
    assert "Лезги чӀал" not in _page(enter(persian_translator))


def test_a_language_being_prepared_is_told_to_its_translators(
    persian_translator: User, editor: User, enter: Enter
) -> None:
    Language.objects.filter(tag="fa").update(state=Language.State.PREPARING)
    assert "Languages being prepared" in _page(enter(persian_translator))
    assert "Languages being prepared" not in _page(enter(editor))


def test_empty_lists_say_something_kind_and_true(persian_translator: User, enter: Enter, db: None) -> None:
    page = _page(enter(persian_translator))
    assert "Nothing waits for you." in page
    assert "Every text in your languages is up to date. Thank you." in page
    page = _page(enter(a_user("manager", Role.LANGUAGE_MANAGER)))
    assert "You hold no role in a language yet." in page


def test_a_long_list_says_how_many_more_there_are(persian_translator: User, editor: User, enter: Enter) -> None:
    an_archive(60, 8, by=persian_translator, reviewer=editor)
    context = enter(persian_translator).get("/admin/").context
    assert len(context["drafts"].lines) == LINES
    assert context["drafts"].more == context["drafts"].number - LINES > 0
    standing = context["standings"][0]
    assert [each.tag for each in context["standings"]] == ["fa"]
    assert sum(part.number for part in standing.parts) == standing.total == 60


def test_editors_keep_what_was_saved_last(
    editor: User, persian_translator: User, statement: Statement, enter: Enter
) -> None:
    assert "Saved last" in _page(enter(editor))
    assert "Saved last" not in _page(enter(persian_translator))


def test_the_header_leads_to_the_first_page_the_grid_and_the_languages(persian_translator: User, enter: Enter) -> None:
    page = _page(enter(persian_translator))
    for address, name in (
        ("/admin/", "Your work"),
        ("/admin/grid/", "All texts"),
        ("/admin/languages/language/", "Languages"),
    ):
        assert f'href="{address}"' in page
        assert f">{name}</a>" in page
    assert page.count('aria-current="page">Your work') == 1


def test_whoever_translates_a_language_to_come_is_led_to_ask_for_it(db: None, enter: Enter) -> None:
    page = _page(enter(a_user("translator-lez", "translator", language="lez")))
    assert "Your language is still to come" in page
    assert "/admin/languages/add/?tag=lez" in page
    assert "Nothing waits for you." not in page
