"""What each person stores by a form that is filled properly, with more in it than they were shown.

Everybody sends what an administrator's browser would send, with columns of other languages added. A letter says what is
different afterwards: ``.`` nothing at all, any other letter exactly what the deed lists under it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from memorial.accounts.models import Role
from memorial.publishing.source_facts import SourceRecord
from memorial.statements.models import Source
from tests.builders import PASSWORD, a_user

from .conftest import form_data
from .doors import BODY, PEOPLE, SMUGGLED, Archive, an_archive, changes, letters, logged_in, someone, stored

pytestmark = pytest.mark.django_db
Data = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One form: its address, what is typed into it, who stores what."""

    address: str  # with keys of ``Archive.keys`` in braces
    typed: Callable[[Archive], Data]
    who: str
    stores: dict[str, str]
    is_form: bool = False  # an admin form, sent back whole

    def data(self, archive: Archive, address: str, administrator: Client) -> Data:
        """What is sent: the form as an administrator sees it, what is typed, and columns of other languages."""
        shown = form_data(administrator, address) if self.is_form else {}
        return {**SMUGGLED, **shown, **self.typed(archive)}


def every_column(name: str) -> Data:
    """One field in every language of the site."""
    return {f"{name}_{tag}": f"New in {tag}" for tag in ("az", "en", "ru", "tr", "fa")}


def written(archive: Archive, **fields: Any) -> Data:
    """A text as a form sends it."""
    return {
        "text_title": "بیانیه نو", "text_summary": "", "text_body": BODY, "text_origin": "archive",
        "text_completeness": "full", "text_credit": "", **fields,
    }  # fmt: skip


#       nobody    Persian team      Russian team      all languages
#       | no role contributor       contributor       editor
#       | |       | translator      | translator      | publisher
#       | |       | | reviewer      | | reviewer      | | language manager
#       | |       | | | lead        | | | lead        | | | administrator
DEEDS = {
    "name an issuer in Azerbaijani and Persian": Deed(
        "statements/issuer/{issuer}/change/?left=az&right=fa",
        lambda archive: {**every_column("name"), **every_column("description"), "slug": "another-slug"},
        ". .     . f f f           . . . .           b b . b",
        {"f": "Issuer.name_fa Issuer.description_fa",
         "b": "Issuer.name_az Issuer.name_fa Issuer.description_az Issuer.description_fa Issuer.slug"},
        is_form=True,
    ),
    "name a place in Russian and Persian": Deed(
        "statements/place/{place}/change/?left=ru&right=fa",
        lambda archive: {**every_column("name"), **every_column("description"), "slug": "another-slug"},
        ". .     . f f f           . r r r           b b . b",
        {"f": "Place.name_fa Place.description_fa", "r": "Place.name_ru Place.description_ru",
         "b": "Place.name_ru Place.name_fa Place.description_ru Place.description_fa Place.slug"},
        is_form=True,
    ),
    "delete an issuer": Deed(
        "statements/issuer/{issuer}/delete/", lambda archive: {"post": "yes"},
        ". .     . . . .           . . . .           d d . d", {"d": "Issuer-"},
    ),
    "delete issuers from their list": Deed(
        "statements/issuer/",
        lambda archive: {"action": "delete_selected", "_selected_action": archive.keys["issuer"], "post": "yes"},
        ". .     . . . .           . . . .           d d . d", {"d": "Issuer-"},
    ),
    "delete statements from their list": Deed(
        "statements/statement/",
        lambda archive: {"action": "delete_selected", "_selected_action": archive.keys["statement"], "post": "yes"},
        ". .     . . . .           . . . .           . . . .", {},
    ),
    "delete a statement": Deed(
        "statements/statement/{statement}/delete/", lambda archive: {"post": "yes"},
        ". .     . . . .           . . . .           d d . d",
        {"d": "Statement- Text- Revision- Source- Figure-"},
    ),
    "write the Persian text": Deed(
        "statements/statement/{statement}/text/fa/",
        lambda archive: written(archive, text_seen=archive.keys["head"], based_on=archive.keys["base"]),
        ". .     w w w w           . . . .           w w . w", {"w": "Revision+ Text.head_id Statement.title_fa"},
    ),
    "write the original in Azerbaijani": Deed(
        "statements/statement/{statement}/change/?left=ru&right=fa",
        lambda archive: {"text_title": "Yeni", "slug": "another-slug", **every_column("title")},
        ". .     . . . .           . . . .           w w . w",
        {"w": "Revision+ Text.head_id Statement.title_az Statement.slug"},
        is_form=True,
    ),
    "write the original in Persian": Deed(
        "statements/statement/{persian}/change/?left=ru&right=fa",
        lambda archive: {"text_title": "بیانیه نو", "slug": "another-slug", **every_column("title")},
        ". .     w w w w           . . . .           b b . b",
        {"w": "Revision+ Text.head_id Statement.title_fa",
         "b": "Revision+ Text.head_id Statement.title_fa Statement.slug"},
        is_form=True,
    ),
    "publish in Persian": Deed(
        "statements/statement/{persian}/publish/",
        lambda archive: {"languages": ["fa"], "when": "now", "seen-fa": archive.keys["persian_head"]},
        ". .     . . . .           . . . .           p p . p", {"p": "Edition+ SearchEntry+ SearchWord+"},
    ),
    "withdraw in Persian": Deed(
        "statements/statement/{public}/withdraw/",
        lambda archive: {"languages": ["fa"], "leaves": "text", "seen-fa": 1, "reason-fa": "به اشتباه منتشر شد."},
        ". .     . . . .           . . . .           w w . w", {"w": "Withdrawal+ SearchEntry-"},
    ),
    "write the wording of a source": Deed(
        "statements/source/{source}/change/?left=ru&right=fa",
        lambda archive: {"witness-TOTAL_FORMS": 1, "witness-0-source": archive.keys["source"],
                         "witness-0-body": BODY, "witness-0-completeness": "extract", "publisher": "Another",
                         **every_column("note")},
        ". .     . f f f           . r r r           w w . w",
        {"f": "Source.note_fa", "r": "Source.note_ru", "w": "Witness+ Source.publisher Source.note_fa Source.note_ru"},
        is_form=True,
    ),
    "publish a source": Deed(
        "statements/source/{background}/publish/",
        lambda archive: {"when": "now", "seen": SourceRecord.of(Source(pk=archive.keys["background"])).fingerprint},
        ". .     . . . .           . . . .           p p . p", {"p": "SourceEdition+ SealedFigure+"},
    ),
    "describe a gap in Persian": Deed(
        "statements/gap/{gap}/change/?left=ru&right=fa",
        lambda archive: {**every_column("note"), "url": "https://other.example/"},
        ". .     . f f f           . r r r           b b . b",
        {"f": "Gap.note_fa", "r": "Gap.note_ru", "b": "Gap.note_fa Gap.note_ru Gap.url"},
        is_form=True,
    ),
    "add a person": Deed(
        "accounts/user/add/",
        lambda archive: {"username": "new", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD},
        ". .     . . . .           . . . .           . . . p", {"p": "User+"},
    ),
    "grant every right to a person": Deed(
        "accounts/user/{user}/change/",
        lambda archive: {"is_active": "on", "grants-TOTAL_FORMS": 2, "grants-1-role": "administrator",
                         "grants-1-user": archive.keys["user"]},
        ". .     . . . .           . . . .           . . . g", {"g": "Grant+"}, is_form=True,
    ),
    "set the password of a person": Deed(
        "accounts/user/{user}/password/",
        lambda archive: {"usable_password": "true", "password1": PASSWORD[::-1], "password2": PASSWORD[::-1]},
        ". .     . . . .           . . . .           . . . p", {"p": "User.password"},
    ),
    "take somebody into the Persian team": Deed(
        "languages/fa/team/", lambda archive: {"do": "add", "username": "writer", "role": "translator"},
        ". .     . . . g           . . . .           . . g g", {"g": "Grant+"},
    ),
    "make somebody lead of the Persian team": Deed(
        "languages/fa/team/", lambda archive: {"do": "change", "grant": archive.member.pk, "role": "lead"},
        ". .     . . . .           . . . .           . . g g", {"g": "Grant.role"},
    ),
    "put somebody out of the Persian team": Deed(
        "languages/fa/team/", lambda archive: {"do": "withdraw", "grant": archive.member.pk},
        ". .     . . . g           . . . .           . . g g", {"g": "Grant-"},
    ),
    "choose a language for oneself": Deed(
        "language/", lambda archive: {"language": "fa"},
        ". .     i i i i           i i i i           i i i i", {"i": "User.interface_language"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DEEDS)
def test_everybody_stores_exactly_what_they_may(name: str) -> None:
    deed, archive = DEEDS[name], an_archive()
    administrator = logged_in(a_user("form-filler", Role.ADMINISTRATOR))
    address = "/admin/" + deed.address.format(**archive.keys)
    data = deed.data(archive, address, administrator)
    people = {who: logged_in(someone(who)) for who in PEOPLE}
    before = stored()
    found = {}
    for who, client in people.items():
        with transaction.atomic():
            client.post(address, data)
            found[who] = changes(before, stored())
            transaction.set_rollback(True)
    assert found == {
        who: set(deed.stores[letter].split()) if letter != "." else set()
        for who, letter in zip(PEOPLE, letters(deed.who), strict=True)
    }


def test_what_changes_is_seen() -> None:
    before = stored()
    archive = an_archive()
    assert {"Statement+", "Text+", "Revision+", "Issuer+"} <= changes(before, stored())
    before = stored()
    archive.issuer.website = "https://other.example/"
    archive.issuer.save()
    archive.member.delete()
    assert changes(before, stored()) == {"Issuer.website", "Grant-"}
