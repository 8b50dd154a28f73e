"""What tests of the desk share: somebody logged in, a statement with a text, and a browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from memorial.accounts.models import User
from memorial.languages.models import Language
from memorial.statements.models import Statement
from memorial.translations.save import save_text
from tests import accessibility
from tests.builders import a_statement, a_user

BODY = "<p>The first paragraph.</p><p>The second paragraph.</p>"


@pytest.fixture
def enter() -> Callable[[User], Client]:
    """Log somebody in: ``enter(editor).get("/admin/")``."""

    def logged_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return logged_in


@pytest.fixture
def statement(db: None) -> Statement:
    """A statement with its original text in Azerbaijani, saved by a colleague."""
    made = a_statement()
    colleague = a_user("colleague", "editor")
    save_text(made, "az", title="Bəyanat", summary="Qısa", body=BODY, seen=None, by=colleague)
    return made


def form_data(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back from the admin form at ``address`` if nothing were typed."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    data: dict[str, Any] = {}
    forms = [response.context["adminform"].form]
    for formset in response.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.initial_forms]
    for form in forms:
        for name in form.fields:
            bound = form[name]
            value = bound.value()
            data[bound.html_name] = value
            if form.fields[name].show_hidden_initial:
                data[bound.html_initial_name] = value
    return {name: value for name, value in data.items() if value is not None and value != ""}


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console has said: at the end of a test, nothing."""
    return []


@pytest.fixture
def found_by_axe(complaints: list[str]) -> Callable[[Page], list[str]]:
    """Ask axe about a page of the desk: ``assert found_by_axe(page) == []``."""

    def found(page: Page) -> list[str]:
        said = len(complaints)
        violations = accessibility.violations(page)
        del complaints[said:]  # axe itself tries to add style elements, which the desk's policy refuses
        return violations

    return found


@pytest.fixture
def desk_page(
    browser: Browser, transactional_db: None, live_server: Any, enter: Callable[[User], Client], complaints: list[str]
) -> Iterator[Callable[[User, str], Page]]:
    """Open the desk as somebody logged in: ``desk_page(editor, "az")``. Any message of the console fails the test."""
    for row in settings.SITE_LANGUAGE_ROWS:
        Language.objects.get_or_create(
            tag=row.tag,
            defaults={
                "name_en": row.name_en, "name_own": row.name_own, "script": row.script,
                "direction": row.direction, "position": row.position, "state": Language.State.PUBLIC,
            },
        )  # fmt: skip
    contexts = []

    def opened(user: User, language: str) -> Page:
        context = browser.new_context(
            locale=language, base_url=live_server.url, viewport={"width": 1280, "height": 900}
        )
        contexts.append(context)
        session = enter(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": f"{live_server.url}/admin/"}]
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
