"""Passages that return from text to text, and terms that are counted."""

from hypothesis import given
from hypothesis import strategies as st

from memorial.text.recurring import Step, recurring
from memorial.text.terms import occurrences, stems

LAMPS = "On the night of the example, lamps were lit in four towns of Example Land."
DECISION = "The parliament of Example Land adopted a decision on the bells in March."
BELLS = "Whoever rang them is honoured by the whole ministry every single year."
HARBOUR = "Ships in every harbour lowered their flags at noon for one quiet minute."


def states(texts: list[list[str]]) -> dict[str, list[str]]:
    return {passage.words[:12]: list(passage.states) for passage in recurring(texts).passages}


def test_a_passage_is_followed_through_the_texts() -> None:
    changed = LAMPS.replace("four", "five")
    found = states([[LAMPS, DECISION], [LAMPS, BELLS], [changed, DECISION]])
    assert found == {
        "On the night": ["first", "same", "changed"],
        "The parliame": ["first", "absent", "same"],
        "Whoever rang": ["absent", "first", "absent"],
    }


def test_places_say_where_a_passage_stands_in_each_text() -> None:
    found = recurring([[LAMPS, DECISION], [HARBOUR, DECISION]])
    assert [passage.places for passage in found.returning] == [[1, 1]]
    assert [passage.places for passage in found.passages] == [[0, None], [1, 1], [None, 0]]


def test_each_step_counts_what_became_of_the_text_before() -> None:
    found = recurring([[LAMPS, DECISION, BELLS], [LAMPS.replace("four", "five"), BELLS, HARBOUR], []])
    assert found.steps == [None, Step(same=1, changed=1, new=1, gone=1), Step(same=0, changed=0, new=0, gone=3)]


def test_nothing_returns_in_one_text_or_none() -> None:
    assert recurring([]).passages == []
    assert recurring([[LAMPS, LAMPS]]).returning == []


@given(st.lists(st.lists(st.sampled_from([LAMPS, DECISION, BELLS, HARBOUR, ""]), max_size=4), max_size=5))
def test_every_paragraph_stands_in_exactly_one_passage(texts: list[list[str]]) -> None:
    found = recurring(texts)
    for number, text in enumerate(texts):
        places = sorted(each.places[number] for each in found.passages if each.places[number] is not None)  # type: ignore[type-var]
        assert places == list(range(len(text)))
    for passage in found.passages:
        assert [state == "absent" for state in passage.states] == [place is None for place in passage.places]
        assert next(state for state in passage.states if state != "absent") == "first"


def test_terms_are_found_with_their_endings_however_they_are_written() -> None:
    words = stems("Şəhidlər Xiyabanı. ŞƏHİDLƏRİN; şəhid, SEHID? Bayraq.", "az")
    assert occurrences(words, stems("sehid", "az")) == 4
    assert occurrences(words, stems("Şəhidlərə", "az")) == 4
    assert occurrences(words, stems("şəhidlər xiyabanı", "az")) == 1
    assert occurrences(words, stems("...", "az")) == 0
    assert occurrences(stems("Lamps were lit; a lamp stood.", "en"), stems("lamp", "en")) == 2
    assert occurrences(stems("日本は日本。", "ja"), stems("日本", "ja")) == 2


def test_one_occurrence_ends_before_the_next_begins() -> None:
    assert occurrences(["a"] * 5, ["a", "a"]) == 2
