"""What templates say is put together once in a language, and anew with new phrases."""

import pytest
from django.template import Context, Template
from django.utils import translation

from memorial.languages.phrases import runtime
from memorial.languages.phrases.stored import Phrases


@pytest.fixture(autouse=True)
def _phrases() -> object:
    yield
    runtime.use(Phrases())


def shown(source: str, lang: str = "en", **context: object) -> str:
    with translation.override(lang):
        return Template(source).render(Context(context))


def test_a_plain_string_is_said_in_the_active_language() -> None:
    source = "{% load i18n %}{% translate 'Statements' %}"
    assert shown(source) == "Statements"
    assert shown(source, "az") != "Statements"
    assert shown(source, "az") == shown(source, "az")
    with translation.override("az"):
        assert [each for each in runtime.said_here() if "Statements" in str(each)]


def test_new_phrases_are_said_at_once() -> None:
    part = "{% once 1 %} {% translate 'Events' %}{% endonce %}"
    template = Template("{% load i18n %}{% translate 'Statements' as said %}{{ said }}" + part)

    def said() -> str:
        with translation.override("az"):
            return template.render(Context())

    before = said()
    assert said() == before
    runtime.use(Phrases().with_language("az", {"Statements": {"other": "A & B"}, "Events": {"other": "C"}}))
    assert said() == "A & B C"


def test_a_context_tells_strings_apart() -> None:
    runtime.use(Phrases().with_language("az", {"heading\x04Cite": {"other": "One"}, "Cite": {"other": "Two"}}))
    assert shown("{% load i18n %}{% translate 'Cite' context 'heading' %} {% translate 'Cite' %}", "az") == "One Two"


def test_what_is_no_plain_string_is_said_each_time() -> None:
    source = "{% load i18n %}{% translate word|upper %} {% translate word %} {% translate 'Events' noop %}"
    runtime.use(Phrases().with_language("az", {"Events": {"other": "C"}}))
    assert shown(source, "az", word="Events") == "C C Events"
    assert shown(source, "az", word="other") == "DIGƏR digər Events"


def test_signs_are_escaped_as_django_does() -> None:
    assert shown("{% load i18n %}{% translate '50%% <b>' %}") == "50%% <b>"


def test_a_part_is_put_together_once_for_its_values() -> None:
    seen: list[str] = []

    def look() -> str:
        seen.append("looked")
        return "<"

    template = Template("{% load i18n %}{% once lang section %}{{ look }}{{ section }}{% endonce %}")
    with translation.override("en"):
        for section in ("a", "b", "a"):
            text = template.render(Context({"look": look, "lang": "en", "section": section}))
            assert text == f"&lt;{section}"
    assert len(seen) == 2
