"""Adding, publishing and retiring a language, and every reason why not."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages import columns
from memorial.languages.amend import amend_language
from memorial.languages.columns import column_name, table_columns, translated_models
from memorial.languages.enrol import enrol, publish_language, retire_language
from memorial.languages.leave import delete_language, stop_using_language
from memorial.languages.models import Language, LanguageChange, LanguageSet, WhenDeleted
from memorial.languages.reconcile import store_first_languages
from memorial.publishing.models import Edition
from memorial.statements.models import Statement
from memorial.translations.models import Revision, Text
from tests.builders import a_statement, a_user


def why_not(verb: Any, *args: Any, **options: Any) -> list[str]:
    """The codes of the reasons with which a verb refuses."""
    with pytest.raises(Refused) as refused:
        verb(*args, **{"by": None, **options})
    return [reason.code for reason in refused.value.reasons]


@pytest.mark.usefixtures("tables_as_before")
def test_a_language_gets_its_row_its_columns_and_a_new_version() -> None:
    boss = User.objects.create_superuser("boss")
    version = LanguageSet.objects.get().version
    language = enrol("ps", by=boss, fallbacks=["fa"])
    assert (language.name_own, language.direction, language.script) == ("پښتو", "rtl", "Arab")
    assert language.state == Language.State.PREPARING
    assert Language.objects.last() == language
    for model, bases in translated_models():
        assert {column_name(base, "ps") for base in bases} <= table_columns(connection, model._meta.db_table)
    assert LanguageSet.objects.get().version == version + 1
    change = LanguageChange.objects.get()
    assert (change.language, change.action, change.by) == ("ps", LanguageChange.Action.ENROLLED, boss)
    assert why_not(enrol, "ps") == ["exists"]


@pytest.mark.usefixtures("tables_as_before")
def test_all_tables_are_taken_before_the_first_is_changed() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one lock for all tables.")
    with CaptureQueriesContext(connection) as asked:
        enrol("ps", by=None)
    sql = [query["sql"] for query in asked]
    [taken] = [place for place, said in enumerate(sql) if said.startswith("LOCK TABLE")]
    changes = [place for place, said in enumerate(sql) if said.startswith("ALTER TABLE")]
    assert taken < min(changes)
    named = set(re.findall(r'"(\w+)"', sql[taken]))
    assert named == {model._meta.db_table for model, _bases in translated_models()}
    assert {re.findall(r'"(\w+)"', sql[place])[0] for place in changes} == named


@pytest.mark.usefixtures("tables_as_before")
def test_a_language_is_described_by_hand_where_cldr_is_silent() -> None:
    assert why_not(enrol, "qqx") == ["name"]
    language = enrol("qqx", by=None, name_en="Example", name_own="Nümunə", script="Arab", state="public")
    assert (language.name_own, language.direction, language.state) == ("Nümunə", "rtl", "public")
    assert why_not(enrol, "qqy", name_en="Y", script="Arabic", direction="up") == ["script", "direction"]


@pytest.mark.usefixtures("tables_as_before")
def test_texts_with_their_revisions_go_with_their_language_and_editions_keep_it(settings: Any, tmp_path: Path) -> None:
    enrol("ps", by=None)
    az = Text.objects.create(statement=a_statement(), language="az", origin=Text.Origin.ISSUED)
    ps = Text.objects.create(statement=az.statement, language="ps", origin=Text.Origin.ARCHIVE)
    source = Revision.objects.create(text=az, number=1, title="Bəyanat")
    for number in (1, 2):
        ps.head = Revision.objects.create(text=ps, number=number, title=f"پښتو {number}", based_on=source)
    ps.save()
    translator = a_user("translator-ps", Role.TRANSLATOR, language="ps")
    settings.LANGUAGE_CHECK_SECONDS = 0
    stop_using_language("ps", by=None)
    delete_language("ps", export=tmp_path / "ps.jsonl", by=None)
    assert list(Revision.objects.all()) == [source]
    assert list(Text.objects.all()) == [az]
    assert not translator.grants.exists()
    assert (tmp_path / "ps.jsonl").read_text().count("پښتو") == 3  # its own name, and a title in each revision
    assert LanguageChange.objects.filter(language="ps").count() == 3
    edition, original = Edition._meta.get_field("language"), Statement._meta.get_field("original_language")
    assert edition.when_deleted is original.when_deleted is WhenDeleted.SEALED
    assert why_not(stop_using_language, "az") == ["sealed"]  # the original of a statement is in it


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tag", ["FA", "f", "fa_AF", "fa--af", "../x", "", "persian"])
def test_a_tag_that_is_none_is_refused(tag: str) -> None:
    assert why_not(enrol, tag) == ["tag"]


@pytest.mark.django_db(transaction=True)
def test_the_site_has_other_uses_for_some_tags(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.languages.addresses"
    assert "address" in why_not(enrol, "log", name_en="Logo", name_own="Logo")


@pytest.mark.usefixtures("tables_as_before")
def test_two_languages_may_not_share_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    enrol("id", by=None)
    assert why_not(enrol, "ind", name_own="Indonesia") == ["columns"]
    model = translated_models()[0][0]
    monkeypatch.setattr(model, column_name(translated_models()[0][1][0], "uk"), "taken", raising=False)
    assert why_not(enrol, "uk") == ["columns"]


@pytest.mark.django_db(transaction=True)
def test_a_row_has_room_for_so_many_columns_only(monkeypatch: pytest.MonkeyPatch) -> None:
    _model, width = columns.widest(Language.objects.count() + 1)
    monkeypatch.setattr("memorial.languages.readiness.BUDGET", width - 1)
    assert why_not(enrol, "uk") == ["budget"]


@pytest.mark.django_db(transaction=True)
def test_fallbacks_are_other_languages_of_the_site() -> None:
    assert why_not(enrol, "uk", fallbacks=["ru", "xx"]) == ["fallbacks"]
    assert why_not(enrol, "uk", fallbacks=["uk"]) == ["fallbacks"]


@pytest.mark.django_db(transaction=True)
def test_tables_are_not_changed_inside_of_a_transaction() -> None:
    with transaction.atomic():
        assert why_not(enrol, "uk") == ["atomic"]


@pytest.mark.django_db(transaction=True)
def test_only_who_may_change_languages_does(editor: User) -> None:
    assert why_not(enrol, "uk", by=editor) == ["not-allowed"]
    for verb in (publish_language, retire_language, stop_using_language, amend_language):
        assert "not-allowed" in why_not(verb, "fa", by=editor)


@pytest.mark.django_db
def test_a_language_is_retired_and_published_again(administrator: User) -> None:
    version = LanguageSet.objects.get().version
    assert retire_language("fa", by=administrator).state == "retired"
    assert "fa" not in Language.objects.public().values_list("tag", flat=True)
    assert why_not(retire_language, "fa") == ["state"]
    publish_language("fa", by=administrator)
    assert why_not(publish_language, "fa") == ["state"]
    assert LanguageSet.objects.get().version == version
    assert [(change.action, change.by) for change in LanguageChange.objects.all()] == [
        ("published", administrator),
        ("retired", administrator),
    ]


@pytest.mark.django_db
def test_the_default_language_stays_public() -> None:
    assert why_not(retire_language, "en") == ["default"]
    assert why_not(stop_using_language, "en") == ["default"]


@pytest.mark.django_db
def test_an_unknown_or_leaving_language_is_neither_published_nor_retired() -> None:
    assert why_not(publish_language, "uk") == ["unknown"]
    assert why_not(stop_using_language, "uk") == ["unknown"]
    stop_using_language("fa", by=None)
    assert why_not(publish_language, "fa") == ["leaving"]
    assert why_not(retire_language, "fa") == ["leaving"]
    assert why_not(stop_using_language, "fa") == ["leaving"]
    assert why_not(delete_language, "ru", export=Path("none")) == ["in-use", "atomic"]
    assert why_not(delete_language, "fa", export=Path("none")) == ["stale", "atomic"]


@pytest.mark.django_db
def test_describing_a_language_anew_tells_every_process() -> None:
    version = LanguageSet.objects.get().version
    amend_language("fa", by=None, name_own="فارسی نو", fallbacks=["az"], position=1)
    assert Language.objects.first().name_own == "فارسی نو"
    assert LanguageSet.objects.get().version == version + 1
    assert why_not(amend_language, "fa", fallbacks=["fa"]) == ["fallbacks"]
    assert why_not(amend_language, "fa", direction="up") == ["direction"]


@pytest.mark.django_db
def test_an_emptied_database_gets_its_first_languages_back() -> None:
    Language.objects.all().delete()
    LanguageSet.objects.all().delete()
    store_first_languages()
    assert list(Language.objects.values_list("tag", flat=True)) == ["az", "en", "ru", "tr", "fa"]
    assert LanguageSet.objects.get().version == 1
    store_first_languages()
    assert Language.objects.count() == 5


def test_the_columns_of_this_process_are_those_of_its_models() -> None:
    for model, bases in translated_models():
        for base in bases:
            field: models.Field = model._meta.get_field(column_name(base, "az"))  # type: ignore[assignment]
            assert field.null
