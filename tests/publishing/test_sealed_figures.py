"""Sealed figures as rows: written with the edition, for old editions too, and never changed."""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing import guard
from memorial.publishing.models import Edition, SealedFigure, SourceEdition
from memorial.publishing.progress import TextState, progress
from memorial.publishing.readiness import readiness
from memorial.publishing.release import publish
from memorial.publishing.sealing_figures import rows_of, seal_figures
from memorial.statements.models import Figure, Source, Statement
from memorial.text.canonical import digest
from tests.builders import an_issuer
from tests.publishing.conftest import LATER, a_ready_statement, published_again
from tests.statements.conftest import a_figure, an_event

pytestmark = pytest.mark.django_db

migration: Any = importlib.import_module("memorial.publishing.migrations.0004_figures_of_sealed_editions")


@pytest.fixture
def counted(publisher: User) -> Statement:
    """A statement in two languages with three figures of two claimants."""
    statement = a_ready_statement(publisher, ["az", "en"])
    event, agency = an_event(), an_issuer("example-agency", kind="news-agency")
    a_figure(statement=statement, event=event, measure="killed", minimum=150, block="p2").save()
    a_figure(statement=statement, event=event, minimum=700, maximum=744, claimed="2025-05").save()
    words = {"precision": "words", "minimum": None, "wording": "dozens", "wording_language": "en"}
    a_figure(statement=statement, event=event, claimant=agency, measure="missing", **words).save()
    return statement


def in_format_1(edition: Edition, number: int, **figure: Any) -> Edition:
    """A stored edition as it was sealed before figures and sources had ids; ``figure`` changes its first figure."""
    facts = {**edition.facts, "format": 1}
    facts["sources"] = [{key: value for key, value in each.items() if key != "ref"} for each in facts["sources"]]
    facts["figures"] = [
        {key: value for key, value in each.items() if key not in ("fid", "source")} for each in facts["figures"]
    ]
    facts["figures"][0].update(figure)
    columns = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    return Edition.objects.create(**{**columns, "id": None, "number": number, "facts": facts})


def test_publishing_writes_a_row_for_each_figure(counted: Statement, publisher: User) -> None:
    az, en = publish(counted, ["az", "en"], by=publisher)
    fids = list(counted.figures.order_by("pk").values_list("fid", flat=True))
    for edition in (az, en):
        rows = list(edition.sealed_figures.order_by("position"))
        assert [row.fid for row in rows] == fids == [figure["fid"] for figure in edition.facts["figures"]]
        assert [(row.measure, row.precision, row.minimum, row.maximum) for row in rows] == [
            ("killed", "exact", 150, None), ("injured", "exact", 700, 744), ("missing", "words", None, None)
        ]  # fmt: skip
        assert [row.claimant.slug for row in rows] == ["example-ministry", "example-ministry", "example-agency"]
        assert {row.event.slug for row in rows} == {"example-event"}
    killed, injured, _missing = az.sealed_figures.order_by("position")
    assert (str(killed.earliest), str(killed.latest)) == ("2025-05-20", "2025-05-20")
    assert (injured.claimed, str(injured.earliest), str(injured.latest)) == ("2025-05", "2025-05-01", "2025-05-31")


def test_a_source_is_sealed_with_its_id_and_a_figure_with_that_of_its_source(
    counted: Statement, publisher: User
) -> None:
    source = counted.sources.get()
    counted.figures.filter(measure="killed").update(source=source)
    [edition] = publish(counted, ["az"], by=publisher)
    assert edition.facts["format"] == 2
    assert edition.facts["sources"][0]["ref"] == source.ref
    assert [figure["source"] for figure in edition.facts["figures"]] == [source.ref, "", ""]


def test_a_publication_that_is_taken_back_leaves_no_row(counted: Statement, publisher: User) -> None:
    publish(counted, ["az"], by=publisher)
    before = SealedFigure.objects.count()
    with transaction.atomic():
        publish(counted, ["en"], by=publisher)
        transaction.set_rollback(True)
    assert SealedFigure.objects.count() == before == 3


def test_many_editions_cost_as_many_queries_as_one(
    counted: Statement, publisher: User, django_assert_num_queries: Any
) -> None:
    editions = publish(counted, ["az", "en"], by=publisher)
    with django_assert_num_queries(2):
        assert len(rows_of(editions[0])) == 3
    with django_assert_num_queries(3):
        assert len(seal_figures(editions)) == 6


def test_an_edition_of_a_source_has_rows_too(publisher: User) -> None:
    event, agency = an_event(), an_issuer("example-agency", kind="news-agency")
    source = Source.objects.create(publisher="Example Agency", language="en", what="background")
    names = {"claimant": {"slug": agency.slug, "name": {"en": "Agency"}}, "event": {"slug": event.slug, "name": {}}}
    figure = {
        "fid": "bcdfghjk", **names, "measure": "killed", "precision": "about", "minimum": 147, "maximum": None,
        "described": {}, "wording": "", "wording_language": "", "claimed": "2026-01-19",
    }  # fmt: skip
    moment = publisher.date_joined
    edition = SourceEdition.objects.create(
        source=source,
        number=1,
        visible_from=moment,
        language="en",
        facts={"figures": [figure]},
        canonical="",
        sha256="",
    )
    [row] = seal_figures([edition])
    assert (row.source_edition, row.edition, row.fid, row.claimant, row.event) == (
        edition, None, "bcdfghjk", agency, event
    )  # fmt: skip
    assert list(SealedFigure.objects.visible()) == [row]


def test_what_is_not_visible_has_rows_that_readers_do_not_see(counted: Statement, publisher: User) -> None:
    publish(counted, ["az"], by=publisher, at=LATER)
    assert SealedFigure.objects.count() == 3
    assert not SealedFigure.objects.visible().exists()
    assert SealedFigure.objects.visible(LATER).count() == 3


def test_only_the_newest_edition_counts(counted: Statement, publisher: User) -> None:
    publish(counted, ["az"], by=publisher)
    counted.figures.filter(measure="killed").update(minimum=151)
    published_again(counted, "az", publisher)
    assert SealedFigure.objects.filter(measure="killed").count() == 2
    assert [row.minimum for row in SealedFigure.objects.visible().filter(measure="killed")] == [151]


def test_deleting_a_figure_takes_it_out_of_the_next_edition_and_out_of_no_earlier_one(
    counted: Statement, publisher: User
) -> None:
    publish(counted, ["az"], by=publisher)
    counted.figures.get(measure="killed").delete()
    assert SealedFigure.objects.visible().filter(measure="killed").exists()
    assert progress_of(counted).state == "changed"
    published_again(counted, "az", publisher)
    assert SealedFigure.objects.filter(measure="killed").count() == 1
    assert not SealedFigure.objects.visible().filter(measure="killed").exists()


def progress_of(statement: Statement) -> TextState:
    """How the Azerbaijani text of a statement stands."""
    return next(state for state in progress(statement) if state.language.tag == "az")


def test_a_sealed_row_is_never_changed_or_removed(counted: Statement, publisher: User) -> None:
    publish(counted, ["az"], by=publisher)
    row = SealedFigure.objects.first()
    assert row is not None
    for change in (row.save, row.delete, SealedFigure.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE publishing_sealedfigure SET minimum = 1")
    assert guard.missing(connection) == []


def test_a_claimant_and_an_event_stay_as_long_as_something_sealed_names_them(
    counted: Statement, publisher: User
) -> None:
    publish(counted, ["az"], by=publisher)
    agency, event = Figure.objects.get(measure="missing").claimant, Figure.objects.first().event  # type: ignore[union-attr]
    Figure.objects.all().delete()
    for named in (agency, event):
        with pytest.raises(Exception, match="protected"):
            named.delete()


def test_an_edition_of_format_1_tells_the_same_as_one_of_format_2(counted: Statement, publisher: User) -> None:
    [edition] = publish(counted, ["az"], by=publisher)
    in_format_1(edition, 2)
    assert [reason.code for reason in readiness(counted, "az")] == ["unchanged"]
    assert progress_of(counted).state == "published"
    figure = counted.figures.get(measure="killed")
    figure.minimum = 151
    figure.save()
    assert readiness(counted, "az") == []
    assert progress_of(counted).state == "changed"


def test_the_page_and_the_text_of_an_edition_of_format_1_are_as_they_were(
    counted: Statement, publisher: User, client: Any
) -> None:
    [edition] = publish(counted, ["en"], by=publisher)
    old = in_format_1(edition, 2)
    address = f"/en/statements/{counted.sid}/{counted.slug}/"
    assert ">150<" in client.get(address).content.decode()
    text = client.get(f"{address}v/2.txt")
    assert digest(text.content.decode()) == old.sha256


def give_rows() -> None:
    with connection.schema_editor() as editor:
        migration.give_rows(apps, editor)


def old_ones(counted: Statement, publisher: User) -> list[Edition]:
    """Editions without rows, of format 1, in two languages."""
    return [in_format_1(edition, 2) for edition in publish(counted, ["az", "en"], by=publisher)]


def fids(edition: Edition) -> list[str]:
    return list(edition.sealed_figures.order_by("position").values_list("fid", flat=True))


@pytest.mark.django_db(transaction=True)
def test_old_editions_are_given_rows_with_the_ids_of_the_record(counted: Statement, publisher: User) -> None:
    az, en = old_ones(counted, publisher)
    give_rows()
    give_rows()
    entered = list(counted.figures.order_by("pk").values_list("fid", flat=True))
    assert fids(az) == fids(en) == entered
    row = en.sealed_figures.get(measure="injured")
    assert (row.minimum, row.maximum, str(row.latest), row.event.slug) == (700, 744, "2025-05-31", "example-event")
    assert guard.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_an_edited_number_keeps_its_id_and_a_deleted_figure_has_one_new_id_in_all_languages(
    counted: Statement, publisher: User
) -> None:
    old = old_ones(counted, publisher)
    counted.figures.filter(measure="killed").update(minimum=151)
    counted.figures.get(measure="injured").delete()
    give_rows()
    entered = dict(counted.figures.values_list("measure", "fid"))
    for edition in old:
        killed, _injured, missing = fids(edition)
        assert (killed, missing) == (entered["killed"], entered["missing"])
    assert fids(old[0])[1] == fids(old[1])[1]
    assert fids(old[0])[1] not in Figure.objects.values_list("fid", flat=True)
    assert old[0].sealed_figures.get(measure="killed").minimum == 150


@pytest.mark.django_db(transaction=True)
def test_two_like_figures_of_which_one_is_edited_are_told_apart(counted: Statement, publisher: User) -> None:
    event = Figure.objects.filter(measure="killed").get().event
    a_figure(statement=counted, event=event, measure="killed", minimum=12, block="p1").save()
    old = old_ones(counted, publisher)
    counted.figures.filter(minimum=150).update(minimum=12_000)
    give_rows()
    first, second = counted.figures.filter(measure="killed").order_by("pk")
    assert (fids(old[0])[0], fids(old[0])[3]) == (first.fid, second.fid)


@pytest.mark.django_db(transaction=True)
def test_a_claimant_that_was_renamed_since_is_still_found(counted: Statement, publisher: User) -> None:
    [old, _en] = old_ones(counted, publisher)
    issuer = counted.issuer
    issuer.slug = "renamed"
    setattr(issuer, column_name("name", "az"), "Renamed")
    issuer.save()
    counted.figures.filter(measure="killed").delete()
    give_rows()
    assert [row.claimant.slug for row in old.sealed_figures.order_by("position")] == [
        "renamed", "renamed", "example-agency"
    ]  # fmt: skip
