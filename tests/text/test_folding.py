"""A text is found however it is typed."""

import pytest

from memorial.text.folding import folded


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Şəhid", "sehid"), ("ŞƏHİD", "sehid"), ("İstanbul", "istanbul"), ("Bakı", "baki"), ("BAKI", "baki"),
        ("Ёлка", "елка"), ("علي", "علی"), ("كتاب", "کتاب"), ("می‌شود", "می شود"), ("Café", "cafe"),
    ],
)  # fmt: skip
def test_case_marks_and_letters_typed_for_each_other_make_no_difference(written: str, typed: str) -> None:
    assert folded(written) == folded(typed)
    assert folded(typed) == typed


def test_other_words_stay_apart() -> None:
    assert folded("qara") != folded("qora")
    assert folded("20-ci il") == "20-ci il"
