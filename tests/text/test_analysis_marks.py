"""What was found is marked in the original text, and a piece of it is cut out around it."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.analysis.condition import name_keys
from memorial.text.analysis.marks import Marker
from memorial.text.analysis.query import parse
from tests.text.test_analysis import TAGS, texts


@dataclass(frozen=True)
class Paragraph:
    """A block with what a snippet needs of it."""

    key: str
    text: str


def marked(query: str, text: str, tag: str = "az", *, is_exact: bool = False) -> str:
    """The text with brackets around what is marked."""
    pieces = Marker(parse(query), [tag], is_exact).mark(text, tag)
    return "".join(f"[{piece}]" if is_marked else piece for piece, is_marked in pieces)


@pytest.mark.parametrize(
    ("query", "tag", "text"),
    [
        ("sehid", "az", "[Şəhidlərimizin] xatirəsi, [ŞƏHİD] anaları"),
        ("baki", "az", "[Bakı’da] və [BAKIDA]"),
        ('"qanli yanvar"', "az", "Yanvar. [Qanlı Yanvarın] ildönümü, qanlı gün"),
        ("yanvar qanli", "az", "[Qanlı] gün, [Yanvar]"),
        ("国", "zh", "中[国]人民"),
        ("中国人", "zh", "新[中国人]民"),
        ("کتاب", "fa", "[کتاب‌های] تازه، [کتاب ها]"),
        ("شهيد", "ar", "ذكرى [الشهداء]"),
        ("şəhid -qanun", "az", "[şəhid] qanun"),
        ("ﬁle", "en", "[ﬁles] and [FILE]"),
    ],
)
def test_words_are_marked_where_they_stand_in_the_original(query: str, tag: str, text: str) -> None:
    assert marked(query, text.replace("[", "").replace("]", ""), tag) == text


def test_only_the_exact_spelling_is_marked_when_it_was_asked_for() -> None:
    assert marked("Bakı", "Bakı, BAKI, Bakıda", is_exact=True) == "[Bakı], [BAKI], Bakıda"


def test_other_spellings_of_a_name_are_marked() -> None:
    known = {key: ["Сумгаит"] for key in name_keys("Sumqayıt", ["az", "ru"])}
    marker = Marker(parse("Sumqayıt"), ["az", "ru"], variants=lambda words: known.get(words, []))
    assert marker.mark("в Сумгаите", "ru") == [("в ", False), ("Сумгаите", True)]


@given(texts, texts, st.sampled_from(TAGS), st.booleans())
def test_the_pieces_are_the_text(query: str, text: str, tag: str, is_exact: bool) -> None:
    marker = Marker(parse(query), [tag, "az"], is_exact)
    pieces = marker.mark(text, tag)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    snippet = marker.snippet([Paragraph("p1", text), Paragraph("p2", text * 5)], tag, length=40)
    assert snippet.key in ("p1", "p2")
    assert "".join(piece for piece, _ in snippet.pieces) in text * 5
    assert sum(len(piece) for piece, _ in snippet.pieces) <= 40


def test_a_snippet_is_of_the_block_in_which_most_is_found() -> None:
    blocks = [Paragraph("p1", "Bir gün."), Paragraph("p2", "Şəhidlər."), Paragraph("p3", "Bakıda şəhidlər anıldı.")]
    snippet = Marker(parse("sehid baki"), ["az"]).snippet(blocks, "az")
    assert snippet.key == "p3"
    assert snippet.pieces == [("Bakıda", True), (" ", False), ("şəhidlər", True), (" anıldı.", False)]
    assert (snippet.is_cut_before, snippet.is_cut_after) == (False, False)


def test_a_snippet_of_a_long_block_is_cut_at_words_around_what_was_found() -> None:
    text = "əvvəlki sözlər " * 60 + "burada şəhidlər anılır" + " sonrakı sözlər" * 60
    snippet = Marker(parse("sehid"), ["az"]).snippet([Paragraph("p7", text)], "az", length=100)
    shown = "".join(piece for piece, _ in snippet.pieces)
    assert ("şəhidlər", True) in snippet.pieces
    assert shown in text
    assert len(shown) <= 100
    assert set(shown.split()) <= set(text.split())
    assert snippet.is_cut_before
    assert snippet.is_cut_after
    assert snippet.has_marks


def test_without_anything_found_a_snippet_is_the_beginning() -> None:
    snippet = Marker(parse("zzz"), ["az"]).snippet(
        [Paragraph("p1", "söz " * 100), Paragraph("p2", "x")], "az", length=50
    )
    assert (snippet.key, snippet.has_marks, snippet.is_cut_before) == ("p1", False, False)
    assert Marker(parse(""), ["az"]).snippet([], "az").pieces == []


def test_a_text_without_spaces_is_cut_all_the_same() -> None:
    snippet = Marker(parse("国"), ["zh"]).snippet([Paragraph("p1", "文" * 500 + "国" + "文" * 500)], "zh", length=60)
    assert ("国", True) in snippet.pieces
    assert sum(len(piece) for piece, _ in snippet.pieces) == 60
