"""The two steps that delete a language."""

import json

from tests.languages.fresh import Site

DRAFTS = """
from specimens.models import *
book = Book.objects.get(number="N1")
first = {}
for tag in ("az", "fa"):
    draft = Draft.objects.create(book=book, language=tag)
    first[tag] = Saved.objects.create(draft=draft, body=f"first {tag}", made_from=first.get("az"))
    draft.newest = Saved.objects.create(draft=draft, body=f"second {tag}", made_from=first[tag])
    draft.save()
Book.objects.filter(number="N2").update(written_in="fa")
"""


def test_a_language_is_taken_out_of_use_then_exported_and_dropped(site_in_six_languages: Site) -> None:
    site, file = site_in_six_languages, site_in_six_languages.folder / "fa.jsonl"
    site.run_code(DRAFTS)
    first = {key: text for key, text in site.texts().items() if not key.endswith("_fa")}
    assert "Take “fa” out of use first" in site.manage("delete_language", "fa", "--export", str(file), is_refused=True)

    site.manage("delete_language", "fa")
    assert "title_fa" in site.columns("specimens_book")
    known = site.run_code("""
        from memorial.languages.columns import languages
        from specimens.models import *
        print(*languages(), hasattr(Book, "title_fa"))
        Book.objects.get(number="N3").save()
    """)
    assert known == "az en ru tr lez False"
    assert "being deleted" in site.manage("add_language", "fa", is_refused=True)

    said = site.manage("delete_language", "fa", "--export", str(file))
    assert "deleted fa" in said
    assert not {column for column in site.columns("specimens_book") if column.endswith("_fa")}
    assert "title_lez" in site.columns("specimens_book")
    assert site.texts() == first
    head, *lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert head["language"]["name_own"] == "فارسی"
    assert {"model": "specimens.book", "pk": 4, "texts": {"title": "عنوان N3 fa", "summary": "чӀал N3 " * 9}} in lines
    assert len([line for line in lines if line["model"] == "specimens.book"]) == 30
    bodies = [line["fields"]["body"] for line in lines if line["model"] == "specimens.saved"]
    assert bodies == ["first fa", "second fa"]
    assert site.query("SELECT body FROM specimens_saved ORDER BY id") == [("first az",), ("second az",)]
    assert site.query("SELECT written_in FROM specimens_book WHERE number = 'N2'") == [("fa",)]
    site.manage("add_language", "fa")
    assert {"title_fa", "summary_fa"} <= site.columns("specimens_book")


def test_a_language_that_others_were_made_from_stays_whole(site_in_six_languages: Site) -> None:
    site, file = site_in_six_languages, site_in_six_languages.folder / "fa.jsonl"
    site.run_code(DRAFTS + 'Saved.objects.filter(body="second az").update(made_from=first["fa"])')
    site.manage("delete_language", "fa")
    columns, texts = site.columns("specimens_book"), site.texts()
    assert "retire the language instead" in site.manage("delete_language", "fa", "--export", str(file), is_refused=True)
    assert (site.columns("specimens_book"), site.texts()) == (columns, texts)
    assert not file.exists()
    assert site.query("SELECT count(*) FROM specimens_draft WHERE newest_id IS NOT NULL") == [(2,)]


def test_a_language_with_rows_that_are_kept_for_ever_is_not_taken_out_of_use(site_in_six_languages: Site) -> None:
    said = site_in_six_languages.run_code("""
        from memorial.accounts.refusal import Refused
        from memorial.languages.enrol import retire_language
        from memorial.languages.leave import stop_using_language
        from specimens.models import *
        Print.objects.create(book=Book.objects.first(), language="fa")
        try:
            stop_using_language("fa", by=None)
        except Refused as refused:
            print(*(reason.code for reason in refused.reasons))
        print(retire_language("fa", by=None).state)
    """)
    assert said.split() == ["sealed", "retired"]


def test_no_migration_rebuilds_a_table_while_texts_wait_for_their_export(site_in_six_languages: Site) -> None:
    site = site_in_six_languages
    site.manage("delete_language", "fa")
    site.manage("migrate", "-v0")
    site.edit("models.py", ("max_length=40", "max_length=50"))
    site.manage("makemigrations", "specimens", "--name", "wider")
    refusal = site.manage("migrate", "-v0", is_refused=True)
    assert "delete_language fa --export FILE" in refusal
    assert "title_fa" in site.columns("specimens_book")


PHRASES = """
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.source import key_of
for tag, text in (("fa", "گفته‌ها"), ("ru", "Слова")):
    save_phrase(tag, key_of("", "Statements"), {"other": text}, seen=0, by=None)
save_phrase("fa", key_of("", "Statements"), {"other": "سخنان"}, seen=1, by=None)
"""


def test_the_phrases_of_a_language_are_exported_and_go_with_it(site_in_six_languages: Site) -> None:
    site, file = site_in_six_languages, site_in_six_languages.folder / "fa.jsonl"
    site.run_code(PHRASES)
    site.manage("delete_language", "fa")
    site.manage("delete_language", "fa", "--export", str(file))
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    phrases = [line["fields"] for line in lines if line.get("model") == "languages.phrase"]
    assert [(row["language"], row["singular"], row["forms"]) for row in phrases] == [
        ("fa", "Statements", {"other": "سخنان"})
    ]
    saves = [line["fields"]["forms"] for line in lines if line.get("model") == "languages.phrasesave"]
    assert sorted(form["other"] for form in saves) == ["سخنان", "گفته‌ها"]
    assert site.query("SELECT DISTINCT language FROM languages_phrase") == [("ru",)]
    assert site.query("SELECT DISTINCT language FROM languages_phrasesave") == [("ru",)]
