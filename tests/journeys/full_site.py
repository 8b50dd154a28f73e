"""Fills a site with a bit of everything, in the process that runs this, and says what readers get from it.

``begin``: tables, the sample archive, and Persian as a language added later. ``fill``, in another process, which knows
Persian: what an archive in use has. ``serve``: one line of JSON, for each address the status and the SHA-256 of its
bytes, and under ``saving`` what somebody gets who sends a form.
"""

import hashlib
import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.conf import settings  # noqa: E402 after the settings
from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from memorial.accounts.models import Role  # noqa: E402
from memorial.languages.enrol import enrol  # noqa: E402
from memorial.languages.models import Language, Phrase  # noqa: E402
from memorial.publishing.models import Edition  # noqa: E402
from memorial.publishing.release import publish  # noqa: E402
from memorial.publishing.source_release import publish_source  # noqa: E402
from memorial.reading.models import Subscription  # noqa: E402
from memorial.statements.attachments import keep  # noqa: E402
from memorial.statements.models import Issuer  # noqa: E402
from memorial.translations.drafts import keep_draft  # noqa: E402
from memorial.translations.ready import mark_ready  # noqa: E402
from tests.builders import a_statement, a_user  # noqa: E402
from tests.publishing.conftest import LATER, a_ready_statement, published_again, write  # noqa: E402
from tests.publishing.sources import a_background, a_witness  # noqa: E402

#: Letters outside of the first plane, joiners, right-to-left, a quotation mark and a backslash of JSON.
ODD = "“Nümunə” \\ 🕯️ می‌خواهم ğışƏ"
LONG = "".join(f"<p>Paragraph {number} of a long example: {ODD}.</p>" for number in range(3000))
MOMENT = datetime(2025, 5, 20, 9, 0, 0, 123456, tzinfo=UTC)
IN_A_LANGUAGE = (
    "home", "statements", "issuers", "occasions", "events", "places", "corrections", "coverage", "coverage_csv",
    "timeline", "timeline_json", "names", "places_geojson", "feed", "changes", "calendar", "about",
)  # fmt: skip
OF_AN_EDITION = ("statement", "history")
SEARCHES = ("example", "statement", "Bəyanat", "karabakh baku", "نمونه", "january")


def begin() -> None:
    """Make the tables and what every new site has."""
    call_command("migrate", verbosity=0)
    call_command("load_sample_archive")
    enrol("fa", by=None, state=Language.State.PUBLIC)


def fill() -> None:
    """Add what an archive in use has: drafts, scheduled editions, sealed sources, files, wishes, numbers given up."""
    publisher, translator = a_user("publisher", Role.PUBLISHER), a_user("translator", Role.TRANSLATOR, language="fa")
    statement = a_ready_statement(publisher)
    keep(statement, ContentFile(b"%PDF-1.4 an example", name="example.pdf"), by=publisher)
    publish(statement, ["az", "en", "fa"], by=publisher)
    published_again(statement, "en", publisher)
    published_again(statement, "az", publisher, at=LATER)
    publish_source(a_witness(statement), by=publisher)
    publish_source(a_background(), by=publisher)
    draft = a_statement(slug="never-published")
    write(draft, "az", publisher, title=ODD, body=LONG)
    mark_ready(write(draft, "az", publisher, title="Nümunə"), significance=2, note=ODD, by=publisher)
    typed = {"title": "پیش‌نویس", "summary": "", "body": ODD, "facts": {"credit": ODD}}
    keep_draft(statement, "fa", by=translator, seen=None, based_on=None, **typed)
    Phrase.objects.create(
        language="fa", key="0" * 64, singular="%(count)d example", forms={"one": ODD, "other": ODD}, saved_at=MOMENT
    )
    Subscription.objects.create(email="reader@example.org", language="fa", query="", confirmed_at=MOMENT)
    for number in range(3):
        Issuer.objects.create(slug=f"given-up-{number}", kind=Issuer.Kind.MINISTRY).delete()


def serve() -> None:
    """Ask for many addresses, as a reader does."""
    host = settings.ALLOWED_HOSTS[0]
    client = Client(headers={"host": host})
    answers = {}
    for address in addresses():
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answers[address] = [answer.status_code, hashlib.sha256(body).hexdigest()]
    answers["saving"] = [client.post("/admin/login/", {"username": "publisher", "password": "x"}).status_code, ""]
    sys.stdout.write(json.dumps(answers))


def addresses() -> list[str]:
    """What is asked for: in two languages, every statement, lists, feeds, searches, and what machines read."""
    found = ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-pages.xml", "/api/v1/statements/"]
    for lang in ("en", "fa"):
        found += [reverse(f"reading:{name}", args=[lang]) for name in IN_A_LANGUAGE]
        found += [f"/{lang}/search/?q={words}" for words in SEARCHES]
        found += [f"/{lang}/search.json?q={words}" for words in SEARCHES]
    for edition in Edition.objects.visible().filter(language__in=["az", "fa"]).select_related("statement"):
        named = [edition.language, edition.statement.sid, edition.statement.slug]
        found += [reverse(f"reading:{name}", args=named) for name in OF_AN_EDITION]
        found.append(reverse("reading:edition_text", args=[*named, edition.number]))
        found.append(reverse("reading:citation", args=[*named, "jsonld"]))
    return found


if __name__ == "__main__":
    {"begin": begin, "fill": fill, "serve": serve}[sys.argv[1]]()
