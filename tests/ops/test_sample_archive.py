"""Loading the sample archive."""

from csv import DictReader
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.ops.archivist import archivist
from memorial.ops.demonstration.make import make_demonstration
from memorial.ops.sample_archive import files, load
from memorial.publishing.models import Edition, SealedFigure, SourceEdition
from memorial.statements.models import (
    Event,
    EventName,
    Figure,
    Issuer,
    IssuerSpelling,
    Occasion,
    Person,
    PersonSpelling,
    Place,
    PlaceSpelling,
    Source,
    Statement,
)
from memorial.text.blocks import blocks
from memorial.text.canonical import digest
from memorial.translations.models import Revision, Text

pytestmark = pytest.mark.django_db
RECORD = (
    Issuer, IssuerSpelling, Place, PlaceSpelling, Person, PersonSpelling, Occasion, Event, EventName, Statement, Source,
    Figure, Text, Revision, Edition, SourceEdition, SealedFigure, User,
)  # fmt: skip


def load_it() -> tuple[str, str]:
    """Run the command: (what it says, what it complains of)."""
    out, err = StringIO(), StringIO()
    call_command("load_sample_archive", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def everything() -> dict[str, list[dict[str, object]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in RECORD}


@pytest.fixture
def site_has(monkeypatch: pytest.MonkeyPatch):
    """The site has only these languages, as far as the sample archive and publishing ask."""

    def only(*tags: str) -> None:
        monkeypatch.setattr("memorial.ops.sample_archive.load.languages", lambda: list(tags))
        monkeypatch.setattr("memorial.publishing.readiness.languages", lambda: list(tags))

    return only


def test_all_five_statements_are_visible_in_four_languages():
    load_it()
    visible = set(Edition.objects.visible().values_list("statement__slug", "language"))
    slugs = {facts["slug"] for facts in files.statements()}
    assert len(slugs) == 5
    assert visible == {(slug, tag) for slug in slugs for tag in files.LANGUAGES}


def test_a_second_run_changes_nothing_and_says_nothing():
    first, _ = load_it()
    before = everything()
    second, complaints = load_it()
    assert "20" in first
    assert (second, complaints) == ("", "")
    assert everything() == before


def test_what_an_editor_changed_stays():
    load_it()
    Issuer.objects.filter(slug="turkpa").update(**{column_name("name", "en"): "Changed"})
    Source.objects.filter(publisher="Trend", statement__isnull=False).delete()
    load_it()
    assert getattr(Issuer.objects.get(slug="turkpa"), column_name("name", "en")) == "Changed"
    assert not Source.objects.filter(publisher="Trend", statement__isnull=False).exists()


def test_texts_are_marked_as_summaries_by_the_archive():
    load_it()
    kinds = set(Edition.objects.values_list("origin", "completeness", "number", "note"))
    assert kinds == {(Text.Origin.ARCHIVE, Text.Completeness.SUMMARY, 1, "")}
    assert {edition.facts["text"]["origin"] for edition in Edition.objects.all()} == {Text.Origin.ARCHIVE}


def test_every_figure_is_attributed_and_kept_apart():
    load_it()
    figures = Figure.objects.select_related("claimant", "statement", "source")
    assert all(figure.claimant.kind for figure in figures)
    assert all(figure.statement or figure.source for figure in figures)
    killed = {(figure.claimant.slug, figure.claimed): figure.minimum for figure in figures.filter(measure="killed")}
    assert killed == {
        ("mfa-az", "2023-01-20"): 150,
        ("mfa-az", "2024-01-19"): 150,
        ("mfa-az", "2025-01-19"): 150,
        ("mfa-az", "2026-01-19"): 150,
        ("turkpa", "2024-01-19"): 147,
        ("report-ia", "2026-01-19"): 147,
        ("trend-ia", "2026-01-21"): 147,
    }
    assert {(figure.wording, figure.wording_language) for figure in figures} == {("", "")}
    assert figures.get(measure="detained").minimum == 841


def test_the_ledger_shows_the_disagreeing_figures_by_their_claimants(client: Client):
    load_it()
    Language.objects.filter(tag="en").update(state=Language.State.PUBLIC)
    found = client.get("/en/events/night-of-19-20-january-1990/figures.csv?measure=killed").content.decode()
    claims = {(row["claimant"], row["claim_date"][:4], row["value_min"]) for row in DictReader(StringIO(found))}
    assert {("mfa-az", "2024", "150"), ("mfa-az", "2026", "150"), ("turkpa", "2024", "147")} <= claims
    page = client.get("/en/events/night-of-19-20-january-1990/figures/?measure=killed").content.decode()
    assert ">150<" in page
    assert ">147<" in page
    assert "the archive has not gathered them yet" in page


def test_every_figure_points_to_a_paragraph_in_every_language():
    load_it()
    for edition in Edition.objects.all():
        texts = {block.key: block.text for block in blocks(edition.body)}
        assert edition.facts["figures"]
        for figure in edition.facts["figures"]:
            assert str(figure["minimum"]) in texts[figure["block"]]


def test_the_languages_of_a_statement_share_their_block_keys():
    load_it()
    for statement in Statement.objects.all():
        keys = {tuple(block.key for block in blocks(edition.body)) for edition in statement.editions.all()}
        assert len(keys) == 1
        assert keys.pop() == tuple(f"p{number}" for number in range(1, statement.last_block + 1))


def test_nothing_in_an_edition_falls_back_to_another_language():
    load_it()
    for edition in Edition.objects.all():
        facts = edition.facts
        named = [facts["issuer"], facts["occasion"], *facts["events"], *facts["places"]]
        named += [thing for figure in facts["figures"] for thing in (figure["claimant"], figure["event"])]
        assert {thing["lang"] for thing in named} == {edition.language}
        assert {figure["described_lang"] for figure in facts["figures"]} == {edition.language}
        assert {source["note_lang"] for source in facts["sources"] if source["note"]} == {edition.language}


def test_an_edition_hashes_to_its_sha256():
    load_it()
    assert all(digest(edition.canonical) == edition.sha256 for edition in Edition.objects.all())


def test_dates_and_times_stand_as_they_were_given():
    load_it()
    assert Event.objects.get(slug="decision-march-1994").dated == "1994-03"
    night = Event.objects.get(slug="night-of-19-20-january-1990")
    assert (night.dated, night.parts.count(), night.places.count()) == ("1990-01-19/1990-01-20", 3, 4)
    published = set(Source.objects.values_list("publisher", "published"))
    assert {("Ednews", "2024-01-19T23:49"), ("Azernews", "2025-01-19T22:01+04:00")} <= published
    assert Statement.objects.get(slug="statement-20-january-2025").anniversary == 35


def test_names_can_be_found_by_their_other_spellings():
    load_it()
    assert set(Issuer.objects.get(slug="turkpa").spellings.values_list("language", "spelling")) >= {
        ("en", "TURKPA"), ("ru", "ТЮРКПА"),
    }  # fmt: skip
    assert Issuer.objects.get(slug="mfa-az").spellings.filter(spelling="MFA").exists()
    person = Person.objects.get(slug="heydar-aliyev")
    written = set(person.spellings.values_list("spelling", flat=True))
    assert written == {"Heydər Əliyev", "Heydar Aliyev", "Гейдар Алиев", "Haydar Aliyev"}


def test_the_ministry_s_statements_are_a_series():
    load_it()
    series = Statement.objects.filter(issuer__slug="mfa-az")
    assert len(series) == 4
    for statement in series:
        assert set(series) - {statement} <= set(statement.related.all())


def test_nobody_can_log_in_as_the_archive():
    load_it()
    assert not archivist().has_usable_password()
    assert not archivist().is_staff


def test_a_missing_language_is_named_and_the_others_are_loaded(site_has):
    site_has("az", "en", "tr", "fa")
    _, complaints = load_it()
    assert "ru" in complaints
    assert set(Edition.objects.values_list("language", flat=True)) == {"az", "en", "tr"}
    assert Edition.objects.count() == 15


def test_a_language_that_comes_later_is_filled_in(site_has):
    site_has("az", "en")
    load_it()
    before = set(Edition.objects.values_list("pk", "sha256"))
    assert not getattr(Place.objects.get(slug="baku"), column_name("name", "tr"))
    site_has("az", "en", "ru", "tr")
    load_it()
    assert Edition.objects.count() == 20
    assert before <= set(Edition.objects.values_list("pk", "sha256"))
    assert getattr(Place.objects.get(slug="baku"), column_name("name", "tr")) == "Bakü"
    assert all(getattr(source, column_name("note", "tr")) for source in Source.objects.filter(publisher="Ednews"))


def test_a_site_with_none_of_the_languages_is_refused(site_has):
    site_has("fa")
    with pytest.raises(Refused) as refused:
        load.load_sample_archive(by=archivist())
    assert [reason.code for reason in refused.value.reasons] == ["no-language"]


def test_a_database_with_demonstration_data_is_refused():
    make_demonstration(2, seed=1, tags=["az", "en"], by=archivist())
    with pytest.raises(CommandError, match="demonstration"):
        load_it()
    assert not Issuer.objects.filter(slug="mfa-az").exists()


def test_the_claims_of_agencies_are_public_and_no_wording_is():
    load_it()
    editions = SourceEdition.objects.visible()
    assert {(edition.facts["source"]["publisher"], edition.number, edition.body) for edition in editions} == {
        ("Report", 1, ""),
        ("Trend", 1, ""),
    }
    claims = SealedFigure.objects.visible().filter(source_edition__in=editions)
    assert {(claim.claimant.slug, claim.measure, claim.minimum) for claim in claims.select_related("claimant")} == {
        ("report-ia", "killed", 147),
        ("report-ia", "injured", 744),
        ("trend-ia", "killed", 147),
        ("trend-ia", "injured", 744),
        ("trend-ia", "detained", 841),
    }
