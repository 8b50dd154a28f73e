"""Migrations in a site that has more languages than the code was written for."""

import re

import pytest

from tests.languages.fresh import Site

MODELS, TRANSLATION = "models.py", "translation.py"


@pytest.mark.parametrize("tags", ["az,en,ru,tr", "az,en,ru,tr,fa,prs,lez"])
def test_no_migration_is_wanting_with_any_set_of_languages(fresh_site: Site, tags: str) -> None:
    fresh_site.manage("makemigrations", "--check", SITE_LANGUAGES=tags)
    fresh_site.manage("makemigrations", "--check", SITE_LANGUAGES=tags, DJANGO_SETTINGS_MODULE="config.settings")


def test_a_site_begun_with_other_languages_keeps_them(fresh_site: Site) -> None:
    new = {"MEMORIAL_DATA_DIR": f"{fresh_site.folder}/new"}
    if fresh_site.is_postgresql:
        fresh_site.query("DROP SCHEMA public CASCADE")
        fresh_site.query("CREATE SCHEMA public")
    else:
        new["DATABASE_URL"] = f"sqlite:///{fresh_site.folder}/new/memorial.sqlite3"
    fresh_site.manage("migrate", "-v0", SITE_LANGUAGES="en,az,tly,zh-hant", **new)
    known = fresh_site.run_code("from memorial.languages.columns import languages; print(*languages())", **new)
    assert known == "en az tly zh-hant"
    fresh_site.manage("makemigrations", "--check", **new)


def test_languages_added_later_survive_every_change_forwards_and_backwards(site_in_six_languages: Site) -> None:
    site = site_in_six_languages
    first = site.texts()
    assert {"specimens_book.title_fa", "specimens_book.summary_lez", "specimens_shelf.label_fa"} <= set(first)

    site.edit(MODELS, ("number = models.CharField(max_length=40", "number = models.CharField(max_length=60"))
    site.edit(MODELS, ("title = models.CharField(max_length=200)", "title = models.CharField(max_length=300)"))
    site.change("alter")
    assert site.texts() == first

    site.edit(MODELS, ("    summary =", '    place = models.CharField(max_length=9, default="Baku")\n    summary ='))
    site.edit(MODELS, ("    summary =", "    note = models.CharField(max_length=80, blank=True)\n    summary ="))
    site.edit(TRANSLATION, ('"title", "summary"', '"title", "summary", "note"'))
    site.change("add")
    assert {f"note_{tag}" for tag in ("az", "en", "ru", "tr", "fa", "lez")} <= site.columns("specimens_book")
    assert {key: text for key, text in site.texts().items() if ".note_" not in key} == first

    site.edit(MODELS, ("    summary =", "    abstract ="), ("    place =", "    town ="))
    site.edit(TRANSLATION, ('"summary"', '"abstract"'))
    site.change("rename", answers="y\n" * 4)
    renamed = {key.replace(".summary_", ".abstract_"): text for key, text in first.items()}
    assert {key: text for key, text in site.texts().items() if ".note_" not in key} == renamed

    site.edit(MODELS, ("    note = models.CharField(max_length=80, blank=True)\n", ""))
    site.edit(MODELS, ('    town = models.CharField(max_length=9, default="Baku")\n', ""))
    site.edit(TRANSLATION, (', "note"', ""))
    site.change("remove")
    assert site.texts() == renamed

    site.edit(MODELS, ("class Shelf(", "class Rack("), ("ForeignKey(Shelf", "ForeignKey(Rack"))
    site.edit(TRANSLATION, ("Book, Shelf", "Book, Rack"), ("register(Shelf)", "register(Rack)"))
    site.change("rename_model", answers="y\n")
    assert {"label_fa", "label_lez"} <= site.columns("specimens_rack")
    assert not re.findall(r"_(?:az|en|ru|tr|fa|lez)\b", site.migrations())

    site.manage("migrate", "-v0", "specimens", "0001")
    assert site.texts() == first
    site.manage("migrate", "-v0")
    assert {key: text for key, text in site.texts().items() if "_book." in key} == {
        key: text for key, text in renamed.items() if "_book." in key
    }


def test_a_field_can_become_translated_and_stop_being_so(site_in_six_languages: Site) -> None:
    site, first = site_in_six_languages, site_in_six_languages.texts()
    site.edit(TRANSLATION, ('"title", "summary"', '"title",'))
    site.change("summary_alone")
    assert not {column for column in site.columns("specimens_book") if column.startswith("summary_")}
    assert "summary" in site.columns("specimens_book")
    assert site.texts() == {key: text for key, text in first.items() if ".summary_" not in key}
    site.edit(TRANSLATION, ('"title",', '"title", "summary"'))
    site.change("summary_again")
    assert {"summary_fa", "summary_lez", "summary_az"} <= site.columns("specimens_book")


def test_a_model_made_later_has_the_languages_added_before(site_in_six_languages: Site) -> None:
    site = site_in_six_languages
    site.edit(MODELS, ("class Shelf(", "class Room(models.Model):\n    sign = models.TextField()\n\n\nclass Shelf("))
    site.edit(TRANSLATION, ("Book, Shelf", "Book, Room, Shelf"))
    room = '@register(Room)\nclass RoomTranslation(TranslationOptions):\n    fields = ("sign",)\n\n\n'
    site.edit(TRANSLATION, ("@register(Book)", f"{room}@register(Book)"))
    site.manage("makemigrations", "specimens", "--name", "room")
    assert "1 migration is not applied" in site.manage("add_language", "ku", is_refused=True)
    site.manage("migrate", "-v0")
    assert {"sign_fa", "sign_lez"} <= site.columns("specimens_room")


def test_a_migration_that_does_not_know_all_languages_is_refused(fresh_site: Site) -> None:
    site = fresh_site
    stale = site.start_code("""
        import sys
        from django.core.management import CommandError, call_command
        print("ready", flush=True); sys.stdin.readline()
        try: call_command("migrate", verbosity=0); print("it ran")
        except CommandError as error: print(error)
    """)
    assert stale.stdout is not None
    assert stale.stdout.readline().strip() == "ready"
    site.manage("add_language", "fa")
    said, _ = stale.communicate("go\n", timeout=60)
    assert "other languages than the database has (fa)" in said
    assert "other languages" in site.manage("migrate", "-v0", is_refused=True, SITE_LANGUAGES="az,en")
    site.manage("migrate", "-v0")


def test_a_stored_language_without_columns_gets_them_at_the_next_migrate(fresh_site: Site) -> None:
    fresh_site.query(
        "INSERT INTO languages_language (tag, name_en, name_own, script, direction, fallbacks, state, position, "
        "review, plurals_like) VALUES ('ka', 'Georgian', 'ქართული', 'Geor', 'ltr', '[]', 'preparing', 90, 'none', '')"
    )
    version = fresh_site.version()
    assert "missing columns" in fresh_site.manage("migrate")
    assert {"title_ka", "summary_ka"} <= fresh_site.columns("specimens_book")
    assert fresh_site.version() == version + 1
