"""The names of a language on one sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.desk.languages.sheet import RowState
from memorial.languages.models import Language
from memorial.publishing.release import publish
from memorial.statements.models import Event, EventName, Issuer, Occasion, Place, Statement
from tests.builders import a_user, an_issuer, an_occasion, named

Enter = Callable[[User], Client]
NAMES = "/admin/languages/fa/names/"


@pytest.fixture(autouse=True)
def _languages(db: None) -> None:
    for tag in ("az", "en", "ru", "tr", "fa"):
        Language.objects.get_or_create(
            tag=tag, defaults={"name_en": tag, "name_own": tag, "script": "Latn", "state": Language.State.PUBLIC}
        )


def typed(row: Any, name: str, *, seen: str | None = None, kind: str = "issuer", **more: str) -> dict[str, Any]:
    """What a browser sends of a row."""
    key = f"{kind}-{row.pk}"
    before = (row.name_fa or "") if seen is None else seen
    fields = {"row": [key], f"{key}-name": name, f"{key}-name-seen": before}
    return {**fields, **{f"{key}-{field.replace('_', '-')}": text for field, text in more.items()}}


def called(rows: list[Any]) -> list[str]:
    return [row.described.slug for row in rows]


def test_all_kinds_stand_on_one_page_beside_another_language(persian_translator: User, enter: Enter) -> None:
    an_issuer(description_az="Qısa təsvir")
    event = Event.objects.create(slug="the-event", dated="1990-05", name_en="The event", name_az="Hadisə")
    EventName.objects.create(event=event, name="Qara May", language="az", used_by_en="the press")
    an_occasion()
    Place.objects.create(slug="the-place", name_en="The place")
    page = enter(persian_translator).get(f"{NAMES}?beside=az")
    assert [row.kind for row in page.context["rows"]] == ["issuer", "occasion", "event", "name-in-use", "place"]
    html = page.content.decode()
    assert '<td role="cell" class="row-beside" lang="az" dir="ltr">' in html
    assert "Example Ministry (az)" in html
    assert "Qısa təsvir" in html
    assert "Qara May" in html
    assert "Example Ministry (ru)" not in html
    assert page.context["counted"] == "3 of 5 names are missing."


def test_what_readers_get_instead_of_a_missing_name_carries_its_language(
    persian_translator: User, enter: Enter
) -> None:
    an_issuer(name_fa="")
    html = enter(persian_translator).get(f"{NAMES}?beside=az").content.decode()
    assert '<bdi lang="en" dir="ltr">Example Ministry (en)</bdi>' in html
    assert "Readers get (English):" in html


def test_a_name_within_a_sentence_keeps_its_own_direction(persian_translator: User, enter: Enter) -> None:
    event = Event.objects.create(slug="the-event", dated="1990-05", name_en="The event")
    EventName.objects.create(event=event, name="20 May", language="en", used_by_en="the press")
    assert "“\u206820 May\u2069”" in enter(persian_translator).get(NAMES).content.decode()


def test_a_sheet_is_filtered_and_searched(persian_translator: User, enter: Enter) -> None:
    an_issuer(name_az="Şəhidlər Nazirliyi")
    an_issuer("unnamed", name_fa="")
    an_occasion(name_fa=None)
    client = enter(persian_translator)

    def shown(query: str) -> list[str]:
        return called(client.get(f"{NAMES}?beside=az&{query}").context["rows"])

    assert shown("only=missing") == ["unnamed", "example-day"]
    assert shown("kind=issuer") == ["example-ministry", "unnamed"]
    assert shown("kind=issuer&only=missing") == ["unnamed"]
    assert shown("q=sehid") == ["example-ministry"]
    assert shown("q=UNNAMED") == ["unnamed"]
    assert shown("q=nothing+such") == []
    assert shown("kind=forged&only=forged&page=99") == ["example-ministry", "unnamed", "example-day"]


def test_names_on_public_pages_are_marked_and_can_be_shown_alone(
    publisher: User, enter: Enter, statement: Statement
) -> None:
    place, other = (Place.objects.create(slug=slug, name_en=slug) for slug in ("named", "unnamed"))
    statement.places.add(place)
    an_issuer("silent")
    Statement.objects.filter(pk=statement.pk).update(occasion=an_occasion())
    client = enter(publisher)
    assert called(client.get(f"{NAMES}?only=used").context["rows"]) == []
    publish(Statement.objects.get(), ["az"], by=publisher)
    assert called(client.get(f"{NAMES}?only=used").context["rows"]) == ["example-ministry", "example-day", "named"]
    rows = client.get(NAMES).context["rows"]
    assert {row.described.slug: row.is_used for row in rows} == {
        "example-ministry": True, "silent": False, "example-day": True, "named": True, other.slug: False,
    }  # fmt: skip


def test_each_changed_row_is_saved_by_itself(persian_translator: User, enter: Enter) -> None:
    good, bad, left = an_issuer("good"), an_issuer("bad"), an_issuer("left")
    data = typed(good, "خوب") | typed(bad, "ب" * 300) | typed(left, left.name_fa)
    data["row"] = [f"issuer-{row.pk}" for row in (good, bad, left)]
    answer = enter(persian_translator).post(NAMES, data)
    assert answer.status_code == 409
    states = {row.described.slug: row.state for row in answer.context["rows"]}
    assert states == {"good": RowState.SAVED, "bad": RowState.REFUSED, "left": RowState.UNCHANGED}
    assert "ب" * 300 in answer.content.decode()
    assert "has 300 characters; shorten it to 250" in answer.content.decode()
    assert dict(Issuer.objects.values_list("slug", "name_fa")) == {
        "good": "خوب", "bad": "Example Ministry (fa)", "left": "Example Ministry (fa)",
    }  # fmt: skip
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (persian_translator, str(good.pk))


def test_a_page_that_is_saved_goes_back_to_itself(persian_translator: User, enter: Enter) -> None:
    issuer = an_issuer(description_en="One.")
    where = f"{NAMES}?beside=az&only=missing"
    data = typed(issuer, "خوب", description="سطر ۱\r\nسطر ۲", description_seen="")
    answer = enter(persian_translator).post(where, data)
    assert (answer.status_code, answer["Location"]) == (302, where)
    issuer.refresh_from_db()
    assert (issuer.name_fa, issuer.description_fa, issuer.description_en) == ("خوب", "سطر ۱\nسطر ۲", "One.")


def test_a_script_gets_the_row_alone(persian_translator: User, enter: Enter) -> None:
    issuer = an_issuer(name_fa="")
    an_issuer("other", name_fa="")
    answer = enter(persian_translator).post(NAMES, typed(issuer, "  خوب ", seen="") | {"one": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("data-row ") == 1
    assert 'data-state="saved"' in html
    assert 'value="خوب"' in html
    assert 'data-counted="1 of 2 names are missing."' in html
    assert "<html" not in html


def test_two_translators_on_one_row_lose_nothing(persian_translator: User, editor: User, enter: Enter) -> None:
    issuer = an_issuer(description_fa="شرح")
    seen = issuer.name_fa
    both = {"description": "شرح", "description_seen": "شرح"}
    assert enter(editor).post(NAMES, typed(issuer, "دیگری", seen=seen)).status_code == 302
    Issuer.objects.update(description_fa="شرح نو")
    client = enter(persian_translator)
    answer = client.post(NAMES, typed(issuer, "من", seen=seen, **both))
    assert answer.status_code == 409
    html = answer.content.decode()
    row = answer.context["rows"][0]
    assert (row.state, row.theirs, row.typed) == (RowState.CONFLICT, ("دیگری", "شرح نو"), ("من", "شرح نو"))
    assert "دیگری" in html
    assert 'value="من"' in html
    again = typed(issuer, "من", seen="دیگری", description="شرح نو", description_seen="شرح نو", conflict="1")
    assert client.post(NAMES, again).status_code == 409
    issuer.refresh_from_db()
    assert issuer.name_fa == "دیگری"
    assert client.post(NAMES, again | {f"issuer-{issuer.pk}-choice": "theirs"}).status_code == 302
    issuer.refresh_from_db()
    assert issuer.name_fa == "دیگری"
    assert client.post(NAMES, again | {f"issuer-{issuer.pk}-choice": "mine"}).status_code == 302
    issuer.refresh_from_db()
    assert (issuer.name_fa, issuer.description_fa) == ("من", "شرح نو")


def test_another_language_is_not_changed_by_a_forged_field(persian_translator: User, enter: Enter) -> None:
    issuer = an_issuer()
    forged = {f"issuer-{issuer.pk}-name_ru": "x", "name_ru": "x", "name_az": "x", "slug": "x", "language": "ru"}
    enter(persian_translator).post(NAMES, typed(issuer, "خوب") | forged)
    stored = Issuer.objects.get()
    assert (stored.name_fa, stored.name_ru, stored.name_az) == ("خوب", None, "Example Ministry (az)")
    assert stored.slug == "example-ministry"


def test_who_may_not_change_a_language_reads_it(persian_translator: User, enter: Enter) -> None:
    issuer = an_issuer(name_ru="Министерство")
    client = enter(persian_translator)
    page = client.get("/admin/languages/ru/names/")
    assert page.status_code == 200
    assert "Министерство" in page.content.decode()
    assert 'name="row"' not in page.content.decode()
    key = f"issuer-{issuer.pk}"
    data = {"row": key, f"{key}-name": "x", f"{key}-name-seen": "Министерство"}
    assert client.post("/admin/languages/ru/names/", data).status_code == 403
    contributor = a_user("contributor-fa", "contributor", language="fa")
    assert enter(contributor).post(NAMES, typed(issuer, "x")).status_code == 403
    assert enter(User.objects.create_user("nobody")).get(NAMES).status_code == 302
    assert Issuer.objects.get().name_ru == "Министерство"
    assert Issuer.objects.get().name_fa == "Example Ministry (fa)"


def test_a_language_that_the_site_lacks_has_no_sheet(editor: User, enter: Enter) -> None:
    assert enter(editor).get("/admin/languages/xx/names/").status_code == 404


@pytest.mark.parametrize("forged", ["issuer-0", "issuer-x", "issuer--1", "statement-1", "x", "issuer-" + "9" * 30])
def test_rows_that_are_none_are_passed_over(editor: User, enter: Enter, forged: str) -> None:
    assert enter(editor).post(NAMES, {"row": forged, f"{forged}-name": "x"}).status_code == 302
    assert enter(editor).post(NAMES, {"row": forged, f"{forged}-name": "x", "one": "1"}).status_code == 404


def test_a_long_sheet_has_pages_and_a_steady_number_of_queries(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    for code, model, facts in (
        ("issuer", Issuer, {"kind": "court"}), ("place", Place, {}), ("day", Occasion, {"month": 5, "day": 20}),
        ("event", Event, {"dated": "1990-05", "earliest": "1990-05-01", "latest": "1990-05-31"}),
    ):  # fmt: skip
        model.objects.bulk_create(model(slug=f"{code}-{n}", **facts, **named("A name", "en")) for n in range(10))
    few = queries(NAMES)
    assert few <= 40
    Issuer.objects.bulk_create(Issuer(slug=f"more-{n}", kind="court", **named("A name", "en")) for n in range(150))
    assert queries(NAMES) <= few
    page = client.get(f"{NAMES}?page=2&beside=az&q=name")
    assert len(page.context["rows"]) == 90
    assert "?page=1&amp;beside=az&amp;q=name" in page.content.decode()


def test_only_the_shown_languages_and_the_fallbacks_are_loaded(persian_translator: User, enter: Enter) -> None:
    an_issuer()
    row = enter(persian_translator).get(f"{NAMES}?beside=az").context["rows"][0].row
    deferred = row.get_deferred_fields()
    assert {"name_ru", "name_tr", "description_ru"} <= deferred
    assert not {"name_fa", "name_az", "name_en"} & deferred
