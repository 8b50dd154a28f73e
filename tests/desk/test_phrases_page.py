"""The phrases of a language on one sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.accounts.models import User
from memorial.desk.languages.phrase_file import LARGEST
from memorial.desk.languages.phrase_rows import PhraseRow
from memorial.desk.languages.sheet import RowState
from memorial.languages.models import Language, Phrase, PhraseSave
from memorial.languages.phrases.save import save_phrase
from memorial.languages.phrases.shipped import shipped
from memorial.languages.phrases.source import Source, key_of, sources
from tests.builders import a_user

Enter = Callable[[User], Client]
PHRASES = "/admin/languages/fa/phrases/"
RUSSIAN = "/admin/languages/ru/phrases/"


@pytest.fixture(autouse=True)
def _languages(db: None) -> None:
    for tag in ("az", "en", "ru", "tr", "fa", "lez"):
        Language.objects.get_or_create(
            tag=tag, defaults={"name_en": tag, "name_own": tag, "script": "Latn", "state": Language.State.PUBLIC}
        )


@pytest.fixture
def russian_translator(db: None) -> User:
    return a_user("translator-ru", "translator", language="ru")


def plain(part: str = "public") -> Source:
    """A string of the readers' pages that counts nothing and has no placeholder."""
    return next(
        source for source in sources().values()
        if source.part == part and not source.is_plural and "%" not in source.singular and "<" not in source.singular
        and source.singular.isascii() and shipped("fa", source)
    )  # fmt: skip


def counting() -> Source:
    """A string of the readers' pages that counts something."""
    return next(source for source in sources().values() if source.part == "public" and source.is_plural)


def row_of(client: Client, source: Source, where: str = PHRASES) -> PhraseRow:
    """The row of a source, as the page shows it."""
    number = 1
    while True:
        page = client.get(f"{where}?part=all&page={number}")
        for row in page.context["rows"]:
            if row.key == source.key:
                found: PhraseRow = row
                return found
        number += 1
        assert number <= page.context["page"].paginator.num_pages


def typed(row: PhraseRow, text: str, **more: Any) -> dict[str, Any]:
    """What a browser sends of a row after ``text`` was typed in each of its forms."""
    fields = {f"{row.key}-{name}": text for name in row.standing.categories}
    return {"row": [row.key], f"{row.key}-version": str(row.version), f"{row.key}-seen": row.seen, **fields, **more}


def test_a_string_is_shown_with_its_source_and_the_shipped_text(persian_translator: User, enter: Enter) -> None:
    source = plain()
    row = row_of(enter(persian_translator), source)
    html = enter(persian_translator).get(f"{PHRASES}?q={source.singular}").content.decode()
    assert row.typed == shipped("fa", source)
    assert row.standing.is_shipped
    assert f'lang="en" dir="ltr">{source.singular}</p>' in html
    assert f">{shipped('fa', source)['other']}</textarea>" in html
    assert source.places[0] in html


def test_each_plural_form_is_explained_by_numbers(russian_translator: User, enter: Enter) -> None:
    row = row_of(enter(russian_translator), counting(), RUSSIAN)
    assert [(form.category, form.numbers) for form in row.forms] == [
        ("one", "1 · 21 · 31 · 41 …"), ("few", "2 · 3 · 4 · 22 …"), ("many", "0 · 5 · 6 · 7 …"),
    ]  # fmt: skip


def test_a_phrase_is_saved_and_put_back(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    where = f"{PHRASES}?part=all&q={source.singular}"
    answer = client.post(where, typed(row_of(client, source), "به جای آن"))
    assert (answer.status_code, answer["Location"].startswith(PHRASES)) == (302, True)
    phrase = Phrase.objects.get()
    assert (phrase.forms, phrase.saved_by) == ({"other": "به جای آن"}, persian_translator)
    row = row_of(client, source)
    assert (row.is_ours, row.version) == (True, 1)
    html = client.post(PHRASES, typed(row, "x", one="1", reset=source.key)).content.decode()
    assert 'data-state="saved"' in html
    assert f">{shipped('fa', source)['other']}</textarea>" in html
    assert Phrase.objects.get().forms == {}
    assert PhraseSave.objects.count() == 2


def test_a_row_that_was_not_changed_is_not_saved(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    row = row_of(client, source)
    # A colleague saves meanwhile: who only had the page open stands in nobody's way.
    save_phrase("fa", source.key, {"other": "همکار"}, seen=0, by=None)
    assert client.post(PHRASES, typed(row, row.typed["other"])).status_code == 302
    assert Phrase.objects.get().forms == {"other": "همکار"}


def test_a_refused_phrase_keeps_what_was_typed_and_says_why(russian_translator: User, enter: Enter) -> None:
    client, source, other = enter(russian_translator), counting(), plain()
    row, good = row_of(client, source, RUSSIAN), row_of(client, other, RUSSIAN)
    data = typed(row, "<b>без числа</b>") | typed(good, "Хорошо") | {"row": [row.key, good.key]}
    answer = client.post(RUSSIAN, data)
    assert answer.status_code == 409
    states = {row.key: row.state for row in answer.context["rows"]}
    assert states == {row.key: RowState.REFUSED, good.key: RowState.SAVED}
    html = answer.content.decode()
    assert "&lt;b&gt;без числа&lt;/b&gt;</textarea>" in html
    assert "The source has no markup" in html
    assert list(Phrase.objects.values_list("key", flat=True)) == [other.key]


def test_two_translators_of_one_phrase_lose_nothing(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    row = row_of(client, source)
    colleague = a_user("colleague", "translator", language="fa")
    save_phrase("fa", source.key, {"other": "همکار"}, seen=0, by=colleague)
    answer = client.post(PHRASES, typed(row, "من"))
    assert answer.status_code == 409
    shown = answer.context["rows"][0]
    assert (shown.state, shown.theirs, shown.typed) == (RowState.CONFLICT, {"other": "همکار"}, {"other": "من"})
    assert "colleague has saved this phrase" in answer.content.decode()
    again = typed(shown, "من") | {f"{source.key}-conflict": "1"}
    assert client.post(PHRASES, again).status_code == 409
    assert client.post(PHRASES, again | {f"{source.key}-choice": "theirs"}).status_code == 302
    assert Phrase.objects.get().forms == {"other": "همکار"}
    assert client.post(PHRASES, again | {f"{source.key}-choice": "mine"}).status_code == 302
    assert Phrase.objects.get().forms == {"other": "من"}


def test_the_sheet_is_filtered(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)

    def parts(query: str) -> set[str]:
        return {row.standing.source.part for row in client.get(f"{PHRASES}?{query}").context["rows"]}

    assert parts("") == parts("part=forged") == {"public"}
    assert parts("part=desk") == {"desk"}
    assert parts("part=django") == {"django"}
    assert client.get(f"{PHRASES}?part=all").context["found"] == len(sources())
    missing = client.get("/admin/languages/lez/phrases/?only=missing").context
    assert missing["found"] == missing["total"] > 100
    assert client.get(f"{PHRASES}?q=no+such+string+anywhere").context["rows"] == []


def test_a_fresh_language_begins_empty_and_is_counted(administrator: User, enter: Enter) -> None:
    client, source = enter(administrator), plain()
    where = "/admin/languages/lez/phrases/"
    row = row_of(client, source, where)
    assert (row.typed, row.standing.is_missing) == ({}, True)
    html = client.post(where, typed(row, "лезги", one="1")).content.decode()
    total = client.get(where).context["total"]
    assert f'data-counted="{total - 1} of {total} phrases of the readers’ pages are missing."' in html


def test_another_language_may_stand_beside(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    html = client.get(f"{PHRASES}?beside=ru&q={source.singular}").content.decode()
    assert '<ul class="phrase-beside" lang="ru" dir="ltr">' in html
    assert shipped("ru", source)["other"] in html


def test_who_may_not_change_a_language_reads_it(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    page = client.get(RUSSIAN)
    assert page.status_code == 200
    assert 'name="row"' not in page.content.decode()
    assert "<textarea" not in page.content.decode()
    row = row_of(client, source, RUSSIAN)
    assert client.post(RUSSIAN, typed(row, "x")).status_code == 403
    assert client.post(f"{RUSSIAN}upload/", {"file": SimpleUploadedFile("ru.po", b"x")}).status_code == 403
    contributor = a_user("contributor-fa", "contributor", language="fa")
    assert enter(contributor).post(PHRASES, typed(row, "x")).status_code == 403
    assert enter(User.objects.create_user("nobody")).get(PHRASES).status_code == 302
    assert not Phrase.objects.exists()


def test_a_forged_field_changes_no_other_language(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    forged = {"language": "ru", "tag": "ru", f"{source.key}-many": "x", f"{source.key}-one": "x"}
    client.post(PHRASES, typed(row_of(client, source), "خوب", **forged))
    assert list(Phrase.objects.values_list("language", "forms")) == [("fa", {"other": "خوب"})]


@pytest.mark.parametrize("forged", ["x", key_of("", "no such string"), ""])
def test_a_string_that_the_interface_has_not_is_passed_over(
    persian_translator: User, enter: Enter, forged: str
) -> None:
    client = enter(persian_translator)
    assert client.post(PHRASES, {"row": forged, f"{forged}-other": "x"}).status_code == 302
    assert client.post(PHRASES, {"row": forged, f"{forged}-other": "x", "one": "1"}).status_code == 404
    assert not Phrase.objects.exists()


def test_a_page_takes_few_queries_however_much_is_stored(persian_translator: User, enter: Enter) -> None:
    client = enter(persian_translator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{PHRASES}?beside=ru")
        return len(seen)

    few = queries()
    assert few <= 20
    for source in list(sources().values())[:60]:
        forms = {"other": f"{source.singular} *"}
        Phrase.objects.create(
            language="fa", key=source.key, singular=source.singular, forms=forms,
            saved_at="2026-01-01T00:00Z", saved_by=persian_translator,
        )  # fmt: skip
    assert queries() <= few


def test_a_language_that_the_site_lacks_has_no_sheet(administrator: User, enter: Enter) -> None:
    for where in ("", "file/", "upload/"):
        assert enter(administrator).get(f"/admin/languages/xx/phrases/{where}").status_code == 404


def test_all_phrases_are_given_out_as_a_file_and_brought_in_again(persian_translator: User, enter: Enter) -> None:
    client, source = enter(persian_translator), plain()
    save_phrase("fa", source.key, {"other": "نوشته"}, seen=0, by=persian_translator)
    answer = client.get(f"{PHRASES}file/")
    assert answer["Content-Disposition"] == 'attachment; filename="fa.po"'
    assert 'msgstr "نوشته"' in answer.content.decode()
    changed = answer.content.decode().replace('msgstr "نوشته"', 'msgstr "دوباره"')
    page = client.post(f"{PHRASES}upload/", {"file": SimpleUploadedFile("fa.po", changed.encode())})
    assert page.status_code == 200
    assert page.context["report"].saved == 1
    assert Phrase.objects.get().forms == {"other": "دوباره"}


def test_the_report_lists_what_was_refused_by_line(persian_translator: User, enter: Enter) -> None:
    source = next(s for s in sources().values() if "%(" in s.singular and not s.is_plural and not s.context)
    said = source.singular.replace('"', '\\"').replace("\n", "\\n")
    po = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "{said}"\nmsgstr "خالی"\n'
    client = enter(persian_translator)
    page = client.post(f"{PHRASES}upload/", {"file": SimpleUploadedFile("fa.po", po.encode())})
    html = page.content.decode()
    [refused] = page.context["report"].refused
    assert (refused.line, refused.source) == (5, source.singular)
    assert "Line 5" in html
    assert "the site puts a value there" in html
    assert not Phrase.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "file is empty"), (b"#" * (LARGEST + 1), "the largest that is taken"), (None, "Choose a PO file")],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused(
    persian_translator: User, enter: Enter, content: bytes | None, why: str
) -> None:
    data = {} if content is None else {"file": SimpleUploadedFile("fa.po", content)}
    page = enter(persian_translator).post(f"{PHRASES}upload/", data)
    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Phrase.objects.exists()
