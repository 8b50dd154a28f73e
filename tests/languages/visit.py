"""Visits a site in the process that runs this: what each language named on the command line shows, as one line of JSON.

An editor whose desk speaks the language names an issuer in it and writes a text; a publisher publishes it; a reader
reads. Answers are reduced to what a test asks about.
"""

import json
import re
import sys
from typing import Any

import django

django.setup()

from django.test import Client  # noqa: E402 after the settings and the models
from django.test.utils import setup_test_environment  # noqa: E402

from memorial.accounts.models import Role, User  # noqa: E402
from memorial.statements.models import Statement  # noqa: E402
from memorial.translations.models import Text  # noqa: E402
from memorial.translations.save import save_text  # noqa: E402
from tests.builders import a_statement, a_user, an_occasion  # noqa: E402
from tests.desk.conftest import BODY, form_data  # noqa: E402

ROOT = re.compile(r'<html lang="([^"]+)" dir="([^"]+)"')
SAVED = 302


def look(client: Client, path: str) -> list[Any]:
    """The status of a page, its language, its direction, and its words without the tags."""
    answer = client.get(path)
    page = answer.content.decode()
    root = ROOT.search(page)
    return [answer.status_code, *(root.groups() if root else ("", "")), re.sub(r"<[^>]*>|\s+", " ", page)]


def logged_in(user: User) -> Client:
    """A browser at the desk."""
    client = Client()
    client.force_login(user)
    return client


def visit(tag: str, statement: Statement, publisher: User) -> dict[str, Any]:
    """What one language shows at the desk and in public."""
    editor = a_user(f"editor-{tag}", Role.EDITOR)
    editor.interface_language = tag
    editor.save()
    publisher.interface_language = tag
    publisher.save()
    desk, house, reader = logged_in(editor), logged_in(publisher), Client()
    record = f"/admin/statements/statement/{statement.pk}/"
    label = f"/admin/statements/issuer/{statement.issuer_id}/change/?left=az&right={tag}"
    text = f"{record}text/{tag}/"
    desk_pages = ["/admin/", "/admin/statements/statement/", f"{record}change/", label, text, f"{record}publish/"]
    board = f"/admin/languages/{tag}/"
    desk_pages += [board, f"{board}formats/", f"/admin/languages/must-have/?language={tag}", "/admin/languages/add/"]
    shown = {path: look(desk, path)[:3] for path in desk_pages}
    answers = {
        "label": desk.post(label, form_data(desk, label) | {f"name_{tag}": f"Issuer in {tag}"}),
        "text": desk.post(
            text,
            {"text_title": f"Title in {tag}", "text_summary": "", "text_body": BODY, "text_origin": "archive",
             "text_completeness": "full", "text_credit": "", "text_seen": ""},
        ),
    }  # fmt: skip
    head = Text.objects.get(statement=statement, language=tag).head_id
    seen = {"languages": [tag], "when": "now", f"seen-{tag}": head}
    answers["publish"] = house.post(f"{record}publish/", seen)
    read = f"/{tag}/statements/{statement.sid}/{statement.slug}/"
    paths = [f"/{tag}/", f"/{tag}/statements/", f"/{tag}/issuers/", f"/{tag}/issuers/example-ministry/",
             f"/{tag}/occasions/example-day/", f"/{tag}/about/", read]  # fmt: skip
    pages = {path: look(reader, path) for path in paths}
    return {
        "desk": shown,
        "refused": {name: answer.content.decode() for name, answer in answers.items() if answer.status_code != SAVED},
        "public": {path: page[:3] for path, page in pages.items()},
        "statement": pages[read][3],
        "issuer": pages[f"/{tag}/issuers/example-ministry/"][3],
        "missing": look(reader, f"/{tag}/nothing/")[:3],
        "editions": list(statement.editions.filter(language=tag).values_list("title", flat=True)),
    }


def main() -> None:
    """One published statement in Azerbaijani; then every language."""
    setup_test_environment()
    publisher = a_user("publisher", Role.PUBLISHER)
    statement = a_statement(occasion=an_occasion(), issued="2025-05-20T22:01+04:00")
    save_text(statement, "az", title="Bəyanat", summary="", body=BODY, seen=None, by=publisher)
    sys.stdout.write(json.dumps({tag: visit(tag, statement, publisher) for tag in sys.argv[1:]}))


if __name__ == "__main__":
    main()
