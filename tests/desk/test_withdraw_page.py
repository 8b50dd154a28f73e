"""The page “Withdraw”, and what the desk says of a text that has been withdrawn."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from memorial.accounts.models import Role, User
from memorial.publishing.grid import CellState
from memorial.publishing.models import Edition, Withdrawal
from memorial.publishing.progress import State
from memorial.publishing.release import publish
from memorial.publishing.withdrawal import withdraw
from memorial.statements.models import Statement
from memorial.translations.models import Text
from memorial.translations.save import save_text
from tests.accessibility import Look, in_both_looks
from tests.builders import a_statement, a_user

Enter = Callable[[User], Client]
Open = Callable[[User, str], Page]
Ask = Callable[[Page], list[str]]
REASON = "Səhvən dərc edilmişdi."
RUSSIAN_REASON = "Опубликовано по ошибке."


def address(statement: Statement) -> str:
    return f"/admin/statements/statement/{statement.pk}/withdraw/"


@pytest.fixture
def published(statement: Statement, editor: User, publisher: User) -> Statement:
    """The statement, which readers see in Azerbaijani and in Russian."""
    head = Text.objects.get().head
    save_text(statement, "ru", title="Заявление", summary="", body="<p>Текст</p>", seen=None, based_on=head, by=editor)
    publish(statement, ["az", "ru"], by=publisher)
    return statement


def asked(statement: Statement, *languages: str, **more: str) -> dict[str, Any]:
    """What a browser sends when these languages are ticked and nothing else is touched."""
    seen = {f"seen-{each.language}": each.number for each in Edition.objects.filter(statement=statement).newest()}
    return {"languages": list(languages), "leaves": "text", **seen, **more}


def rows(answer: Any) -> dict[str, Any]:
    return {row.edition.language: row for row in answer.context["published"]}


def codes(row: Any) -> list[str]:
    return [reason.code for reason in row.reasons]


# -- What is shown ---------------------------------------------------------------------------------------------------
def test_every_language_with_an_edition_is_there_and_none_is_chosen(
    publisher: User, enter: Enter, published: Statement
) -> None:
    answer = enter(publisher).get(address(published))
    found = rows(answer)
    assert list(found) == ["az", "ru"], "the original first"
    assert not any(row.is_chosen for row in found.values())
    assert all(row.can_be_chosen for row in found.values())
    page = answer.content.decode()
    assert not re.search(r'type="checkbox"[^>]* checked', page)
    assert re.search(r'value="text"[^>]* checked', page)
    assert not re.search(r'value="nothing"[^>]* checked', page)
    assert '<textarea name="reason-ru" id="reason-ru" rows="3" lang="ru" dir="ltr">' in page


def test_what_still_waits_says_until_when(publisher: User, enter: Enter, statement: Statement) -> None:
    moment = timezone.now() + timedelta(days=3)
    publish(statement, ["az"], by=publisher, at=moment)
    answer = enter(publisher).get(address(statement), headers={"Accept-Language": "en"})
    assert rows(answer)["az"].state == State.SCHEDULED
    assert "waits until" in answer.content.decode()


def test_what_is_withdrawn_says_since_when_and_why(publisher: User, enter: Enter, published: Statement) -> None:
    withdraw(published, ["az"], by=publisher, reason=REASON)
    answer = enter(publisher).get(address(published), headers={"Accept-Language": "en"})
    row = rows(answer)["az"]
    assert (row.state, row.withdrawn.reason, row.can_be_chosen) == (State.WITHDRAWN, REASON, True)
    page = answer.content.decode()
    assert f'<blockquote lang="az" dir="ltr">{REASON}</blockquote>' in page
    assert "This text was withdrawn on " in page
    assert '<span class="state state-withdrawn">' in page
    withdraw(published, ["az"], by=publisher, reason=REASON, keeps_text=False)
    row = rows(enter(publisher).get(address(published)))["az"]
    assert (row.can_be_chosen, codes(row)) == (False, ["withdrawn"])


def test_a_statement_without_an_edition_has_no_form_but_a_message(
    publisher: User, enter: Enter, statement: Statement
) -> None:
    page = enter(publisher).get(address(statement), headers={"Accept-Language": "en"}).content.decode()
    assert "Nothing of this statement has been published" in page
    assert "publish-form" not in page
    assert enter(publisher).post(address(statement), asked(statement, "az")).status_code == 409


def test_the_page_takes_as_many_queries_whatever_the_number_of_languages(
    publisher: User, enter: Enter, published: Statement, django_assert_max_num_queries: Any
) -> None:
    client = enter(publisher)
    base = Text.objects.get(language="az").head
    for tag in ("en", "tr", "fa"):
        save_text(published, tag, title=tag, summary="", body="<p>x</p>", seen=None, based_on=base, by=publisher)
    publish(published, ["en", "tr", "fa"], by=publisher)
    withdraw(published, ["en", "az"], by=publisher, reason=REASON)
    client.get(address(published))
    with django_assert_max_num_queries(8):
        assert len(rows(client.get(address(published)))) == 5


# -- What is done ----------------------------------------------------------------------------------------------------
def test_chosen_languages_are_withdrawn_each_with_its_reason(
    publisher: User, enter: Enter, published: Statement
) -> None:
    client = enter(publisher)
    data = asked(published, "az", "ru", **{"reason-az": REASON, "reason-ru": RUSSIAN_REASON})
    answer = client.post(address(published), data)
    change = reverse("admin:statements_statement_change", args=[published.pk])
    assert (answer.status_code, answer["Location"]) == (302, change)
    found = {each.language: (each.reason, each.keeps_text, each.withdrawn_by) for each in Withdrawal.objects.all()}
    assert found == {"az": (REASON, True, publisher), "ru": (RUSSIAN_REASON, True, publisher)}
    page = client.get(change, headers={"Accept-Language": "en"}).content.decode()
    assert "The text is withdrawn in 2 languages." in page


def test_nothing_is_left_where_that_is_chosen_and_only_there(
    publisher: User, enter: Enter, published: Statement
) -> None:
    data = asked(published, "ru", leaves="nothing", **{"reason-ru": RUSSIAN_REASON, "reason-az": REASON})
    assert enter(publisher).post(address(published), data).status_code == 302
    [one] = Withdrawal.objects.all()
    assert (one.language, one.keeps_text) == ("ru", False)
    assert [each.language for each in Edition.objects.released()] == ["az"]


def test_what_was_withdrawn_is_removed_later(publisher: User, enter: Enter, published: Statement) -> None:
    withdraw(published, ["ru"], by=publisher, reason=RUSSIAN_REASON)
    client = enter(publisher)
    answer = client.post(address(published), asked(published, "ru", **{"reason-ru": RUSSIAN_REASON}))
    assert (answer.status_code, codes(rows(answer)["ru"])) == (409, ["withdrawn"])
    data = asked(published, "ru", leaves="nothing", **{"reason-ru": RUSSIAN_REASON})
    assert client.post(address(published), data).status_code == 302
    assert Withdrawal.objects.filter(keeps_text=False).count() == 1


# -- What is refused -------------------------------------------------------------------------------------------------
def test_all_reasons_are_said_at_their_language_and_nothing_typed_is_lost(
    publisher: User, enter: Enter, published: Statement
) -> None:
    data = asked(published, "az", "ru", leaves="nothing", **{"reason-az": " \n", "reason-ru": RUSSIAN_REASON})
    answer = enter(publisher).post(address(published), {**data, "seen-ru": 7})
    assert answer.status_code == 409
    assert not Withdrawal.objects.exists()
    found = rows(answer)
    assert (codes(found["az"]), codes(found["ru"])) == (["no-reason"], ["published-since"])
    assert all(row.is_chosen for row in found.values())
    page = answer.content.decode()
    assert 'id="reason-az" rows="3" lang="az" dir="ltr" aria-invalid="true" aria-describedby="why-az"' in page
    assert f'aria-describedby="why-ru">{RUSSIAN_REASON}</textarea>' in page
    assert re.search(r'value="nothing"[^>]* checked', page)
    for reason in answer.context["refusals"]:
        assert page.count(str(reason)) == 2, "above the form, and at its language"


def test_what_was_typed_for_a_language_that_is_not_chosen_is_kept_too(
    publisher: User, enter: Enter, published: Statement
) -> None:
    answer = enter(publisher).post(address(published), asked(published, **{"reason-ru": RUSSIAN_REASON}))
    assert [reason.code for reason in answer.context["refusals"]] == ["no-language"]
    row = rows(answer)["ru"]
    assert (row.words, row.is_chosen, row.reasons) == (RUSSIAN_REASON, False, [])


def test_what_was_published_since_is_read_first(publisher: User, enter: Enter, published: Statement) -> None:
    opened = asked(published, "az", **{"reason-az": REASON})
    head = Text.objects.get(language="az").head
    save_text(published, "az", title="Yeni", summary="", body="<p>Yeni</p>", seen=head, by=publisher)
    publish(published, ["az"], by=publisher, note="Yeni.")
    client = enter(publisher)
    answer = client.post(address(published), opened)
    assert (answer.status_code, codes(rows(answer)["az"])) == (409, ["published-since"])
    assert 'name="seen-az" value="2"' in answer.content.decode(), "it is shown now"
    assert client.post(address(published), asked(published, "az", **{"reason-az": REASON})).status_code == 302


@pytest.mark.parametrize("seen", ["", "first", "²", "0"])
def test_what_was_not_shown_is_not_withdrawn(publisher: User, enter: Enter, published: Statement, seen: str) -> None:
    data = asked(published, "az", **{"reason-az": REASON}) | {"seen-az": seen}
    assert enter(publisher).post(address(published), data).status_code == 409
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize("leaves", ["", "everything"])
def test_it_is_one_of_the_two_that_is_left(publisher: User, enter: Enter, published: Statement, leaves: str) -> None:
    data = asked(published, "ru", leaves=leaves, **{"reason-ru": RUSSIAN_REASON})
    answer = enter(publisher).post(address(published), data)
    assert answer.context["form"].errors["leaves"]
    assert rows(answer)["ru"].words == RUSSIAN_REASON
    assert not Withdrawal.objects.exists()


def test_who_may_not_publish_sees_why_and_withdraws_nothing(
    persian_translator: User, editor: User, enter: Enter, published: Statement, settings: Any
) -> None:
    settings.EDITORS_MAY_PUBLISH = False
    for person in (persian_translator, editor, a_user("lead", Role.LEAD, language="ru")):
        client = enter(person)
        answer = client.get(address(published))
        assert not answer.context["can_withdraw"]
        assert {tag: codes(row) for tag, row in rows(answer).items()} == {"az": ["not-allowed"], "ru": ["not-allowed"]}
        data = asked(published, "ru", **{"reason-ru": RUSSIAN_REASON})
        assert client.post(address(published), data).status_code == 409
        assert (
            address(published) not in client.get(f"/admin/statements/statement/{published.pk}/change/").content.decode()
        )
    assert not Withdrawal.objects.exists()


# -- What the desk says of it ----------------------------------------------------------------------------------------
def test_the_link_is_where_something_can_be_withdrawn(publisher: User, enter: Enter, published: Statement) -> None:
    client = enter(publisher)
    unpublished = a_statement(slug="unpublished")

    def links_to(statement: Statement, *pages: str) -> list[bool]:
        at = f"/admin/statements/statement/{statement.pk}"
        return [f'href="{address(statement)}"' in client.get(f"{at}/{page}/").content.decode() for page in pages]

    assert links_to(published, "change", "text/ru", "text/fa") == [True, True, False]
    assert links_to(unpublished, "change", "text/ru") == [False, False]
    withdraw(published, ["az", "ru"], by=publisher, reason=REASON)
    assert links_to(published, "change", "text/ru") == [True, True], "it can still be removed"
    withdraw(published, ["az", "ru"], by=publisher, reason=REASON, keeps_text=False)
    assert links_to(published, "change", "text/ru") == [False, False]


def test_the_panel_and_the_workbench_say_since_when_and_why(
    publisher: User, enter: Enter, published: Statement
) -> None:
    withdraw(published, ["ru"], by=publisher, reason="Опубликовано <по ошибке>.")
    client = enter(publisher)
    said = '<blockquote lang="ru" dir="ltr">Опубликовано &lt;по ошибке&gt;.</blockquote>'
    for page in ("change", "text/ru"):
        shown = client.get(f"/admin/statements/statement/{published.pk}/{page}/").content.decode()
        assert shown.count(said) == 1, page
    bench = client.get(f"/admin/statements/statement/{published.pk}/text/ru/", headers={"Accept-Language": "en"})
    assert "Publishing the text again ends the withdrawal." in bench.content.decode()
    marks = {
        line.state.language.tag: [value for value, _label in line.marks]
        for line in client.get(f"/admin/statements/statement/{published.pk}/change/").context["language_lines"]
    }
    assert (marks["ru"], marks["az"]) == (["withdrawn"], ["published"])
    history = client.get(f"/admin/statements/statement/{published.pk}/text/ru/history/").content.decode()
    assert 'class="state state-withdrawn"' in history
    publish(published, ["ru"], by=publisher, note="Снова.")
    assert said not in client.get(f"/admin/statements/statement/{published.pk}/change/").content.decode()


@pytest.mark.parametrize(("keeps_text", "status"), [(True, 200), (False, 410)])
def test_the_panel_leads_to_what_readers_are_told(
    publisher: User, enter: Enter, published: Statement, *, keeps_text: bool, status: int
) -> None:
    publish_later = timezone.now() + timedelta(days=3)
    base = Text.objects.get(language="az").head
    save_text(published, "en", title="x", summary="", body="<p>x</p>", seen=None, based_on=base, by=publisher)
    publish(published, ["en"], by=publisher, at=publish_later)
    withdraw(published, ["ru", "en"], by=publisher, reason=RUSSIAN_REASON, keeps_text=keeps_text)
    client = enter(publisher)
    answer = client.get(f"/admin/statements/statement/{published.pk}/change/")
    found = {line.state.language.tag: line.public_address for line in answer.context["language_lines"]}
    assert found["en"] == "", "nobody has seen it"
    assert f'href="{found["ru"]}"' in answer.content.decode()
    told = client.get(found["ru"])
    assert told.status_code == status
    assert RUSSIAN_REASON in told.content.decode()


def test_publishing_again_is_offered_and_says_that_it_ends_the_withdrawal(
    publisher: User, enter: Enter, published: Statement
) -> None:
    withdraw(published, ["az", "ru"], by=publisher, reason=REASON)
    head = Text.objects.get(language="ru").head
    save_text(published, "ru", title="Заново", summary="", body="<p>Заново</p>", seen=head, by=publisher)
    client = enter(publisher)
    panel = client.get(f"/admin/statements/statement/{published.pk}/change/").context
    assert panel["publish_reasons"] == []
    at = f"/admin/statements/statement/{published.pk}/publish/"
    answer = client.get(at, headers={"Accept-Language": "en"})
    found = {row.state.language.tag: row for row in answer.context["candidates"]}
    assert {tag: (row.reasons, row.is_ticked) for tag, row in found.items()} == {"az": ([], False), "ru": ([], False)}
    assert answer.content.decode().count("Publishing the text again ends the withdrawal.") == 2


def test_the_grid_counts_lists_and_shows_it(publisher: User, enter: Enter, published: Statement) -> None:
    withdraw(published, ["ru"], by=publisher, reason=RUSSIAN_REASON)
    client = enter(publisher)
    answer = client.get("/admin/grid/?language=ru")
    [standing] = answer.context["standings"]
    [part] = standing.parts
    assert (part.state, part.number, part.width) == (CellState.WITHDRAWN, 1, "100.00")
    page = answer.content.decode()
    assert 'class="bar-withdrawn"' in page
    assert '<option value="withdrawn">' in page
    listed = client.get(part.address)
    assert [row.statement for row in listed.context["rows"]] == [published]
    assert '<span class="state state-withdrawn">' in listed.content.decode()


def test_what_was_called_off_is_not_told_as_about_to_appear(
    publisher: User, enter: Enter, statement: Statement
) -> None:
    publish(statement, ["az"], by=publisher, at=timezone.now() + timedelta(days=3))
    client = enter(publisher)
    assert len(client.get("/admin/").context["recent"]["waiting"]) == 1
    withdraw(statement, ["az"], by=publisher, reason=REASON)
    assert client.get("/admin/").context["recent"]["waiting"] == []


# -- In a browser ----------------------------------------------------------------------------------------------------
@in_both_looks
def test_a_text_is_withdrawn_by_keyboard_and_the_desk_says_so(
    desk_page: Open, publisher: User, published: Statement, *, found_by_axe: Ask, complaints: list[str], look: Look
) -> None:
    page = desk_page(publisher, look.language)
    page.emulate_media(color_scheme=look.colours)
    page.goto(f"/admin/statements/statement/{published.pk}/change/")
    page.locator(f"a[href='{address(published)}']").click()
    words, tick = page.locator("#reason-ru"), page.locator("#withdraw-ru")
    expect(words).to_be_hidden()
    tick.focus()
    page.keyboard.press("Space")
    expect(words).to_be_visible()
    assert found_by_axe(page) == []
    page.locator("input[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    [said] = complaints
    assert "409 (Conflict)" in said  # a refusal, which the browser counts as a failure
    complaints.clear()
    expect(page.locator("#why-ru li")).to_have_count(1)
    expect(words).to_have_accessible_description(re.compile("."))
    assert found_by_axe(page) == []
    page.keyboard.press("Tab")
    words.focus()
    page.keyboard.type(RUSSIAN_REASON)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    page.locator("input[type=submit]").press("Enter")
    page.wait_for_url("**/change/")
    expect(page.locator("ul.messagelist li.success")).to_have_count(1)
    expect(page.locator(".panel .withdrawn blockquote")).to_have_text(RUSSIAN_REASON)
    expect(page.locator(".panel .state-withdrawn")).to_have_count(1)
    assert found_by_axe(page) == []
    page.goto(f"/admin/statements/statement/{published.pk}/publish/")
    expect(page.locator(".candidate .withdrawn")).to_have_count(1)
    assert found_by_axe(page) == []


def test_without_javascript_a_text_is_withdrawn(desk_page: Open, publisher: User, published: Statement) -> None:
    page = desk_page(publisher, "en")
    plain = page.context.browser.new_context(
        java_script_enabled=False, locale="en", storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(page.url.split("/admin/")[0] + address(published))
    plain.locator("#withdraw-az").check()
    plain.locator("#reason-az").fill(REASON)
    plain.get_by_label("Nothing of it can be read any more").check()
    plain.locator("input[type=submit]").click()
    plain.wait_for_url("**/change/")
    plain.context.close()
    assert Withdrawal.objects.get().keeps_text is False
