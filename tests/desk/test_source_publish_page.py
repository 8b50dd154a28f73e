"""The source's form with its wording, the page “Publish this source”, and the register of gaps."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import SourceEdition
from memorial.publishing.release import publish
from memorial.publishing.source_facts import SourceRecord
from memorial.publishing.source_release import publish_source
from memorial.statements.models import Gap, Source, Statement
from memorial.translations.models import Witness
from tests.builders import an_issuer
from tests.publishing.sources import WORDING, a_background, a_witness

from .conftest import form_data

Enter = Callable[[User], Client]


def address(source: Source, page: str = "publish") -> str:
    return f"/admin/statements/source/{source.pk}/{page}/"


def asked(source: Source, **more: str) -> dict[str, str]:
    return {"when": "now", "seen": SourceRecord.of(source).fingerprint, **more}


@pytest.fixture
def witness(statement: Statement, publisher: User) -> Source:
    """A relay with a wording of its own, of a statement that is public."""
    publish(statement, ["az"], by=publisher)
    return a_witness(statement)


# -- The form ----------------------------------------------------------------------------------------------------------


def test_a_wording_is_entered_in_the_sources_form_and_cleaned(editor: User, enter: Enter, statement: Statement) -> None:
    source, client = statement.sources.get(), enter(editor)
    data = form_data(client, address(source, "change")) | {
        "witness-TOTAL_FORMS": 1,
        "witness-0-source": source.pk,
        "witness-0-title": "Bəyanat",
        "witness-0-body": '<p onclick="x()">Sözlər.</p><script>alert(1)</script>',
        "witness-0-completeness": "extract",
    }
    answer = client.post(address(source, "change"), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert Witness.objects.get().body == "<p>Sözlər.</p>"


def test_the_wording_is_edited_in_the_sources_language_and_direction(
    editor: User, enter: Enter, statement: Statement
) -> None:
    source = a_witness(statement, language="fa")
    page = enter(editor).get(address(source, "change")).content.decode()
    body = page.partition('name="witness-0-body"')[2].partition(">")[0]
    assert 'lang="fa"' in body
    assert 'dir="rtl"' in body
    assert "data-rich-text" in body


def test_only_what_was_changed_of_a_wording_is_written(editor: User, enter: Enter, statement: Statement) -> None:
    source, client = a_witness(statement), enter(editor)
    data = form_data(client, address(source, "change"))
    Witness.objects.update(rights="Entered by a colleague meanwhile.")
    assert client.post(address(source, "change"), data | {"witness-0-title": "Corrected"}).status_code == 302
    kept = Witness.objects.get()
    assert (kept.title, kept.rights, kept.body) == ("Corrected", "Entered by a colleague meanwhile.", WORDING)


def test_the_form_says_why_the_source_cannot_be_published(editor: User, enter: Enter, statement: Statement) -> None:
    answer = enter(editor).get(address(statement.sources.get(), "change"))
    assert [reason.code for reason in answer.context["publish_reasons"]] == ["nothing", "statement-not-public"]
    assert 'class="button" disabled' in answer.content.decode()


def test_a_published_source_is_not_deleted(administrator: User, enter: Enter, witness: Source) -> None:
    publish_source(witness, by=administrator)
    assert enter(administrator).post(address(witness, "delete"), {"post": "yes"}).status_code == 403
    assert Source.objects.filter(pk=witness.pk).exists()


# -- The page ----------------------------------------------------------------------------------------------------------


def test_the_page_shows_what_will_be_public(publisher: User, enter: Enter, witness: Source) -> None:
    page = enter(publisher).get(address(witness)).content.decode()
    for shown in ("Example Agency", "Ministry statement", "lamps were lit", "By permission.", "full text"):
        assert shown in page, shown
    figures = enter(publisher).get(address(a_background())).content.decode()
    for shown in ("31", "124", "killed by its count"):
        assert shown in figures, shown


def test_a_publisher_publishes_what_was_looked_at(publisher: User, enter: Enter, witness: Source) -> None:
    client = enter(publisher)
    answer = client.post(address(witness), asked(witness))
    assert (answer.status_code, answer["Location"]) == (302, address(witness))
    edition = SourceEdition.objects.get()
    assert (edition.number, edition.sealed_by) == (1, publisher)
    page = client.get(address(witness)).content.decode()
    assert edition.sha256 in page
    assert "Nothing has changed since edition 1." in page
    assert 'value="Publish" disabled' in page


def test_a_later_moment_is_kept(publisher: User, enter: Enter, witness: Source) -> None:
    moment = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    data = asked(witness, when="later", at=moment.strftime("%Y-%m-%dT%H:%M"))
    assert enter(publisher).post(address(witness), data).status_code == 302
    assert SourceEdition.objects.get().visible_from == moment


def test_a_later_edition_takes_a_note(publisher: User, enter: Enter, witness: Source) -> None:
    publish_source(witness, by=publisher)
    Witness.objects.update(title="Another title")
    client = enter(publisher)
    assert 'name="note"' in client.get(address(witness)).content.decode()
    refused = client.post(address(witness), asked(witness))
    assert refused.status_code == 409
    assert "Tell readers in a note what has changed since edition 1." in refused.content.decode()
    assert client.post(address(witness), asked(witness, note="The title.")).status_code == 302
    assert SourceEdition.objects.get(number=2).note == "The title."


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_what_was_changed_since_is_not_published_unread(
    publisher: User, enter: Enter, witness: Source, seen: str
) -> None:
    answer = enter(publisher).post(address(witness), {"when": "now", "seen": seen})
    assert answer.status_code == 409
    assert "The source has been changed since you looked at it." in answer.content.decode()
    assert not SourceEdition.objects.exists()


def test_somebody_without_the_right_reads_why_and_publishes_nothing(
    persian_translator: User, enter: Enter, witness: Source
) -> None:
    client = enter(persian_translator)
    page = client.get(address(witness)).content.decode()
    assert "You may not publish this source. Ask a publisher." in page
    assert 'value="Publish" disabled' in page
    assert client.post(address(witness), asked(witness)).status_code == 409
    assert not SourceEdition.objects.exists()


@pytest.mark.parametrize("given", [{"when": "later"}, {"when": "later", "at": "x"}, {"when": "x"}, {}])
def test_a_form_with_mistakes_publishes_nothing(
    publisher: User, enter: Enter, witness: Source, given: dict[str, str]
) -> None:
    answer = enter(publisher).post(address(witness), {"seen": SourceRecord.of(witness).fingerprint, **given})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not SourceEdition.objects.exists()


def test_there_is_no_page_of_no_source(publisher: User, enter: Enter) -> None:
    assert enter(publisher).get("/admin/statements/source/999/publish/").status_code == 404


# -- Gaps --------------------------------------------------------------------------------------------------------------


def test_a_gap_is_entered_in_two_languages_and_found_in_all(editor: User, enter: Enter) -> None:
    issuer, client = an_issuer(), enter(editor)
    data = {"issuer": issuer.pk, "dated": "1994-03", "url": "", **{column_name("note", "az"): "Tapılmayıb."}}
    answer = client.post("/admin/statements/gap/add/?left=az&right=fa", data)
    assert answer.status_code == 302, answer.context["errors"]
    gap = Gap.objects.get()
    assert (gap.dated, gap.earliest.isoformat(), gap.latest.isoformat()) == ("1994-03", "1994-03-01", "1994-03-31")
    page = client.get("/admin/statements/gap/?q=Tapılmayıb").content.decode()
    assert "March 1994" in page
    assert "Known gaps" in client.get("/admin/").content.decode()
