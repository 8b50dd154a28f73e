"""Making demonstration data."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client

from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.imagine import imagine
from memorial.ops.demonstration.indexed import Indexed
from memorial.ops.demonstration.indexed import document as document_from
from memorial.ops.demonstration.make import make_demonstration
from memorial.ops.demonstration.words import LANGUAGES, SLUG_PREFIX, events, issuers, occasions, places, words
from memorial.publishing.facts import Record, facts_of
from memorial.publishing.models import Edition, SealedFigure, SourceEdition
from memorial.publishing.sealing_figures import rows_of
from memorial.publishing.source_facts import SourceRecord
from memorial.reading.models import PendingRebuild, SearchEntry, SearchWord
from memorial.reading.search import sqlite
from memorial.reading.search.document import Document, document_of
from memorial.reading.search.engine import Wish, search
from memorial.reading.search.index import outdated, rebuild
from memorial.statements.models import Event, Figure, Gap, Issuer, Occasion, Place, Statement
from memorial.text.blocks import blocks
from memorial.text.canonical import canonical, digest
from memorial.text.clean import clean
from memorial.translations.models import Text
from tests.builders import a_statement

EXAMPLE = ("uydurma", "a fictional example", "вымышленный", "kurmaca", "نمونهٔ ساختگی")
MOMENT = datetime(2025, 1, 1, 12, tzinfo=UTC)


def make(statements: int = 60, **options: object) -> int:
    given = {"seed": 1, "tags": LANGUAGES, "by": archivist(), "sealed_at": MOMENT, **options}
    return make_demonstration(statements, **given)


def test_the_same_seed_imagines_the_same_statements():
    first = list(imagine(30, seed=7, tags=LANGUAGES))
    assert first == list(imagine(30, seed=7, tags=LANGUAGES))
    assert first != list(imagine(30, seed=8, tags=LANGUAGES))


def test_a_larger_archive_begins_with_the_smaller_one():
    assert list(imagine(20, seed=1, tags=LANGUAGES))[:10] == list(imagine(10, seed=1, tags=LANGUAGES))


def test_texts_are_stored_as_they_were_imagined():
    for imagined in imagine(50, seed=1, tags=LANGUAGES):
        for text in imagined.texts.values():
            assert [clean(body) for body in text.bodies] == list(text.bodies)


def test_every_text_and_every_name_says_that_it_is_fictional():
    for imagined in imagine(50, seed=1, tags=LANGUAGES):
        for tag, text in imagined.texts.items():
            assert all(blocks(body)[0].text == words()["fiction"][tag] for body in text.bodies)
    example = {"az": "nümunə", "en": "example", "ru": "пример", "tr": "örnek", "fa": "نمونه"}
    for name in [*issuers(), *events(), *occasions()]:
        assert all(example[tag] in name.name[tag].replace("Ö", "ö").lower() for tag in LANGUAGES), name
    assert all(name.slug.startswith(SLUG_PREFIX) for name in [*issuers(), *events(), *occasions(), *places()])


def sealed(**options: object) -> set[tuple[object, ...]]:
    """What is sealed of a small archive, which is then taken back."""
    with transaction.atomic():
        make(12, **options)
        found = set(Edition.objects.values_list("statement__sid", "language", "number", "sha256"))
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_and_moment_give_the_same_hashes():
    once = sealed()
    assert len(once) > 40
    assert once == sealed()
    assert once.isdisjoint(sealed(seed=2))


@pytest.mark.django_db
def test_bulk_editions_are_true_editions():
    make()
    for edition in Edition.objects.select_related("statement", "revision__text", "revision__based_on__text"):
        assert digest(edition.canonical) == edition.sha256
        fresh = facts_of(Record.of(edition.statement), edition.revision.text, edition.revision)
        sealed = {**edition.facts, "text": {**edition.facts["text"], "based_on": None}}
        assert sealed == {**fresh, "text": {**fresh["text"], "based_on": None}}
        base = edition.facts["text"]["based_on"]
        is_original = edition.language == edition.statement.original_language
        assert base == (
            None if is_original else {"language": edition.statement.original_language, "edition": edition.number}
        )
        assert {event.slug for event in edition.events.all()} == {event["slug"] for event in edition.facts["events"]}
        assert {place.slug for place in edition.places.all()} == {place["slug"] for place in edition.facts["places"]}


@pytest.mark.django_db
def test_heads_are_the_newest_revisions_and_titles_stand_in_their_columns():
    make()
    for text in Text.objects.select_related("head", "statement"):
        assert text.head == text.revisions.order_by("-number").first()
        assert getattr(text.statement, column_name("title", text.language)) == text.head.title


@pytest.mark.django_db
def test_it_has_gaps_corrections_and_several_of_everything():
    make(120)
    languages = Statement.objects.annotate(languages=models.Count("texts")).values_list("languages", flat=True)
    assert set(languages) == {4, 5}
    assert set(Edition.objects.values_list("number", flat=True)) == {1, 2}
    assert all(edition.note for edition in Edition.objects.filter(number=2))
    assert all(model.objects.count() > 5 for model in (Issuer, Place, Event, Occasion))
    assert Statement.objects.values("earliest__year").distinct().count() > 20
    assert Figure.objects.exclude(claimant=models.F("statement__issuer")).exists()
    assert Edition.objects.visible().count() == Text.objects.count()


@pytest.mark.django_db
def test_a_database_with_real_statements_is_refused():
    a_statement(issuer=Issuer.objects.create(slug="a-real-ministry", kind=Issuer.Kind.MINISTRY))
    with pytest.raises(Refused) as refused:
        make(1)
    assert [reason.code for reason in refused.value.reasons] == ["real-statements"]
    assert not Statement.objects.filter(issuer__slug__startswith=SLUG_PREFIX).exists()


@pytest.mark.django_db
def test_a_second_run_is_refused():
    make(1)
    with pytest.raises(CommandError):
        call_command("load_demonstration", "--statements", "1", stdout=StringIO(), stderr=StringIO())
    assert Statement.objects.count() == 1


@pytest.mark.django_db
def test_the_command_takes_a_size_a_seed_and_languages_and_says_how_far_it_is():
    out, err = StringIO(), StringIO()
    call_command(
        "load_demonstration", "--statements", "3", "--seed", "2", "--languages", "az", "tr", stdout=out, stderr=err
    )
    assert "3 / 3" in err.getvalue()
    assert set(Edition.objects.values_list("language", flat=True)) == {"az", "tr"}
    assert str(Edition.objects.count()) in out.getvalue()


@pytest.mark.django_db
def test_languages_without_words_are_refused():
    with pytest.raises(Refused) as refused:
        make(1, tags=["az", "ar", "lez"])
    assert [reason.code for reason in refused.value.reasons] == ["no-words", "no-language"]


@pytest.mark.django_db
def test_sources_are_public_by_themselves_and_the_same_for_the_same_seed():
    def sealed_sources() -> set[tuple[object, ...]]:
        with transaction.atomic():
            make()
            rows = SourceEdition.objects.visible().values_list("facts__source__ref", "sha256", "completeness")
            found = set(rows)
            transaction.set_rollback(True)
        return found

    first = sealed_sources()
    assert sorted(completeness for _ref, _sha256, completeness in first) == [""] + ["extract"] * 3 + ["full"] * 3
    assert sealed_sources() == first


@pytest.mark.django_db
def test_bulk_editions_of_sources_are_true_editions():
    make()
    for edition in SourceEdition.objects.select_related("source"):
        assert digest(edition.canonical) == edition.sha256
        assert not SourceRecord.of(edition.source).is_changed
        assert all(note.lower().startswith(EXAMPLE) for note in edition.facts["source"]["note"].values())
    claimed = SealedFigure.objects.exclude(source_edition=None)
    assert {figure.claimant.kind for figure in claimed.select_related("claimant")} == {"news-agency"}
    assert Gap.objects.get().note
    assert Event.objects.exclude(coverage_en="").exclude(coverage_en=None).count() == 1


@pytest.mark.django_db
def test_persian_is_read_beside_english_and_a_series_compares(client: Client):
    make()
    for tag in ("en", "fa"):
        Language.objects.update_or_create(tag=tag, defaults={"state": Language.State.PUBLIC})
    persian = Edition.objects.visible().filter(language="fa").select_related("statement")
    edition = persian.filter(statement__editions__language="en").first()
    page = client.get(f"/en/statements/{edition.statement.sid}/{edition.statement.slug}/with/fa/").content.decode()
    assert page.count('lang="fa" dir="rtl"') > len(blocks(edition.body))
    assert edition.title in page
    occasion, issuer = edition.facts["occasion"]["slug"], edition.facts["issuer"]["slug"]
    assert client.get(f"/fa/occasions/{occasion}/series/{issuer}/").status_code == 200


@pytest.mark.django_db
def test_editions_are_sealed_in_the_form_of_the_recipe():
    make(is_short=True)
    for edition in Edition.objects.all():
        assert edition.canonical == canonical(
            edition.facts,
            number=edition.number,
            language=edition.language,
            title=edition.title,
            summary=edition.summary,
            body=edition.body,
            note=edition.note,
            visible_from=edition.visible_from,
            sealed_at=edition.sealed_at,
        )


@pytest.mark.django_db
def test_figures_are_sealed_as_publishing_seals_them():
    make()
    names = [field.attname for field in SealedFigure._meta.concrete_fields if not field.primary_key]
    for edition in Edition.objects.all():
        made = sorted(edition.sealed_figures.values_list(*names), key=repr)
        assert made == sorted([tuple(getattr(row, name) for name in names) for row in rows_of(edition)], key=repr)


@pytest.mark.django_db
def test_the_index_holds_what_it_would_hold_of_published_editions():
    make()
    assert not outdated().exists()
    assert not PendingRebuild.objects.exists()
    names = [field.attname for field in SearchEntry._meta.concrete_fields]
    made = list(SearchEntry.objects.order_by("pk").values_list(*names))
    forms = set(SearchWord.objects.values_list("channel", "form"))
    assert search(Wish(q="latern*"), lang="en").total == 0
    found = {word: search(Wish(q=word), lang="en").total for word in ("lighthouse", "буря", '"great storm"', "example")}
    assert all(found.values())
    rebuild(only_outdated=False)
    assert made == list(SearchEntry.objects.order_by("pk").values_list(*names))
    assert forms == set(SearchWord.objects.values_list("channel", "form"))
    assert found == {word: search(Wish(q=word), lang="en").total for word in found}


@pytest.mark.parametrize("is_short", [False, True])
def test_the_words_of_a_text_are_those_that_the_index_finds_in_it(is_short):
    indexed = Indexed()
    for imagined in imagine(150, seed=1, tags=LANGUAGES, is_short=is_short):
        for tag, text in imagined.texts.items():
            for number, html in enumerate(text.bodies, start=1):
                named = {
                    name: {"name": label.name[tag], "lang": tag}
                    for name, label in (("issuer", imagined.issuer), ("occasion", imagined.occasion))
                }
                places = sorted(imagined.places, key=lambda place: place.slug)
                facts = {
                    **named,
                    "statement": {"original_language": imagined.original},
                    "events": [{"name": imagined.event.name[tag], "lang": tag}],
                    "places": [{"name": place.name[tag], "lang": tag} for place in places],
                    "figures": [{"claimant": {"name": imagined.claimant.name[tag], "lang": tag}}],
                }
                edition = Edition(
                    language=tag, title=text.title, summary=text.summary, body=html, facts=facts, kind=imagined.kind,
                    earliest=imagined.day, latest=imagined.day,
                )  # fmt: skip
                document = document_of(edition, [], [])
                columns = indexed.columns(imagined, tag, number)
                assert sqlite._row(1, document)[1:-1] == columns
                assert words_only(document_from(columns, ())) == words_only(document)
                assert document.readable.items() <= indexed.readable.items() | document.readable.items()
                assert document.readable.keys() <= indexed.readable.keys()


def words_only(document: Document) -> dict[str, dict[str, list[str]]]:
    """The words of a document without the last gap of each field, which stands for nothing."""
    return {
        channel: {field: forms[:-1] if forms and not forms[-1] else forms for field, forms in lists.items()}
        for channel, lists in document.words.items()
    }


def test_short_texts_are_of_three_to_six_hundred_bytes_where_letters_are_latin():
    for imagined in imagine(100, seed=1, tags=["az", "en", "tr"], is_short=True):
        for text in imagined.texts.values():
            assert all(300 <= len(body.encode()) <= 750 for body in text.bodies)


@pytest.mark.django_db
@pytest.mark.parametrize(("is_short", "figures"), [(False, 2), (True, 1)])
def test_a_statement_has_two_figures_and_a_short_one_has_either(is_short: bool, figures: int):
    make(20, is_short=is_short)
    counted = Statement.objects.annotate(counted=models.Count("figures")).values_list("counted", flat=True)
    assert set(counted) == {figures}
    assert set(Figure.objects.exclude(statement=None).values_list("measure", flat=True)) == {"injured", "missing"}
    assert all(len(edition.facts["figures"]) == figures for edition in Edition.objects.all())


@pytest.mark.django_db
def test_rows_made_by_hand_come_after_those_of_the_demonstration():
    make(1)
    assert a_statement(issuer=Issuer.objects.first()).pk > Statement.objects.order_by("pk").first().pk
