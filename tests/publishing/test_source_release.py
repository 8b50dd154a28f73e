"""Publishing a source by itself."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from memorial.accounts.models import User
from memorial.accounts.refusal import Refused
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.publishing.in_use import is_on_public_pages
from memorial.publishing.models import SealedFigure, SourceEdition
from memorial.publishing.signals import sources_sealed, sources_sealing
from memorial.publishing.source_facts import SourceRecord
from memorial.publishing.source_release import publish_source, reasons_against_publishing_source
from memorial.statements.models import Event, Figure, Issuer, Source
from memorial.text.canonical import canonical_of_source
from memorial.translations.models import Witness
from tests.builders import a_statement
from tests.publishing.conftest import LATER, LATER_STILL
from tests.publishing.sources import WORDING, a_background, a_public_statement, a_witness

pytestmark = pytest.mark.django_db


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def reasons(source: Source, by: User, **given: Any) -> list[str]:
    return [reason.code for reason in reasons_against_publishing_source(source, by=by, **given)]


@pytest.fixture
def witness(publisher: User) -> Source:
    """A relay with a wording of its own, of a public statement."""
    return a_witness(a_public_statement(publisher))


@pytest.fixture
def background(db: None) -> Source:
    """A note of an agency's own with two figures."""
    return a_background()


# -- It does ---------------------------------------------------------------------------------------------------------


def test_a_wording_is_sealed_as_the_source_has_it(witness: Source, publisher: User) -> None:
    edition = publish_source(witness, by=publisher)
    Witness.objects.update(body="<p>Changed afterwards.</p>")
    Source.objects.update(publisher="Changed")
    edition.refresh_from_db()
    assert (edition.number, edition.language, edition.title) == (1, "en", "Ministry statement")
    assert (edition.completeness, edition.statement, edition.sealed_by) == ("full", witness.statement, publisher)
    assert edition.body == (
        '<p data-key="p1">The Example Ministry said that lamps were lit.</p>'
        '<p data-key="p2">It honoured those who carried them.</p>'
    )
    assert edition.facts == {
        "format": 1,
        "source": {
            "ref": witness.ref, "publisher": "Example Agency", "url": "https://agency.example/1", "language": "en",
            "published": "2025-05-20T10:30+04:00", "what": "relay-full",
            "note": {"en": "The agency’s own translation."},
        },
        "statement": {"sid": witness.statement.sid, "slug": "example-statement"},
        "rights": "By permission.",
        "figures": [],
    }  # fmt: skip
    assert list(SourceEdition.objects.visible()) == [edition]


def test_its_own_figures_are_sealed_with_labels_in_every_language(background: Source, publisher: User) -> None:
    edition = publish_source(background, by=publisher)
    killed, injured = background.figures.order_by("pk")
    assert edition.facts["statement"] is None
    assert edition.facts["figures"][0] == {
        "fid": killed.fid,
        "claimant": {
            "slug": "example-wire",
            "name": {tag: f"Example Wire ({tag})" for tag in ("az", "en", "fa")},
        },
        "event": {
            "slug": "example-event",
            "name": {tag: f"Example Event ({tag})" for tag in ("az", "en", "fa")},
        },
        "measure": "killed", "precision": "exact", "minimum": 31, "maximum": None,
        "described": {"en": "killed by its count"}, "wording": "", "wording_language": "", "claimed": "2025-05-21",
    }  # fmt: skip
    rows = SealedFigure.objects.visible().order_by("position")
    assert [(row.fid, row.source_edition, row.edition, row.minimum, row.claimant) for row in rows] == [
        (killed.fid, edition, None, 31, killed.claimant),
        (injured.fid, edition, None, 124, injured.claimant),
    ]


def test_figures_that_stand_in_a_statement_are_left_to_it(witness: Source, publisher: User) -> None:
    figure = a_background().figures.first()
    assert figure is not None
    Figure.objects.filter(pk=figure.pk).update(source=witness, statement=witness.statement)
    assert publish_source(witness, by=publisher).facts["figures"] == []


def test_the_canonical_form_is_readable_and_is_what_is_hashed(witness: Source, publisher: User) -> None:
    Language.objects.update_or_create(tag="en", defaults={"name_en": "English", "name_own": "English",
                                                          "state": "public"})  # fmt: skip
    edition = publish_source(witness, by=publisher, at=LATER)
    assert hashlib.sha256(edition.canonical.encode()).hexdigest() == edition.sha256
    lines = edition.canonical.splitlines()
    assert lines[:6] == [
        "memorial source 1", "title: Ministry statement", "language: en", "edition: 1",
        "visible-from: 2030-05-20T09:00:00Z", f"sealed: {edition.sealed_at:%Y-%m-%dT%H:%M:%S}Z",
    ]  # fmt: skip
    for line in (
        "completeness: full", f"source: {witness.ref}", "publisher: Example Agency", "what: relay-full",
        "source-note: en: The agency’s own translation.", "rights: By permission.",
        f"statement: {witness.statement.sid}, example-statement",
        "[p1] The Example Ministry said that lamps were lit.",
    ):  # fmt: skip
        assert line in lines


def test_the_canonical_form_shows_no_label_of_a_language_in_preparation(background: Source, publisher: User) -> None:
    Language.objects.exclude(tag="fa").delete()
    Language.objects.update_or_create(tag="fa", defaults={"name_en": "P", "name_own": "P", "state": "preparing"})
    Source.objects.update(**{column_name("note", "fa"): "Zyxpreparing", column_name("note", "en"): "Seen"})
    edition = publish_source(background, by=publisher)
    assert edition.facts["source"]["note"] == {"en": "Seen", "fa": "Zyxpreparing"}
    assert "Zyxpreparing" not in edition.canonical
    assert "(fa)" not in edition.canonical
    assert "Example Wire (en) [example-wire]" in edition.canonical


@pytest.mark.parametrize(
    "change",
    [
        {"number": 2}, {"title": "Other"}, {"language": "ru"}, {"body": "<p>Other</p>"}, {"completeness": "extract"},
        {"note": "x"}, {"visible_from": LATER_STILL}, {"sealed_at": LATER_STILL}, {"facts": {"rights": "Other"}},
    ],
)  # fmt: skip
def test_no_two_editions_have_one_form(change: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "number": 1, "language": "en", "title": "T", "body": "<p>B</p>", "completeness": "full", "note": "",
        "visible_from": LATER, "sealed_at": LATER, "facts": {"rights": ""}, "languages": ["en"],
    }  # fmt: skip
    one, other = (canonical_of_source(values.pop("facts"), **values) for values in (dict(given), dict(given, **change)))
    assert one != other


def test_the_next_edition_has_a_note_and_the_first_one_stays(witness: Source, publisher: User) -> None:
    first = publish_source(witness, by=publisher)
    Witness.objects.update(body=WORDING + "<p>A third paragraph.</p>")
    second = publish_source(witness, by=publisher, note="  A paragraph was left out. ")
    assert (second.number, second.note) == (2, "A paragraph was left out.")
    assert list(SourceEdition.objects.visible()) == [second]
    assert list(SourceEdition.objects.released().order_by("number")) == [first, second]


def test_paragraphs_keep_their_keys_and_none_is_given_again(witness: Source, publisher: User) -> None:
    publish_source(witness, by=publisher)
    Witness.objects.update(body="<p>The Example Ministry said that lamps were lit.</p>")
    publish_source(witness, by=publisher, note="Shorter.")
    Witness.objects.update(body="<p>The Example Ministry said that lamps were lit.</p><p>Something else entirely.</p>")
    third = publish_source(witness, by=publisher, note="Longer.")
    assert 'data-key="p1"' in third.body
    assert 'data-key="p3"' in third.body
    assert 'data-key="p2"' not in third.body


def test_figures_of_the_newest_visible_edition_alone_are_in_the_ledger(background: Source, publisher: User) -> None:
    publish_source(background, by=publisher)
    Figure.objects.filter(source=background, measure="killed").update(minimum=32)
    second = publish_source(background, by=publisher, note="The agency corrected its number.")
    publish_source_later = background.figures.get(measure="injured")
    assert {row.source_edition for row in SealedFigure.objects.visible()} == {second}
    Figure.objects.filter(pk=publish_source_later.pk).update(minimum=125)
    publish_source(background, by=publisher, note="Again.", at=LATER)
    assert sorted(row.minimum or 0 for row in SealedFigure.objects.visible()) == [32, 124]
    assert sorted(row.minimum or 0 for row in SealedFigure.objects.visible(LATER)) == [32, 125]


def test_a_scheduled_edition_is_not_visible_before_its_time(witness: Source, publisher: User) -> None:
    edition = publish_source(witness, by=publisher, at=LATER)
    assert not SourceEdition.objects.released().exists()
    assert not SourceEdition.objects.visible(LATER - timedelta(seconds=1)).exists()
    assert list(SourceEdition.objects.visible(LATER)) == [edition]


def test_a_language_that_is_not_recorded_is_no_obstacle_to_figures(publisher: User) -> None:
    assert publish_source(a_background(language="und"), by=publisher).language == "und"


def test_signals_are_sent_in_the_transaction_and_after_it(
    witness: Source, publisher: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    heard: list[tuple[str, list[SourceEdition]]] = []

    def sealing(editions: list[SourceEdition], **_given: Any) -> None:
        heard.append(("sealing", editions))

    def sealed(editions: list[SourceEdition], **_given: Any) -> None:
        heard.append(("sealed", editions))

    sources_sealing.connect(sealing)
    sources_sealed.connect(sealed)
    try:
        with django_capture_on_commit_callbacks() as waiting:
            edition = publish_source(witness, by=publisher)
            assert heard == [("sealing", [edition])]
        for callback in waiting:
            callback()
        assert heard[1:] == [("sealed", [edition])]
        with pytest.raises(Refused):
            publish_source(witness, by=publisher, note="Nothing new.")
        assert len(heard) == 2
    finally:
        sources_sealing.disconnect(sealing)
        sources_sealed.disconnect(sealed)


def test_what_hears_of_it_and_fails_leaves_nothing_sealed(witness: Source, publisher: User) -> None:
    def fail(**_given: Any) -> None:
        raise RuntimeError("the index is away")

    sources_sealing.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            publish_source(witness, by=publisher)
    finally:
        sources_sealing.disconnect(fail)
    assert not SourceEdition.objects.exists()


def test_readers_meet_the_names_in_what_a_source_claims(background: Source, publisher: User) -> None:
    def met() -> tuple[bool, bool]:
        return (
            Issuer.objects.filter(is_on_public_pages(Issuer), slug="example-wire").exists(),
            Event.objects.filter(is_on_public_pages(Event), slug="example-event").exists(),
        )

    assert met() == (False, False)
    publish_source(background, by=publisher)
    assert met() == (True, True)


# -- It refuses, with these reasons ------------------------------------------------------------------------------------


def test_there_has_to_be_something_to_publish(publisher: User) -> None:
    source = a_public_statement(publisher).sources.get()
    with pytest.raises(Refused) as refusal:
        publish_source(source, by=publisher)
    assert codes(refusal) == ["nothing"]


def test_nothing_is_published_twice(background: Source, publisher: User) -> None:
    publish_source(background, by=publisher)
    with pytest.raises(Refused) as refusal:
        publish_source(background, by=publisher, note="The same again.")
    assert codes(refusal) == ["unchanged"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"rights": "  "}, ["no-rights"]),
        ({"rights": "", "completeness": "extract"}, []),
        ({"rights": "", "completeness": "summary"}, []),
        ({"completeness": ""}, ["completeness-unknown"]),
        ({"body": "<p> </p>"}, ["nothing", "no-body"]),
        ({"language": "und"}, ["language-unknown"]),
        ({"body": "", "language": "und", "rights": ""}, ["nothing", "no-body", "language-unknown", "no-rights"]),
    ],
)
def test_a_wording_that_cannot_be_shown_is_not_published(
    publisher: User, given: dict[str, str], expected: list[str]
) -> None:
    source = a_witness(a_public_statement(publisher), **given)
    assert reasons(source, publisher) == expected
    if expected:
        with pytest.raises(Refused) as refusal:
            publish_source(source, by=publisher)
        assert codes(refusal) == expected
        assert not SourceEdition.objects.exists()


def test_a_wording_is_of_a_statement_that_readers_can_read(publisher: User) -> None:
    source = a_witness(a_statement())
    assert reasons(source, publisher) == ["statement-not-public"]
    Source.objects.filter(pk=source.pk).update(statement=None)
    assert reasons(source, publisher) == ["no-statement"]


def test_a_figure_is_of_somebody_and_something_with_a_name(background: Source, publisher: User) -> None:
    claimant = background.figures.all()[0].claimant
    nameless = {column_name("name", tag): "" for tag in ("az", "en", "ru", "tr", "fa")}
    type(claimant).objects.filter(pk=claimant.pk).update(**nameless)
    assert reasons(background, publisher) == ["no-name"]


def test_a_later_edition_needs_a_note_for_readers(witness: Source, publisher: User) -> None:
    publish_source(witness, by=publisher)
    Witness.objects.update(title="Another title")
    assert reasons(witness, publisher) == []
    assert reasons(witness, publisher, note="") == ["no-note"]
    with pytest.raises(Refused) as refusal:
        publish_source(witness, by=publisher, note="  ")
    assert codes(refusal) == ["no-note"]


def test_no_edition_comes_before_one_that_is_sealed_already(witness: Source, publisher: User) -> None:
    publish_source(witness, by=publisher, at=LATER)
    Witness.objects.update(title="Another title")
    with pytest.raises(Refused) as refusal:
        publish_source(witness, by=publisher, note="The title.")
    assert codes(refusal) == ["before-newest"]
    assert publish_source(witness, by=publisher, note="The title.", at=LATER_STILL).number == 2


def test_the_moment_lies_in_the_future_and_has_a_zone(witness: Source, publisher: User) -> None:
    with pytest.raises(Refused) as refusal:
        publish_source(witness, by=publisher, at=timezone.now() - timedelta(days=1))
    assert "moment-over" in codes(refusal)
    with pytest.raises(ValueError, match="time zone"):
        publish_source(witness, by=publisher, at=LATER.replace(tzinfo=None))


def test_what_was_changed_since_somebody_looked_is_not_published_unread(witness: Source, publisher: User) -> None:
    seen = SourceRecord.of(witness).fingerprint
    Source.objects.update(url="https://agency.example/2")
    with pytest.raises(Refused) as refusal:
        publish_source(witness, by=publisher, seen=seen)
    assert codes(refusal) == ["changed-since"]
    assert publish_source(witness, by=publisher, seen=SourceRecord.of(witness).fingerprint).number == 1


def test_not_by_a_translator_nor_by_an_editor_who_may_not_publish(
    witness: Source, editor: User, persian_translator: User, settings: Settings
) -> None:
    settings.EDITORS_MAY_PUBLISH = False
    for somebody in (editor, persian_translator):
        with pytest.raises(Refused) as refusal:
            publish_source(witness, by=somebody)
        assert codes(refusal) == ["not-allowed"]
    assert not SourceEdition.objects.exists()


# -- What is sealed stays ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sql", ["UPDATE {} SET number = 7", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [SourceEdition, SealedFigure])
def test_the_database_refuses_to_change_what_is_sealed(
    background: Source, publisher: User, model: Any, sql: str
) -> None:
    publish_source(background, by=publisher)
    statement = sql.format(model._meta.db_table).replace("number", "number" if model is SourceEdition else "position")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_model_refuses_to_change_what_is_sealed(background: Source, publisher: User) -> None:
    edition = publish_source(background, by=publisher)
    for change in (edition.save, edition.delete, lambda: SourceEdition.objects.update(title="x")):
        with pytest.raises(TypeError, match="sealed"):
            change()


def test_asking_and_publishing_cost_as_much_for_ten_figures_as_for_two(
    background: Source, publisher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    publisher.grants.all()
    assert reasons(background, publisher) == []
    with django_assert_num_queries(4):
        reasons(background, publisher)
    figure = background.figures.all()[0]
    for number in range(8):
        Figure.objects.create(
            source=background, claimant=figure.claimant, event=figure.event, measure="other", minimum=number,
            claimed="2025",
        )  # fmt: skip
    with django_assert_num_queries(4):
        reasons(background, publisher)
