"""What the site says: phrases before catalogues, through every door of gettext, along a language's own fallbacks."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import (
    gettext,
    gettext_lazy,
    ngettext,
    ngettext_lazy,
    npgettext,
    pgettext,
    trans_real,
)
from django.views.i18n import JavaScriptCatalog

from memorial.languages.phrases import runtime
from memorial.languages.phrases.shipped import read_catalogues
from memorial.languages.phrases.stored import Phrases

ONE, MANY = "%(found)s statement", "%(found)s statements"
LAZY = gettext_lazy("Statements")
LAZY_PLURAL = ngettext_lazy(ONE, MANY, "found")


def say(tag: str, **messages: Any) -> None:
    """Use phrases of one language: a text, or forms by category."""
    forms = {name: text if isinstance(text, dict) else {"other": text} for name, text in messages.items()}
    runtime.use(Phrases(1, {tag: forms}))


@pytest.fixture
def lezgian(settings: Any) -> Iterator[None]:
    """A language that neither CLDR nor Django knows is spoken, and falls back to Russian."""
    settings.MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en",), "lez": ("ru",)}
    runtime.use(Phrases())
    with translation.override("lez"):
        yield


def test_a_phrase_comes_before_the_shipped_catalogue() -> None:
    say("az", Statements="Sözlər")
    with translation.override("az"):
        assert gettext("Statements") == str(LAZY) == "Sözlər"
        assert Template("{% load i18n %}{% translate 'Statements' %}").render(Context()) == "Sözlər"
        assert gettext("Issuers") == "Yayan tərəflər"
    with translation.override("ru"):
        assert str(LAZY) == "Заявления"


def test_english_can_be_corrected_too() -> None:
    say("en", Statements="Official statements")
    with translation.override("en"):
        assert gettext("Statements") == "Official statements"
    with translation.override(None):
        assert gettext("Statements") == "Statements"


def test_each_number_takes_the_form_of_its_category() -> None:
    say("ru", **{ONE: {"one": "%(found)s речь", "few": "%(found)s речи", "many": "%(found)s речей"}})
    template = Template(
        "{% load i18n %}{% blocktranslate trimmed count found=n %}{{ found }} statement{% plural %}"
        "{{ found }} statements{% endblocktranslate %}"
    )
    with translation.override("ru"):
        said = [ngettext(ONE, MANY, n) % {"found": n} for n in (1, 2, 5, 11, 21)]
        assert said == ["1 речь", "2 речи", "5 речей", "11 речей", "21 речь"]
        assert LAZY_PLURAL % {"found": 3} == "3 речи"
        assert template.render(Context({"n": 22})) == "22 речи"


def test_a_context_keeps_equal_words_apart() -> None:
    runtime.use(
        Phrases(
            1,
            {
                "az": {
                    "month\x04May": {"other": "may ayı"},
                    "shelf\x04%d book": {"one": "bir kitab", "other": "%d kitab"},
                }
            },
        )
    )
    with translation.override("az"):
        assert pgettext("month", "May") == "may ayı"
        assert pgettext("verb", "May") == "May"
        assert npgettext("shelf", "%d book", "%d books", 1) == "bir kitab"
        assert npgettext("desk", "%d book", "%d books", 2) == "%d books"


def test_what_django_says_itself_can_be_said_otherwise() -> None:
    say("fa", **{"This field is required.": "این را پر کنید."})
    from django import forms

    with translation.override("fa"):
        assert forms.CharField().error_messages["required"] == "این را پر کنید."
        assert pgettext("alt. month", "March") == "مارس"
    with translation.override("ru"):
        assert forms.CharField().error_messages["required"] == "Обязательное поле."


def test_a_missing_phrase_is_looked_for_in_the_languages_own_fallbacks(lezgian: None) -> None:
    assert gettext("Statements") == "Заявления"
    assert ngettext(ONE, MANY, 5) == "%(found)s заявлений"
    assert pgettext("alt. month", "March") == "марта"
    assert gettext("There is no such string.") == "There is no such string."
    assert pgettext("nowhere", "There is no such string.") == "There is no such string."
    assert ngettext("%d horse", "%d horses", 2) == "%d horses"
    assert translation.get_language() == "lez"


def test_phrases_of_a_fallback_are_spoken_where_the_language_has_none(lezgian: None) -> None:
    runtime.use(Phrases(1, {"ru": {"Statements": {"other": "Слова"}}, "lez": {"Issuers": {"other": "Чапдайбур"}}}))
    with translation.override("lez"):
        assert gettext("Statements") == "Слова"
        assert gettext("Issuers") == "Чапдайбур"
        assert gettext("Places") == "Места"
    with translation.override("az"):
        assert gettext("Issuers") == "Yayan tərəflər"


def test_a_language_that_nothing_is_known_of_counts_with_one_form(lezgian: None) -> None:
    runtime.use(Phrases(1, {"lez": {ONE: {"other": "%(found)s гаф"}}}))
    with translation.override("lez"):
        assert {ngettext(ONE, MANY, n) for n in (0, 1, 2, 5)} == {"%(found)s гаф"}


def test_forms_that_lack_a_category_still_speak() -> None:
    say("ru", **{ONE: {"one": "%(found)s слово", "other": "%(found)s слов"}})
    with translation.override("ru"):
        assert ngettext(ONE, MANY, 2) == "%(found)s слов"
    say("ru", **{ONE: {"one": "%(found)s слово"}})
    with translation.override("ru"):
        assert ngettext(ONE, MANY, 2) == "%(found)s слово"


def test_what_was_begun_is_ended_with_the_phrases_that_it_had() -> None:
    say("az", Statements="first")
    has_begun, may_end, said = threading.Event(), threading.Event(), []

    def request() -> None:
        with translation.override("az"):
            said.append(gettext("Statements"))
            has_begun.set()
            may_end.wait(10)
            said.append(gettext("Statements"))
        with translation.override("az"):
            said.append(gettext("Statements"))

    thread = threading.Thread(target=request)
    thread.start()
    has_begun.wait(10)
    say("az", Statements="second")
    may_end.set()
    thread.join()
    assert said == ["first", "first", "second"]


def test_threads_speak_while_phrases_change() -> None:
    wrong, stop = [], threading.Event()

    def speak() -> None:
        while not stop.is_set():
            for tag, expected in (("az", {"1", "2"}), ("ru", {"Заявления"}), (None, {"Statements"})):
                with translation.override(tag):
                    if (said := gettext("Statements")) not in expected:
                        wrong.append(said)
            translation.deactivate()
            if gettext("Statements") != "Statements":  # where nothing is active
                wrong.append("default")

    say("az", Statements="1")
    threads = [threading.Thread(target=speak) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(400):
        say("az", Statements=str(1 + number % 2))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_catalogue_for_scripts_is_djangos_own() -> None:
    say("az", Statements="Sözlər")
    with translation.override("az"):
        response = JavaScriptCatalog.as_view(packages=["django.contrib.admin"])(RequestFactory().get("/"))
    assert b"django.gettext" in response.content
    assert "Sözlər" not in response.content.decode()
    assert type(read_catalogues("az")) is trans_real.DjangoTranslation


def test_catalogues_that_are_read_anew_are_spoken_at_once() -> None:
    with translation.override("az"):
        assert gettext("Statements") == "Bəyanatlar"
        trans_real._translations = {}  # as Django's runserver does when a compiled catalogue has changed
        assert gettext("Statements") == "Bəyanatlar"


def test_a_region_and_a_script_speak_from_the_catalogue_of_their_language() -> None:
    with translation.override("pt-br"):
        assert pgettext("alt. month", "March") == "Março"
    with translation.override("ru-ru"):
        assert gettext("Statements") == "Заявления"
