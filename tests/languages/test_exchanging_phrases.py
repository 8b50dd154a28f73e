"""Phrases out to PO and in again: as the tools of gettext want them, with a report of what was not taken."""

import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.translation import gettext

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import Language, Phrase, PhraseSave
from memorial.languages.phrases.exchange import Report, from_po, to_po
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.source import key_of, sources
from tests.browser import require
from tests.builders import a_user

HEADER = 'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Plural-Forms: {plurals}\\n"\n'
RUSSIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
COUNTED = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n'
STATEMENTS = key_of("", "Statements")


@pytest.fixture
def translator(db: None) -> User:
    """A translator into Russian."""
    return a_user("translator-ru", Role.TRANSLATOR, language="ru")


def a_po(*entries: str, tag: str = "ru", plurals: str = RUSSIAN) -> bytes:
    """A file as somebody's tool writes it."""
    return "\n".join([HEADER.format(tag=tag, plurals=plurals), *entries]).encode()


def entry(msgid: str, msgstr: str, before: str = "") -> str:
    return f'{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n'


def refused(report: Report) -> list[tuple[int, str, list[str]]]:
    return [(each.line, each.source, [reason.code for reason in each.reasons]) for each in report.refused]


def msgfmt(po: bytes, folder: Path) -> str:
    """What ``msgfmt -c`` says of a file; it must accept it."""
    if shutil.which("msgfmt") is None:
        require("msgfmt", "gettext")
    (folder / "phrases.po").write_bytes(po)
    done = subprocess.run(
        ["msgfmt", "-c", "-v", "-o", "phrases.mo", "phrases.po"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize("tag", ["az", "en", "ru", "tr", "fa", "lez", "ar", "fr"])
@pytest.mark.django_db
def test_what_goes_out_pleases_gettext_and_comes_in_unchanged(tag: str, tmp_path: Path) -> None:
    Language.objects.get_or_create(tag=tag, defaults={"name_en": tag, "name_own": tag})
    po = to_po(tag)
    said = msgfmt(po, tmp_path)
    assert "warning" not in said
    report = from_po(tag, po, by=None)
    assert (report.saved, report.refused) == (0, [])
    filled = int(said.split()[0])
    assert report.unchanged == filled
    assert len(sources()) >= filled
    assert not Phrase.objects.exists()


@pytest.mark.django_db
def test_a_file_carries_context_comments_places_and_what_was_saved() -> None:
    save_phrase("ru", STATEMENTS, {"other": "Слова"}, seen=0, by=None)
    with translation.override("en"):
        po = to_po("ru").decode()
    assert 'msgid "Statements"\nmsgstr "Слова"\n' in po
    assert 'msgctxt "alt. month"\nmsgid "March"\nmsgstr "марта"\n' in po
    assert "#. Translators: Please do not add spaces around commas.\n" in po
    assert "templates/reading/statements.html\n#, python-format" in po
    assert "#. Search page\n#: templates/components/search_help.html\n" in po
    assert 'msgstr[2] "%(found)s заявлений"\n' in po


def test_a_file_is_saved_and_spoken(translator: User, django_capture_on_commit_callbacks: Any) -> None:
    counted = (
        'msgid "%(found)s statement"\nmsgid_plural "%(found)s statements"\n'
        'msgstr[0] "%(found)s речь"\nmsgstr[1] "%(found)s речи"\nmsgstr[2] "%(found)s речей"\n'
    )
    po = a_po(entry("Statements", "Слова"), entry("March", "Март!", 'msgctxt "alt. month"\n'), counted)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert from_po("ru", po, by=translator) == Report(3, 0, [])
    assert len(callbacks) == 2  # the phrases are told, and the kept pages end: each once
    with translation.override("ru"):
        assert gettext("Statements") == "Слова"
    forms = Phrase.objects.get(singular="%(found)s statement").forms
    assert forms == {"one": "%(found)s речь", "few": "%(found)s речи", "many": "%(found)s речей"}
    assert PhraseSave.objects.filter(saved_by=translator).count() == 3
    assert from_po("ru", po, by=translator) == Report(0, 3, [])


@pytest.mark.django_db
def test_forms_in_another_order_find_their_categories() -> None:
    few = "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)"
    plurals = f"nplurals=4; plural=(n==0 ? 0 : n%10==1 && n%100!=11 ? 3 : {few} ? 2 : 1);"
    counted = 'msgid "%(found)s statement"\nmsgid_plural "%(found)s statements"\n' + "".join(
        f'msgstr[{place}] "%(found)s {word}"\n' for place, word in enumerate(("нет", "речей", "речи", "речь"))
    )
    assert from_po("ru", a_po(counted, plurals=plurals), by=None).saved == 1
    forms = Phrase.objects.get().forms
    assert [forms[name].split()[1] for name in ("one", "few")] == ["речь", "речи"]


def test_what_cannot_be_saved_is_reported_by_line_and_the_rest_is_saved(translator: User) -> None:
    po = a_po(
        entry("Statements", "Слова"),
        entry("No such string", "Нет"),
        entry("Issuers", "Неясно", "#, fuzzy\n"),
        entry("Places", "<b>Места</b> %(x)s"),
        entry("Events", ""),
        entry("%(found)s statement", "одна"),
        'msgid "Occasions"\nmsgid_plural "Many"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
    )
    report = from_po("ru", po, by=translator)
    assert (report.saved, report.unchanged) == (1, 0)
    lines = po.decode().splitlines()
    assert refused(report) == [
        (lines.index('msgid "No such string"') + 1, "No such string", ["unknown"]),
        (lines.index('msgid "Issuers"') + 1, "Issuers", ["fuzzy"]),
        (lines.index('msgid "Places"') + 1, "Places", ["placeholders", "markup"]),
        (lines.index('msgid "%(found)s statement"') + 1, "%(found)s statement", ["forms"]),
        (lines.index('msgid "Occasions"') + 1, "Occasions", ["forms"]),
    ]
    assert [phrase.singular for phrase in Phrase.objects.all()] == ["Statements"]


def test_what_another_has_saved_since_the_export_is_left(translator: User, administrator: User) -> None:
    po = to_po("ru").decode()
    save_phrase("ru", STATEMENTS, {"other": "Её слово"}, seen=0, by=administrator)
    save_phrase("ru", key_of("", "Places"), {"other": "Моё место"}, seen=0, by=translator)
    for before, after in (("Заявления", "Слова"), ("Места", "Край"), ("События", "Дела")):
        assert f'"{before}"\n' in po
        po = po.replace(f'"{before}"\n', f'"{after}"\n')
    report = from_po("ru", po.encode(), by=translator)
    assert [(each.source, each.reasons[0].code) for each in report.refused] == [("Statements", "saved-since")]
    stored = {phrase.singular: phrase.forms["other"] for phrase in Phrase.objects.all()}
    assert stored["Statements"] == "Её слово"
    assert (stored["Places"], stored["Events"]) == ("Край", "Дела")
    Phrase.objects.update(saved_at=timezone.now() - timedelta(days=1))
    assert from_po("ru", po.encode(), by=translator).refused == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (a_po(entry("Statements", "Sözlər"), tag="az"), "language"),
        (a_po(entry("Statements", "x"), tag="ru-Latn"), "language"),
        (a_po(entry("Statements", "x"), plurals="nplurals=2; plural=__import__('os');"), "header"),
        (a_po(entry("Statements", "x"), plurals="nplurals=2; plural=n%0;"), "header"),
        (a_po(COUNTED, plurals="nplurals=300000000; plural=0;"), "header"),
        (a_po(entry("Statements", "x"), plurals="nplurals=INTEGER; plural=EXPRESSION;"), "header"),
        (a_po(entry("Statements", "x"), plurals="nplurals=2; plural=" + "(" * 300 + "n" + ")" * 300 + ";"), "header"),
        (b"\xff\xfe\x00", "encoding"),
        (b"PK\x03\x04 no catalogue at all", "format"),
        (a_po('msgid "Statements"\n'), "format"),
        (a_po(entry("Statements", "x" * 2_100_000)), "too-large"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_whole(translator: User, data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        from_po("ru", data, by=translator)
    assert [reason.code for reason in caught.value.reasons] == [code]
    assert not Phrase.objects.exists()


def test_who_may_not_change_a_language_may_not_bring_a_file(persian_translator: User) -> None:
    with pytest.raises(Refused) as caught:
        from_po("ru", a_po(entry("Statements", "Слова")), by=persian_translator)
    assert [reason.code for reason in caught.value.reasons] == ["not-allowed"]


@pytest.mark.django_db
def test_a_file_without_a_header_or_with_a_region_is_taken() -> None:
    assert from_po("ru", entry("Statements", "Слова").encode(), by=None).saved == 1
    assert from_po("ru", a_po(entry("Places", "Край"), tag="ru_RU"), by=None).saved == 1
    assert from_po("ru", b"\xef\xbb\xbf" + a_po(entry("Events", "Дела")), by=None).saved == 1
