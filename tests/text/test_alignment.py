"""Which paragraph answers which, where two texts share no keys."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from memorial.text.alignment import LEAST, Pair, align, words_of
from memorial.text.difference import tokens

ONE = [
    "The Ministry of Examples states that the day is a day of mourning.",
    "On the night of the example, lamps were lit in the four towns of Example Land.",
    "The parliament of Example Land adopted a decision on the lamps in March.",
    "The Ministry honours those who carried the lamps.",
]


def places(pairs: list[Pair]) -> list[tuple[int | None, int | None]]:
    return [(pair.old, pair.new) for pair in pairs]


def test_the_same_text_is_paired_paragraph_by_paragraph() -> None:
    assert align(ONE, ONE) == [Pair(n, n, 1.0) for n in range(4)]


def test_another_wording_of_a_paragraph_is_its_partner() -> None:
    other = [
        "According to the Ministry of Examples, the day is one of mourning.",
        "Lamps were lit in four towns of Example Land on the night of the example.",
        "A decision on the lamps was adopted by the parliament of Example Land in March.",
        "Those who carried the lamps are honoured by the Ministry.",
    ]
    pairs = align(ONE, other)
    assert places(pairs) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert all(LEAST <= pair.similarity < 1 for pair in pairs)


def test_what_is_left_out_stands_where_it_was_and_what_is_added_where_it_is() -> None:
    other = [ONE[0], ONE[1], "Readers in other places lit candles, says the agency.", ONE[3]]
    assert places(align(ONE, other)) == [(0, 0), (1, 1), (2, None), (None, 2), (3, 3)]
    assert places(align(other, ONE)) == [(0, 0), (1, 1), (2, None), (None, 2), (3, 3)]


def test_an_extract_is_found_in_the_full_text() -> None:
    assert places(align(ONE, [ONE[2]])) == [(0, None), (1, None), (2, 0), (3, None)]


def test_a_moved_paragraph_is_paired_and_marked() -> None:
    pairs = align(ONE, [ONE[0], ONE[2], ONE[3], ONE[1]])
    assert places(pairs) == [(0, 0), (2, 1), (3, 2), (1, 3)]
    assert [pair.is_moved for pair in pairs] == [False, False, False, True]


def test_words_that_stand_everywhere_do_not_make_partners() -> None:
    old = ["The light of the lamp and of the hill.", "The sound of the bell and of the sea."]
    new = ["The price of the bread and of the salt."]
    assert places(align([*old, *ONE], [*new, *ONE])) == [
        (0, None), (1, None), (None, 0), (2, 1), (3, 2), (4, 3), (5, 4),
    ]  # fmt: skip


def test_scripts_without_spaces_and_with_marks_are_compared_too() -> None:
    old = ["示例部在声明中说，这一天是哀悼日。", "灯在四个城镇点亮。"]
    new = ["示例部说，这一天是哀悼日。", "四座城镇的灯点亮了。"]
    assert places(align(old, new)) == [(0, 0), (1, 1)]
    persian = ["وزارت نمونه می‌گوید که این روز سوگواری است.", "چراغ‌ها در چهار شهر روشن شد."]
    assert places(align(persian, [persian[1]])) == [(0, None), (1, 0)]


def test_nothing_beside_nothing_is_nothing() -> None:
    assert align([], []) == []
    assert align(["One."], []) == [Pair(0, None, 0.0)]
    assert align([], ["One."]) == [Pair(None, 0, 0.0)]
    assert align(["…"], ["—"]) == [Pair(0, 0, 1.0)]


def test_very_long_texts_are_paired_by_what_is_the_same() -> None:
    long = [f"Paragraph number {number} of an endless example." for number in range(400)]
    pairs = align(long, [*long[:100], *long[150:]])
    assert pairs[99] == Pair(99, 99, 1.0)
    assert [pair for pair in pairs if pair.new is None] == [Pair(n, None, 0.0) for n in range(100, 150)]


@given(st.lists(st.text(alphabet="ab əИشن漢.", max_size=30), max_size=12), st.lists(st.text(max_size=20), max_size=12))
def test_every_paragraph_stands_in_exactly_one_pair(old: list[str], new: list[str]) -> None:
    pairs = align(old, new)
    assert sorted(pair.old for pair in pairs if pair.old is not None) == list(range(len(old)))
    assert [pair.new for pair in pairs if pair.new is not None] == list(range(len(new)))
    kept = [pair.old for pair in pairs if pair.old is not None and pair.new is not None and not pair.is_moved]
    assert kept == sorted(kept)
    assert all(0 <= pair.similarity <= 1 for pair in pairs)


@given(st.text(alphabet="ab ə.,1'’2\u0301م\u200cн-", max_size=60) | st.text(alphabet="a 日本ไทย\u0e34.1-", max_size=60))
def test_words_are_those_of_the_difference(text: str) -> None:
    whole = [
        token
        for token in tokens(unicodedata.normalize("NFKC", text).casefold())
        if any(char.isalnum() for char in token)
    ]
    assert [word for word in words_of(text) if any(char.isalnum() for char in word)] == whole
