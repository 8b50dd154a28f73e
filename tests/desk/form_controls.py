"""How large the statement's form is on a site with other languages: asked of a process of its own.

``python -m tests.desk.form_controls`` writes it as JSON; the languages are those of SITE_LANGUAGES.
"""

import json
import os
import sys

from .other_site import an_empty_site, found_in_a_site

Form = dict[str, list[str]]


def forms_of_a_site(languages: str) -> dict[str, Form]:
    """By person, the names of the form's controls, and the tags of the languages in the panel beside it."""
    found: dict[str, Form] = found_in_a_site("tests.desk.form_controls", languages)
    return found


def _main() -> dict[str, Form]:
    an_empty_site()
    from memorial.translations.save import save_text
    from tests.builders import a_statement, a_user

    people = [a_user("editor", "editor"), a_user("translator", "translator", language="fa")]
    statement = a_statement()
    for tag in os.environ["SITE_LANGUAGES"].split(","):
        save_text(statement, tag, title=f"Title {tag}", summary="", body="<p>x</p>", seen=None, by=people[0])
    return {user.username: _form(user, f"/admin/statements/statement/{statement.pk}/change/") for user in people}


def _form(user: object, address: str) -> Form:
    from django.test import Client
    from lxml import html

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    page = html.fromstring(answer.content.decode())
    (form,) = page.xpath("//form[@id='statement_form']")
    return {
        "controls": [each.get("name", "") for each in form.xpath(".//input | .//select | .//textarea | .//button")],
        "panel": page.xpath("//ul[@class='language-lines']/li//bdi/@lang"),
        "controls in the panel": page.xpath("//aside//*[self::input or self::select or self::textarea]/@name"),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main()) + "\n")
