"""The files of the sample archive, read without a database."""

import re

import pytest

from memorial.ops.sample_archive import files
from memorial.text import dates

ALPHABETS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "tr": "abcçdefgğhıijklmnoöprsştuüvyzû",
}
# Proper names that are written the same in every language.
NAMES = re.compile(r"\b(Report|Trend|Publika\.az)\b")
LONGEST_PLAIN_SENTENCE = 32  # words


def texts_in(value, tag, path=""):
    """Every text in language ``tag``, wherever it stands in the file: (path, text)."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == tag and isinstance(inner, str):
                yield path, inner
            elif key == tag:
                yield from ((f"{path}.{name}", text) for name, text in inner.items())
            else:
                yield from texts_in(inner, tag, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts_in(inner, tag, f"{path}[{number}]")


def everything(tag):
    found = [(where, text) for facts in files.statements() for where, text in texts_in(facts, tag, facts["slug"])]
    return found + list(texts_in(files.labels(), tag))


def letters(text):
    """The letters of a text in lower case; dotted and dotless capitals are letters of their own."""
    return {letter for letter in text.replace("İ", "i").replace("I", "ı").lower() if letter.isalpha()}


@pytest.mark.parametrize("tag", files.LANGUAGES)
def test_every_text_is_written_in_the_letters_of_its_language(tag):
    alphabet = set(ALPHABETS[tag]) | ({"ı"} if tag == "en" else set())
    found = everything(tag)
    assert len(found) > 50
    foreign = {where: letters(NAMES.sub("", text)) - alphabet for where, text in found}
    assert {where: wrong for where, wrong in foreign.items() if wrong} == {}


def test_every_text_there_is_stands_in_all_four_languages():
    places = {tag: sorted(where for where, _text in everything(tag)) for tag in files.LANGUAGES}
    assert places["az"] == places["en"] == places["ru"] == places["tr"]


def test_a_statement_has_the_same_paragraphs_in_every_language():
    for facts in files.statements():
        counts = {tag: files.body_html(facts["texts"][tag]["body"]).count("<p>") for tag in files.LANGUAGES}
        assert len(set(counts.values())) == 1, (facts["slug"], counts)
        assert 3 <= counts["en"] <= 6


def test_the_paragraph_of_a_figure_states_its_number_in_every_language():
    for facts in files.statements():
        for figure in facts["figures"]:
            for tag in files.LANGUAGES:
                paragraphs = files.body_html(facts["texts"][tag]["body"]).split("</p>")
                paragraph = paragraphs[int(figure["block"].removeprefix("p")) - 1]
                assert re.search(rf"\b{figure['number']}\b", paragraph), (facts["slug"], tag, figure)


def test_sentences_are_plain():
    for tag in files.LANGUAGES:
        for where, text in everything(tag):
            for sentence in re.split(r"[.!?](?:\s|$)", text):
                assert len(sentence.split()) <= LONGEST_PLAIN_SENTENCE, (where, tag, sentence)


def test_a_body_quotes_nothing_but_names():
    quoted = re.compile("[“«]([^”»]+)[”»]")
    for tag in files.LANGUAGES:
        for facts in files.statements():
            for quotation in quoted.findall(facts["texts"][tag]["body"]):
                words = " ".join(quotation.split())
                named = [text for _where, text in texts_in(files.labels()["events"], tag)]
                assert any(words in text for text in named) or len(words.split()) == 2, quotation


def test_every_paragraph_says_who_says_it():
    speakers = {
        "az": r"[Bb]əyanat|Nazirlik|Nazirliyi|Assambleyas",
        "en": r"[Ss]tatement|Ministry|Assembly",
        "ru": r"[Зз]аявлени|[Мм]инистерство|[Аа]ссамблея",
        "tr": r"[Aa]çıklama|Bakanlı|Asamble",
    }
    for tag, speaker in speakers.items():
        for facts in files.statements():
            for paragraph in files.body_html(facts["texts"][tag]["body"]).split("</p>")[:-1]:
                assert re.search(speaker, paragraph), (facts["slug"], tag, paragraph)


def test_dates_are_as_precise_as_they_are_stated():
    given = {slug: event["dated"] for slug, event in files.labels()["events"].items()}
    assert given == {
        "night-of-19-20-january-1990": "1990-01-19/1990-01-20",
        "permanent-mission-21-january-1990": "1990-01-21",
        "special-session-february-1994": "1994-02",
        "decision-march-1994": "1994-03",
    }
    for facts in files.statements():
        for stated in [
            facts["dated"],
            facts["issued"],
            *(s["published"] for s in facts["sources"] if "published" in s),
        ]:
            dates.parse(stated)
