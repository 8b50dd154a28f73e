"""The page of a language's team: who sees it, and who grants, changes and withdraws there."""

from collections.abc import Callable

import pytest
from django.test import Client

from memorial.accounts.models import Grant, Role, User
from memorial.languages.models import Language
from tests.builders import a_user

Enter = Callable[[User], Client]
ADDRESS = "/admin/languages/fa/team/"


@pytest.fixture
def persian(db: None) -> Language:
    """Persian, as the site has it."""
    return Language.objects.update_or_create(
        tag="fa", defaults={"name_en": "Persian", "name_own": "فارسی", "script": "Arab", "direction": "rtl"}
    )[0]


@pytest.fixture
def lead(persian: Language) -> User:
    """The lead of the Persian translators."""
    return a_user("lead-fa", Role.LEAD, language="fa")


def words(client: Client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_lead_adds_changes_and_withdraws(lead: User, enter: Enter) -> None:
    client, newcomer = enter(lead), a_user("newcomer")
    assert client.post(ADDRESS, {"do": "add", "username": "newcomer", "role": "translator"}).status_code == 302
    grant = newcomer.grants.get()
    assert (grant.role, grant.language) == ("translator", "fa")
    assert "newcomer" in words(client)
    assert client.post(ADDRESS, {"do": "change", "grant": grant.pk, "role": "reviewer"}).status_code == 302
    assert newcomer.grants.get().role == "reviewer"
    assert client.post(ADDRESS, {"do": "withdraw", "grant": grant.pk}).status_code == 302
    assert not newcomer.grants.exists()


def test_a_lead_is_offered_no_other_leads(lead: User, administrator: User, enter: Enter) -> None:
    a_user("second-lead", Role.LEAD, language="fa")
    assert 'value="lead"' not in words(enter(lead))
    assert words(enter(lead)).count('name="grant"') == 0
    assert 'value="lead"' in words(enter(administrator))
    assert words(enter(administrator)).count('name="grant"') == 2


def test_what_is_not_offered_is_refused_in_words(lead: User, enter: Enter) -> None:
    client = enter(lead)
    other = a_user("second-lead", Role.LEAD, language="fa").grants.get()
    answer = client.post(ADDRESS, {"do": "withdraw", "grant": other.pk})
    assert answer.status_code == 409
    assert "Only a language manager or an administrator says who leads a language." in answer.content.decode()
    answer = client.post(ADDRESS, {"do": "change", "grant": lead.grants.get().pk, "role": "translator"})
    assert answer.status_code == 409
    assert "Nobody changes their own roles" in answer.content.decode()
    answer = client.post(ADDRESS, {"do": "add", "username": "second-lead", "role": "editor"})
    assert answer.status_code == 200
    assert "editor is not one of the available choices" in answer.content.decode()
    assert Grant.objects.filter(role="lead").count() == 2


def test_a_user_name_that_nobody_has_comes_back_with_the_reason(lead: User, enter: Enter) -> None:
    answer = enter(lead).post(ADDRESS, {"do": "add", "username": "nobody-here", "role": "translator"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Nobody has this user name." in page
    assert 'value="nobody-here"' in page


def test_a_role_of_another_language_is_not_reached_from_here(lead: User, enter: Enter) -> None:
    russian = a_user("russian", Role.TRANSLATOR, language="ru").grants.get()
    editor = a_user("an-editor", Role.EDITOR).grants.get()
    for grant in (russian, editor):
        for data in ({"do": "withdraw"}, {"do": "change", "role": "contributor"}):
            assert enter(lead).post(ADDRESS, {**data, "grant": grant.pk}).status_code == 404
    assert Grant.objects.filter(pk__in=[russian.pk, editor.pk]).count() == 2
    assert enter(lead).post("/admin/languages/ru/team/", {"do": "withdraw", "grant": russian.pk}).status_code in {
        403,
        404,
    }
    for grant in ("1; DROP", "²", "9" * 5000):
        assert enter(lead).post(ADDRESS, {"do": "withdraw", "grant": grant}).status_code == 404


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.TRANSLATOR, Role.REVIEWER, Role.EDITOR])
def test_others_who_work_there_only_look(persian: Language, role: str, enter: Enter) -> None:
    a_user("colleague", Role.TRANSLATOR, language="fa")
    client = enter(a_user("somebody", role, language="fa"))
    page = words(client)
    assert "colleague" in page
    assert 'name="grant"' not in page
    assert 'name="username"' not in page
    held = Grant.objects.get(user__username="colleague")
    assert client.post(ADDRESS, {"do": "withdraw", "grant": held.pk}).status_code == 403
    assert Grant.objects.filter(pk=held.pk).exists()


def test_who_works_in_another_language_only_sees_nothing(persian: Language, enter: Enter) -> None:
    client = enter(a_user("russian", Role.LEAD, language="ru"))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"do": "add", "username": "russian", "role": "lead"}).status_code == 403


def test_a_language_that_the_site_does_not_have_has_no_team(administrator: User, enter: Enter) -> None:
    assert enter(administrator).get("/admin/languages/eo/team/").status_code == 404


def test_the_page_shows_user_names_and_no_addresses(lead: User, administrator: User, enter: Enter) -> None:
    person = a_user("newcomer", Role.TRANSLATOR, language="fa")
    User.objects.filter(pk=person.pk).update(email="private@example.org", last_name="Confidential")
    for user in (lead, administrator):
        page = words(enter(user))
        assert "newcomer" in page
        assert "private@example.org" not in page
        assert "Confidential" not in page


def test_a_large_team_takes_no_more_queries(
    lead: User, enter: Enter, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        a_user(f"translator-{number}", Role.TRANSLATOR, language="fa")
    client = enter(lead)
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        client.get(ADDRESS)


def test_an_administrator_grants_a_role_in_a_language_that_is_to_come(administrator: User, enter: Enter) -> None:
    from .conftest import form_data

    client, person = enter(administrator), a_user("newcomer")
    address = f"/admin/accounts/user/{person.pk}/change/"
    grant = {"grants-TOTAL_FORMS": 1, "grants-0-role": "translator", "grants-0-user": person.pk, "is_active": "on"}
    answer = client.post(address, {**form_data(client, address), **grant, "grants-0-language": "LEZ"})
    assert answer.status_code == 302, answer.context["errors"]
    assert [(each.role, each.language) for each in person.grants.all()] == [("translator", "lez")]
    other = a_user("other")
    address = f"/admin/accounts/user/{other.pk}/change/"
    answer = client.post(
        address, {**form_data(client, address), **grant, "grants-0-user": other.pk, "grants-0-language": "no tag!"}
    )
    assert answer.status_code == 200
    assert "Enter a language tag" in answer.content.decode()
    assert not other.grants.exists()
