"""Every change of what readers see begins the next generation, whoever makes it and however."""

from pathlib import Path

import pytest
from django.db import connection, transaction

from memorial.languages.models import Phrase
from memorial.reading.models import SiteChange
from memorial.reading.page_cache import changes
from memorial.reading.page_cache.generation import Generation
from tests.builders import a_statement, a_user, an_issuer


@pytest.fixture
def renewed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Generation:
    """The site's own generation, in a folder of this test."""
    own = Generation(tmp_path / "generation", changes.state)
    monkeypatch.setattr(changes, "generation", own)
    return own


@pytest.mark.django_db(transaction=True)
def test_every_change_of_what_readers_see_begins_a_generation(renewed: Generation) -> None:
    first = renewed.renew()
    issuer = an_issuer()
    assert renewed.now() > first
    second = renewed.now()
    type(issuer).objects.filter(pk=issuer.pk).update(slug="another-slug")  # past every verb
    assert renewed.now() > second
    third = renewed.now()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM statements_issuer WHERE id = %s", [issuer.pk])
    assert renewed.now() > third


@pytest.mark.django_db(transaction=True)
def test_one_transaction_begins_one_generation_when_it_is_committed(renewed: Generation) -> None:
    first, rows = renewed.renew(), SiteChange.objects.count()
    with transaction.atomic():
        for slug in ("first-example", "second-example"):
            an_issuer(slug=slug)
        assert renewed.now() == first
    assert renewed.now() == first + 1
    assert SiteChange.objects.count() == rows + 1


def _store_and_take_back(slug: str) -> None:
    with transaction.atomic():
        an_issuer(slug=slug)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_changes_nothing(renewed: Generation) -> None:
    first, rows = renewed.renew(), SiteChange.objects.count()
    _store_and_take_back("never-there")
    assert (renewed.now(), SiteChange.objects.count()) == (first, rows)


@pytest.mark.django_db(transaction=True)
def test_a_change_after_a_savepoint_that_was_rolled_back_is_seen(renewed: Generation) -> None:
    first, rows = renewed.renew(), SiteChange.objects.count()
    with transaction.atomic():
        _store_and_take_back("never-there")
        an_issuer(slug="there")
    assert renewed.now() == first + 1
    assert SiteChange.objects.count() == rows + 1


@pytest.mark.django_db(transaction=True)
def test_what_readers_never_see_leaves_their_pages_alone(renewed: Generation) -> None:
    user = a_user("somebody", "editor")
    first = renewed.renew()
    user.last_name = "Else"
    user.save()
    assert renewed.now() == first


@pytest.mark.django_db(transaction=True)
def test_another_machine_learns_of_a_change_from_the_database(renewed: Generation, tmp_path: Path) -> None:
    elsewhere = Generation(tmp_path / "elsewhere", changes.state)
    first = elsewhere.renew()
    a_statement()
    assert elsewhere.now() == first
    assert elsewhere.renew() == first + 1
    # A transaction that began early and ends late has an early number.
    newest = SiteChange.objects.order_by("-pk").first()
    assert newest is not None
    SiteChange.objects.create(pk=newest.pk + 5)
    second = elsewhere.renew()
    SiteChange.objects.create(pk=newest.pk + 2)
    assert elsewhere.renew() == second + 1


@pytest.mark.django_db(transaction=True)
def test_rows_that_nobody_looks_at_are_forgotten_unnoticed(renewed: Generation) -> None:
    rows = SiteChange.objects.count()
    SiteChange.objects.bulk_create([SiteChange() for _ in range(changes.WINDOW + 30)])
    number = renewed.renew()
    assert changes.forget_old() == rows + 30
    assert renewed.renew() == number
    assert changes.forget_old() == 0


@pytest.mark.django_db(transaction=True)
def test_a_saved_phrase_begins_a_generation(renewed: Generation) -> None:
    first = renewed.renew()
    Phrase.objects.filter(language="az").update(language="az")
    assert renewed.now() > first
