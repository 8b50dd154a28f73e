"""Saving a phrase: what it must keep, who may, two people at once, and that the site says it."""

from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from memorial.accounts.models import Role, User
from memorial.accounts.refusal import Refused
from memorial.languages.models import LanguageSet, Phrase, PhraseSave
from memorial.languages.phrases.kept import fitted, reasons_against_form
from memorial.languages.phrases.save import PhraseConflict, reasons_against_phrase, save_phrase
from memorial.languages.phrases.shipped import shipped
from memorial.languages.phrases.source import Source, key_of, sources
from memorial.languages.phrases.standing import counts, phrase_states
from tests.builders import a_user
from tests.database import one_after_the_other

STATEMENTS = key_of("", "Statements")
FOUND = key_of("", "%(found)s statement")
COUNTED = {"one": "%(found)s слово", "few": "%(found)s слова", "many": "%(found)s слов"}


@pytest.fixture
def translator(db: None) -> User:
    """A translator into Azerbaijani."""
    return a_user("translator-az", Role.TRANSLATOR, language="az")


def a_source(singular: str, plural: str = "", *, references: tuple[str, ...] = ("memorial/desk/page.py",)) -> Source:
    return Source(key_of("", singular), "", singular, plural, "desk", references)


def codes(source: Source, text: str, *, tag: str = "en", category: str = "other") -> list[str]:
    return [reason.code for reason in reasons_against_form(source, tag, category, text)]


def test_a_saved_phrase_is_spoken_once_it_is_committed(
    translator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        phrase = save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=translator)
    assert (phrase.version, phrase.forms, phrase.saved_by, phrase.singular) == (
        1,
        {"other": "Sözlər"},
        translator,
        "Statements",
    )
    with translation.override("az"):
        assert gettext("Statements") == "Sözlər"
    logged = PhraseSave.objects.get()
    assert (logged.key, logged.version, logged.forms, logged.saved_by) == (STATEMENTS, 1, phrase.forms, translator)
    assert LanguageSet.objects.get().phrases == 1


def test_empty_forms_and_the_shipped_ones_put_the_shipped_back(
    translator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=translator)
        assert save_phrase("az", STATEMENTS, {"other": " "}, seen=1, by=translator).version == 2
    with translation.override("az"):
        assert gettext("Statements") == "Bəyanatlar"
    save_phrase("az", STATEMENTS, {"other": "Kəlmələr"}, seen=2, by=translator)
    assert save_phrase("az", STATEMENTS, {"other": "Bəyanatlar"}, seen=3, by=translator).forms == {}
    assert [save.forms for save in PhraseSave.objects.order_by("version")] == [
        {"other": "Sözlər"}, {}, {"other": "Kəlmələr"}, {},
    ]  # fmt: skip


def test_nothing_is_written_where_nothing_changes(translator: User) -> None:
    assert save_phrase("az", STATEMENTS, {"other": "Bəyanatlar"}, seen=0, by=translator).version == 0
    save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=translator)
    # The same words as somebody else's are no conflict.
    assert save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=translator).version == 1
    assert PhraseSave.objects.count() == Phrase.objects.count() == 1
    assert LanguageSet.objects.get().phrases == 1


def test_a_phrase_that_was_saved_since_is_not_overwritten(translator: User, administrator: User) -> None:
    theirs = save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=administrator)
    with pytest.raises(PhraseConflict) as caught:
        save_phrase("az", STATEMENTS, {"other": "Kəlmələr"}, seen=0, by=translator)
    assert caught.value.theirs == theirs
    assert "administrator has saved this phrase" in str(caught.value)
    assert save_phrase("az", STATEMENTS, {"other": "Kəlmələr"}, seen=1, by=translator).version == 2
    with pytest.raises(PhraseConflict):
        save_phrase("az", STATEMENTS, {}, seen=1, by=administrator)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_who_save_at_once_one_is_told(seen: int) -> None:
    one, other = a_user("one", Role.ADMINISTRATOR), a_user("other", Role.ADMINISTRATOR)
    if seen:
        save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=None)
    first, second = one_after_the_other(
        lambda: save_phrase("az", STATEMENTS, {"other": "Birinci"}, seen=seen, by=one),
        lambda: save_phrase("az", STATEMENTS, {"other": "İkinci"}, seen=seen, by=other),
    )
    assert first.version == seen + 1
    assert isinstance(second, PhraseConflict)
    assert second.theirs == first
    assert PhraseSave.objects.count() == seen + 1


@pytest.mark.django_db(transaction=True)
def test_both_phrases_of_two_who_save_at_once_are_spoken() -> None:
    first, second = one_after_the_other(
        lambda: save_phrase("az", STATEMENTS, {"other": "Sözlər"}, seen=0, by=None),
        lambda: save_phrase("ru", STATEMENTS, {"other": "Слова"}, seen=0, by=None),
    )
    assert (first.version, second.version) == (1, 1)
    said = []
    for tag in ("az", "ru"):
        with translation.override(tag):
            said.append(gettext("Statements"))
    assert said == ["Sözlər", "Слова"]
    assert LanguageSet.objects.get().phrases == 2


def test_all_forms_are_filled_or_none(administrator: User, django_capture_on_commit_callbacks: Any) -> None:
    with pytest.raises(Refused) as caught:
        save_phrase("ru", FOUND, {**COUNTED, "few": ""}, seen=0, by=administrator)
    assert [(reason.code, "few" in str(reason)) for reason in caught.value.reasons] == [("forms", True)]
    with pytest.raises(Refused) as caught:
        save_phrase("ru", FOUND, {**COUNTED, "two": "x"}, seen=0, by=administrator)
    assert [reason.code for reason in caught.value.reasons] == ["categories"]
    with django_capture_on_commit_callbacks(execute=True):
        save_phrase("ru", FOUND, COUNTED, seen=0, by=administrator)
    with translation.override("ru"):
        assert ngettext("%(found)s statement", "%(found)s statements", 3) == "%(found)s слова"


def test_somebody_without_the_right_is_refused_with_every_reason(persian_translator: User) -> None:
    with pytest.raises(Refused) as caught:
        save_phrase("ru", FOUND, {"one": "<b>"}, seen=0, by=persian_translator)
    assert {reason.code for reason in caught.value.reasons} >= {"not-allowed", "forms", "markup", "placeholders"}
    with pytest.raises(Refused) as caught:
        save_phrase("qq", STATEMENTS, {"other": "x"}, seen=0, by=None)
    assert [reason.code for reason in caught.value.reasons] == ["language-unknown"]
    with pytest.raises(Refused) as caught:
        save_phrase("fa", "0" * 64, {"other": "x"}, seen=0, by=persian_translator)
    assert [reason.code for reason in caught.value.reasons] == ["unknown"]
    assert not Phrase.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nəşr %(number)s (%(kind)s): %(kind)s", None),
        ("Nəşr %(number)s", "placeholders"),
        ("Nəşr %(number)s (%(kind)s) %(secret)s", "placeholders"),
        ("Nəşr %(number)s (%(kind)s), 5 %", "placeholders"),
        ("Nəşr %(number)s (%(kind)s), 5 %%", None),
        ("Nəşr %(number)s (%(kind)s), 5 % d", "placeholders"),
        ("Nəşr %(number) s (%(kind)s)", "placeholders"),
        ("Nəşr %(number)d (%(kind)s)", "placeholders"),
    ],
)
def test_placeholders_are_kept_as_they_are(text: str, code: str | None) -> None:
    source = a_source("Edition %(number)s (%(kind)s):")
    assert set(codes(source, text)) == ({code} if code else set())
    if code is None:
        assert text % {"number": 1, "kind": "x"}


def test_positional_placeholders_and_braces_are_kept_as_often() -> None:
    assert codes(a_source("%d of %d"), "%d / %d") == []
    assert codes(a_source("%d of %d"), "%d") == ["placeholders"]
    assert codes(a_source("%d of %d"), "%d %d %d") == ["placeholders"]
    assert codes(a_source("Hello {name}"), "Salam {name}") == []
    assert codes(a_source("Hello {name}"), "Salam {ad}") == ["placeholders", "placeholders"]
    assert codes(a_source("Hello {name}"), "Salam {name} }") == ["placeholders"]
    assert codes(a_source("Hello {name}"), "Salam {name.__class__}") == ["placeholders"]
    assert codes(a_source("Hello"), "Salam {") == []
    assert codes(a_source("Hello"), "Salam %(ad)s") == ["placeholders"]


def test_a_form_for_one_number_alone_may_write_it_in_words() -> None:
    books = a_source("%(count)d book", "%(count)d books")
    assert codes(books, "one book", category="one") == []
    assert codes(books, "books") == ["placeholders"]
    assert codes(books, "kitab", tag="ru", category="one") == ["placeholders"]  # 1, 21, 31 ...
    assert codes(books, "كتابان", tag="ar", category="two") == []
    shelves = a_source("%(count)d book on %(shelf)s", "%(count)d books on %(shelf)s")
    assert codes(shelves, "one book", category="one") == ["placeholders"]
    assert codes(shelves, "one book on %(shelf)s", category="one") == []


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "<b>bold</b>", "a < b", "<!-- x -->", "</p>", "<img src=x onerror=alert(1)>"]
)
def test_a_phrase_brings_no_markup_into_a_page(text: str) -> None:
    assert codes(a_source("Plain"), text) == ["markup"]


def test_the_markup_of_the_source_is_kept() -> None:
    linked = a_source('Read <a href="%(url)s">more</a>')
    assert codes(linked, '<a href="%(url)s">Daha çox</a> oxu') == []
    assert codes(linked, '<a href="%(url)s" onclick="x">Daha çox</a>') == ["markup"]
    assert codes(linked, '<a href="%(url)s">Daha çox') == ["markup"]


def test_no_straight_quotation_mark_ends_an_attribute_of_a_page() -> None:
    assert codes(a_source("Search"), 'Axtar" autofocus="') == ["quotation-marks"]
    assert codes(a_source("Search"), "Axtarış: “İstanbul’da”, Bakı'da") == []
    assert codes(a_source('Called "x"'), '"x" adlı') == []


def test_characters_that_cannot_be_stored_or_shown_are_refused() -> None:
    assert codes(a_source("Plain"), "Sadə\x00") == ["characters"]
    assert codes(a_source("Plain"), "Sadə\x04") == ["characters"]
    assert codes(a_source("Plain"), "ساده\u200cتر\u200f") == []


def test_a_phrase_is_not_much_longer_than_its_source() -> None:
    assert codes(a_source("Plain"), "x" * 105) == []
    assert codes(a_source("Plain"), "x" * 106) == ["too-long"]


def test_a_percent_sign_in_a_template_is_doubled() -> None:
    assert codes(a_source("Half", references=("templates/base.html",)), "50 %") == ["placeholders"]
    assert codes(a_source("Half", references=("templates/base.html",)), "50 %%") == []
    assert codes(a_source("Half"), "50 %") == []


def test_white_space_around_and_line_ends_are_those_of_the_source(translator: User) -> None:
    phrase = save_phrase("az", STATEMENTS, {"other": "  Söz\r\nlər \n"}, seen=0, by=translator)
    assert phrase.forms == {"other": "Söz\nlər"}
    assert fitted(a_source(" at "), "  saat\n") == " saat "
    assert fitted(a_source("at"), "  ") == ""


def test_every_shipped_form_of_ours_could_be_saved() -> None:
    ours = [source for source in sources().values() if source.part != "django"]
    found = {
        (tag, source.singular): str(reason)
        for tag in ("az", "ru", "tr", "fa", "en")
        for source in ours
        for reason in reasons_against_phrase(source, tag, shipped(tag, source), None)
    }
    assert found == {}


def test_the_standing_of_a_language_is_one_query(administrator: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        states = phrase_states("lez")
    assert all(state.is_missing and state.version == 0 for state in states)
    with django_assert_num_queries(1):
        assert counts("az").is_complete
    with django_assert_num_queries(1):
        empty = counts("lez")
    assert (empty.done, empty.total) == (0, len([s for s in sources().values() if s.part == "public"]))
    assert counts("en").is_complete


def test_states_are_searched_and_filtered(administrator: User) -> None:
    save_phrase("ru", STATEMENTS, {"other": "Слова"}, seen=0, by=administrator)
    found = {each.source.key: each for each in phrase_states("ru", query="слова STATEMENTS", part="public")}
    state = found[STATEMENTS]
    assert len(found) < 5
    assert (state.source.key, state.is_shipped, state.is_missing, state.version) == (STATEMENTS, False, False, 1)
    assert [each.source.key for each in phrase_states("tr", query="ACIKLAMALAR")].count(STATEMENTS) == 1
    assert phrase_states("ru", part="public", only_missing=True) == []
    assert {each.source.part for each in phrase_states("ru")} == {"public", "desk", "django"}
    ours = next(each for each in phrase_states("az", part="public") if each.source.key == STATEMENTS)
    assert (ours.is_shipped, ours.forms, ours.phrase) == (True, {"other": "Bəyanatlar"}, None)
