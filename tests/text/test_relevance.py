"""Readers find what they look for: the queries of ``relevance/``, language by language."""

import pytest

from tests.text.memory import LANGUAGES, Wish, archives, wishes

ALL = list(wishes())


def missed(asked: list[Wish]) -> list[str]:
    return [str(wish) for wish in asked if archives()[wish.file].found(wish) != wish.expected]


def test_readers_find_exactly_what_they_expect() -> None:
    first = [wish for wish in ALL if not wish.file.startswith("second/")]
    assert len(first) >= 120
    assert len(missed(first)) <= len(first) * 0.03, missed(first)


def test_readers_find_what_others_than_the_first_expect() -> None:
    second = [wish for wish in ALL if wish.file.startswith("second/")]
    assert len(second) >= 400
    assert len(missed(second)) <= len(second) * 0.05, missed(second)


@pytest.mark.parametrize("file", [f"{folder}{name}" for folder in ("", "second/") for name in [*LANGUAGES, "names"]])
def test_no_language_falls_behind(file: str) -> None:
    asked = [wish for wish in ALL if wish.file == file]
    assert len(asked) >= 15
    assert len(missed(asked)) <= len(asked) * 0.1, missed(asked)


def test_asking_all_languages_at_once_loses_nothing() -> None:
    for wish in ALL:
        if wish.is_exact or "-" in wish.text:
            continue  # the exact spelling of BAKI, and what an excluded word is, depend on the language
        everywhere = Wish(wish.file, wish.text, tuple(LANGUAGES), wish.expected)
        archive = archives()[wish.file]
        assert archive.found(everywhere) >= wish.expected & archive.found(wish), str(wish)


def test_nearly_nothing_else_is_found_when_all_languages_are_asked() -> None:
    surprising = [
        str(wish)
        for wish in ALL
        if not wish.is_exact
        and archives()[wish.file].found(Wish(wish.file, wish.text, tuple(LANGUAGES), wish.expected)) - wish.expected
    ]
    assert len(surprising) <= len(ALL) // 100, surprising
