"""Fills a new site in one process: tables, static files, people, a label, and a statement to be read in Azerbaijani.

Writes where the statement is, as one line of JSON. The team holds its roles in languages that the site does not have.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 after the settings

from memorial.accounts.models import Role  # noqa: E402
from memorial.publishing.release import publish  # noqa: E402
from memorial.statements.models import Issuer  # noqa: E402
from memorial.translations.save import save_text  # noqa: E402
from tests.builders import a_statement, a_user, named  # noqa: E402

LATER = ("fa", "lez")
BODY = "<p>Bu, birinci abzasdır.</p><p>Bu, ikinci abzasdır.</p><p>Bu, üçüncü abzasdır.</p>"


def main() -> None:
    """Make everybody and everything."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for name, role in (("translator", Role.TRANSLATOR), ("second", Role.TRANSLATOR), ("reviewer", Role.REVIEWER)):
        user = a_user(name)
        user.grants.bulk_create(user.grants.model(user=user, role=role, language=tag) for tag in LATER)
    a_user("russian", Role.TRANSLATOR, language="ru")
    editor = a_user("editor", Role.EDITOR)
    a_user("administrator", Role.ADMINISTRATOR)
    names = named("Example Ministry", "az", "en", "ru", "tr")
    issuer = Issuer.objects.create(slug="example-ministry", kind=Issuer.Kind.MINISTRY, **names)
    statement = a_statement(issuer=issuer, issued="2025-05-20T22:01+04:00")
    save_text(statement, "az", title="Bəyanat", summary="Qısa.", body=BODY, seen=None, by=editor)
    publish(statement, ["az"], by=editor)
    sys.stdout.write(json.dumps({"pk": statement.pk, "sid": statement.sid, "slug": statement.slug}))


if __name__ == "__main__":
    main()
