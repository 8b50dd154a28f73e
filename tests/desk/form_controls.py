"""How large the statement's form is, in the languages of the process that asks."""

from collections.abc import Iterable

from django.test import Client
from lxml import html

from memorial.accounts.models import User
from memorial.languages.columns import languages
from memorial.translations.save import save_text
from tests.builders import a_statement

Form = dict[str, list[str]]


def forms(people: Iterable[User]) -> dict[str, Form]:
    """By person, the names of the form's controls, and the tags of the languages in the panel beside it.

    The form is that of a statement with a text in every language, by the first of them.
    """
    people = list(people)
    statement = a_statement()
    for tag in languages():
        save_text(statement, tag, title=f"Title {tag}", summary="", body="<p>x</p>", seen=None, by=people[0])
    return {user.username: _form(user, f"/admin/statements/statement/{statement.pk}/change/") for user in people}


def _form(user: User, address: str) -> Form:
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    page = html.fromstring(answer.content.decode())
    (form,) = page.xpath("//form[@id='statement_form']")
    return {
        "controls": [each.get("name", "") for each in form.xpath(".//input | .//select | .//textarea | .//button")],
        "panel": page.xpath("//ul[@class='language-lines']/li//bdi/@lang"),
        "controls in the panel": page.xpath("//aside//*[self::input or self::select or self::textarea]/@name"),
    }
