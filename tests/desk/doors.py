"""What the permission matrix is asked with: everybody who might come, a small archive, and every door of the desk.

A *verdict* is one letter a person; see ``test_matrix.py`` for what the letters mean.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver

from memorial.accounts.models import Grant, Role, User
from memorial.languages.models import Language, LanguageRequest
from memorial.publishing.release import publish
from memorial.statements.models import Event, Figure, Gap, Issuer, Person, Place, Statement
from memorial.translations.models import Revision
from memorial.translations.save import save_text
from tests.builders import a_statement, a_user, an_issuer, an_occasion, named
from tests.publishing.sources import a_background

# In the order of the table: outside, the Persian team, the Russian team, those of all languages.
OF_A_LANGUAGE = (Role.CONTRIBUTOR, Role.TRANSLATOR, Role.REVIEWER, Role.LEAD)
OF_ALL = (Role.EDITOR, Role.PUBLISHER, Role.LANGUAGE_MANAGER, Role.ADMINISTRATOR)
PEOPLE = (
    "anonymous", "nobody",
    *(f"{role}-fa" for role in OF_A_LANGUAGE), *(f"{role}-ru" for role in OF_A_LANGUAGE), *OF_ALL,
)  # fmt: skip
OWN = "fa"  # the language that every address is asked for
# A statement of SQL that stores something, and is not about a session or the log of what was done.
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(?!django_session|django_admin_log)(\w+)', re.I)
BODY = "<p>The first paragraph.</p><p>The second paragraph.</p>"
# Columns of other languages under every name that a form might read them by.
SMUGGLED = {
    f"{name}_{tag}": "smuggled in"
    for name in ("title", "summary", "name", "description", "text", "text_title", "text_body", "note")
    for tag in ("ru", "az", "tr")
}


def someone(name: str) -> User | None:
    """The person of a column; nobody for a reader who never logged in."""
    if name == "anonymous":
        return None
    role, _dash, tag = name.rpartition("-")
    if tag not in ("fa", "ru"):
        role, tag = name, ""
    user = User.objects.create_user(username=name)  # who has no password needs no time to hash it
    if name != "nobody":
        Grant.objects.create(user=user, role=role, language=tag)
    return user


def logged_in(user: User | None) -> Client:
    """A browser with this person at it."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@dataclass
class Archive:
    """One of everything."""

    statement: Statement
    persian: Statement
    issuer: Issuer
    member: Grant
    keys: dict[str, int] = field(default_factory=dict)


def an_archive() -> Archive:
    """Fill the tables: a statement, two issued in Persian of which one is published, labels, a source and a figure."""
    for row in settings.SITE_LANGUAGE_ROWS:
        Language.objects.update_or_create(
            tag=row.tag,
            defaults={
                "name_en": row.name_en, "name_own": row.name_own, "script": row.script, "direction": row.direction,
                "position": row.position, "state": Language.State.PUBLIC,
            },
        )  # fmt: skip
    writer = a_user("writer", Role.EDITOR)
    issuer = an_issuer(website="https://ministry.example/")
    unused_occasion = an_occasion("unused-day")
    place = Place.objects.create(slug="example-town", **named("Example Town", "az", "en", "fa"))
    person = Person.objects.create(slug="example-person", **named("Example Person", "az", "en", "fa"))
    event, unused_event = (
        Event.objects.create(slug=slug, dated="1990-05-20", **named("Example Event", "az", "en", "fa"))
        for slug in ("example-event", "unused-event")
    )
    statement = a_statement(occasion=an_occasion())
    persian = a_statement(slug="persian-statement", original_language="fa")
    source = statement.sources.get()
    figure = Figure.objects.create(
        statement=statement, event=event, claimant=issuer, measure="other", minimum=1, claimed="2025-05-20"
    )
    base = save_text(statement, "az", title="Bəyanat", summary="Qısa", body=BODY, seen=None, by=writer)
    head = None
    for title in ("بیانیه", "بیانیه دوم"):
        head = save_text(statement, "fa", title=title, summary="", body=BODY, seen=head, based_on=base, by=writer)
    save_text(persian, "fa", title="بیانیه سوم", summary="", body=BODY, seen=None, by=writer)
    public = a_statement(slug="public-statement", original_language="fa")
    save_text(public, "fa", title="سند", summary="", body="<p>Published.</p>", seen=None, by=writer)
    publish(public, ["fa"], by=writer)
    member = Grant.objects.create(user=a_user("member"), role=Role.CONTRIBUTOR, language="fa")
    unused = an_issuer("unused-issuer")
    gap = Gap.objects.create(issuer=issuer, dated="2023")
    wire = a_background(event=event, claimant=issuer)
    asked_for = LanguageRequest.objects.create(language="ka", requested_by=member.user)
    keys = {
        "issuer": unused.pk, "place": place.pk, "event": unused_event.pk, "occasion": unused_occasion.pk,
        "source": source.pk, "figure": figure.pk, "statement": statement.pk, "user": member.user_id, "base": base.pk,
        "gap": gap.pk, "background": wire.pk, "requests": asked_for.pk, "persian": persian.pk,
        "person": person.pk, "public": public.pk,
        "persian_head": Revision.objects.get(text__statement=persian).pk,
        "head": Revision.objects.get(text__statement=statement, text__language="fa", number=2).pk,
    }  # fmt: skip
    return Archive(statement, persian, issuer, member, keys)


# -- the doors ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Door:
    """One address of the desk: its name (its route, where it has none) and the route itself."""

    name: str
    route: str

    def address(self, archive: Archive) -> str:
        """The address with every part filled: about the Persian text of the first statement."""
        return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(self._part(part[1], archive)), self.route)

    def _part(self, part: str, archive: Archive) -> object:
        if part in ("object_id", "id"):
            model = self.route.split("/")[1]
            return OWN if model == "language" else archive.keys[model]
        if part == "pk":
            # ``statements/statement/<pk>/`` or ``languages/requests/<pk>/``: what comes before says whose key.
            return archive.keys[self.route.split("/<")[0].rpartition("/")[2]]
        return {"language": OWN, "tag": OWN, "old": 1, "new": 2, "number": 1, "content_type_id": 0}[part]


def doors() -> Iterator[Door]:
    """Every address that the desk answers, asked from Django itself."""
    yield from _walk(admin.site.get_urls(), "")


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[Door]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif route.startswith("^(?P<app_label>"):
            yield Door(pattern.name or route, "statements/")
        elif route == "(?P<url>.*)$":  # what no other route takes
            yield Door("anything-else", "nothing-is-here/")
        elif route == "r/<path:content_type_id>/<path:object_id>/":
            yield Door(pattern.name or route, "r/<content_type_id>/1/")
        else:
            yield Door(pattern.name or route, route)


# Rows of every room, by table and key.
Stored = dict[str, dict[Any, dict[str, Any]]]
# What an answer says, by its status; a form that comes back with its mistakes is seen, too.
LETTERS = {200: "s", 400: "s", 409: "s", 422: "s", 401: "l", 403: ".", 404: "-", 405: "m"}


# -- verdicts ----------------------------------------------------------------------------------------------------------
def asked(client: Client, method: str, address: str, before: Stored, data: dict[str, Any] | None = None) -> str:
    """The verdict on one request, which leaves nothing behind; ``before`` is what is stored."""
    ask: Callable[..., HttpResponse] = getattr(client, method.lower())
    written = []

    def watched(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        written.extend(WRITES.findall(sql))
        return execute(sql, *arguments)

    with transaction.atomic():
        with connection.execute_wrapper(watched):
            answer = ask(address, data or {})
        is_changed = bool(written) and bool(changes(before, stored()))
        transaction.set_rollback(True)
    return "w" if is_changed else verdict_of(answer)


def verdict_of(answer: Any) -> str:
    """The letter for an answer."""
    if answer.status_code == 302 and "/login/" in answer["Location"]:
        return "l"
    if answer.status_code in (301, 302):
        return "r"
    return LETTERS.get(answer.status_code, str(answer.status_code))


def stored() -> Stored:
    """Every row of every room, by table and key, as the database has it; past the managers, which show one language."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("memorial.") and model is not ContentType
    ]
    return {model._meta.object_name or "": _rows(model) for model in models}


def _rows(model: type[Model]) -> dict[Any, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row[model._meta.pk.column]: row for row in rows}


def changes(before: Stored, after: Stored) -> set[str]:
    """What differs: ``Issuer.name_fa`` for a column, ``Revision+`` and ``Revision-`` for rows."""
    found = set()
    for model, rows in after.items():
        old = before[model]
        found |= {f"{model}+" for _key in rows.keys() - old.keys()}
        found |= {f"{model}-" for _key in old.keys() - rows.keys()}
        for key in rows.keys() & old.keys():
            if rows[key] != old[key]:
                found |= {f"{model}.{name}" for name, value in rows[key].items() if old[key][name] != value}
    return found


def letters(verdicts: str) -> str:
    """The verdicts of a row without the spaces that make it readable: one letter a person."""
    return "".join(verdicts.split())
