"""What a reader typed, and what it asks of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.analysis.condition import And, Not, Or, Phrase, Term, Tree, condition, name_keys
from memorial.text.analysis.query import Clause, Query, parse
from memorial.text.analysis.spelling import nearest
from tests.text.memory import LANGUAGES, Document

typed = st.lists(
    st.sampled_from(
        [*'"“”«»-−*', " ", "a", "şəhid", "Bakı’da", "中国", "國", "\x00", "\ud800", "20", "می ", "ها", "'", "ـ"]
    ),
    max_size=60,
).map("".join) | st.text(max_size=300)


def asks(text: str, *tags: str, **how: bool) -> Tree | None:
    return condition(parse(text), tags or ["az"], **how)


def finds(text: str, body: str, tag: str = "az", **how: bool) -> bool:
    tree = condition(parse(text), [tag], **how)
    return tree is not None and Document("x", tag, "", body).matches(tree)


def parts(tree: Tree | None) -> list[Tree]:
    """All parts of a tree, itself among them."""
    match tree:
        case None:
            return []
        case Not(positive, negative):
            return [tree, *parts(positive), *parts(negative)]
        case And(inner) | Or(inner) | Phrase(inner):
            return [tree, *(each for part in inner for each in parts(part))]
        case Term():
            return [tree]


def test_words_phrases_and_what_must_not_be_there_are_told_apart() -> None:
    assert parse('şəhid "qanlı yanvar" -qanun −"iki söz" Azərb*') == Query(
        (
            Clause("şəhid"),
            Clause("qanlı yanvar", is_phrase=True),
            Clause("qanun", is_excluded=True),
            Clause("iki söz", is_phrase=True, is_excluded=True),
            Clause("Azərb", is_beginning=True),
        )
    )


@pytest.mark.parametrize("text", ['"an open phrase', "«an open phrase»", "„an open phrase“", "“an open phrase”"])
def test_any_quotation_marks_make_a_phrase_closed_or_not(text: str) -> None:
    assert parse(text).clauses == (Clause("an open phrase", is_phrase=True),)


@pytest.mark.parametrize("text", ["", "   ", '""', "-", "--- *", '-""', "…", "\x00", "ـ"])
def test_nothing_asks_for_nothing(text: str) -> None:
    assert asks(text, *LANGUAGES) is None


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("Bakı-Tiflis").clauses == (Clause("Bakı-Tiflis"),)


def test_a_query_is_bounded() -> None:
    assert len(parse("a b c d e f g h i j k l m n o p").clauses) == 12
    assert sum(len(clause.text) for clause in parse("x" * 10_000).clauses) == 200


@given(typed, st.booleans(), st.booleans())
def test_whatever_is_typed_gives_a_tree_of_bounded_size(text: str, is_exact: bool, is_widened: bool) -> None:
    tree = asks(text, *LANGUAGES, "ku", is_exact=is_exact, is_widened=is_widened)
    for part in parts(tree):
        match part:
            case Term(_, form):
                assert form
                assert not any(char.isspace() for char in form)
            case And(inner) | Or(inner) | Phrase(inner):
                assert len(inner) >= 2
                assert len(set(inner)) == len(inner) or isinstance(part, Phrase)
            case Phrase(terms):
                assert not any(term.is_prefix for term in terms[:-1])
    assert len(parts(tree)) <= 5_000


def test_excluding_alone_asks_for_nothing() -> None:
    assert asks("-qanun") is None


def test_the_exact_spelling_asks_for_nothing_else() -> None:
    assert asks("Şəhid", is_exact=True) == Term("exact", "şəhid")
    assert asks('"Qanlı Yanvar"', is_exact=True) == Phrase((Term("exact", "qanlı"), Term("exact", "yanvar")))


def test_the_exact_spelling_follows_the_capitals_of_each_language() -> None:
    assert asks("BAKI", "az", "en", is_exact=True) == Or((Term("exact", "bakı"), Term("exact", "baki")))


@pytest.mark.parametrize(
    ("text", "body", "tag"),
    [
        ("Azərbaycan", "azərbaycanlılar", "az"),
        ("parliament", "parliamentary", "en"),
        ("şəhi*", "şəhidlər", "az"),
        ("welat", "welatê", "ku"),
    ],
)
def test_a_beginning_is_enough_where_stems_cannot_help(text: str, body: str, tag: str) -> None:
    assert finds(text, body, tag)


@pytest.mark.parametrize(
    ("text", "body", "tag"),
    [("türk", "Türkiyə", "az"), ("vətən", "vətəndaş", "az"), ("person", "personnel", "en"), ("199*", "2099", "az")],
)
def test_a_beginning_is_not_enough_for_short_words(text: str, body: str, tag: str) -> None:
    assert not finds(text, body, tag)


def test_a_wider_search_takes_beginnings_of_four_letters() -> None:
    assert not finds("soyq", "soyqırımı")
    assert finds("soyq", "soyqırımı", is_widened=True)
    assert not finds("qan", "qanun", is_widened=True)


def test_what_is_excluded_is_meant_narrowly() -> None:
    assert finds("bəyanat -respublika", "bəyanat: respublikaçılar")
    assert not finds("bəyanat -respublika", "bəyanat: respublikanın")


def test_words_that_say_nothing_are_left_out_unless_there_is_nothing_else() -> None:
    assert finds("the victims of the war", "War victims.", "en")
    assert not finds("the", "War victims.", "en")
    assert finds("the", "The war.", "en")
    assert finds('of "the war"', "The war.", "en")
    assert not finds("the victims", "War victims.", "en", is_exact=True)


def test_words_of_two_languages_are_found_in_a_text_of_either() -> None:
    tree = asks("Bakı tragedy", "az", "en")
    assert tree is not None
    assert Document("x", "en", "", "The tragedy of Bakı").matches(tree)
    assert not Document("x", "en", "", "The tragedy").matches(tree)


def test_a_known_name_is_found_in_every_spelling_also_with_endings_and_in_quotes() -> None:
    tags = ["az", "en", "ru"]
    known = {key: ["Heydar Aliyev"] for key in name_keys("Heydər Əliyev", tags) | name_keys("Гейдар Алиев", tags)}
    body = Document("x", "en", "", "Heydar Aliyev's speech")
    apart = Document("x", "en", "", "Aliyev and Heydar")
    for text in ["Heydər Əliyevin", "Гейдара Алиева", '"Heydər Əliyev"']:
        tree = condition(parse(text), tags, variants=lambda words: known.get(words, []))
        assert tree is not None
        assert body.matches(tree), text
        assert apart.matches(tree) == (text == "Heydər Əliyevin"), text  # its folded words, side by side or not
    exact = condition(parse("Heydər Əliyev"), tags, is_exact=True, variants=lambda words: known.get(words, []))
    assert exact is not None
    assert not body.matches(exact)


def test_an_excluded_name_is_excluded_in_every_spelling() -> None:
    known = {key: ["Sumgait"] for key in name_keys("Sumqayıt", ["en"])}
    tree = condition(parse("speech -Sumqayıt"), ["en"], variants=lambda words: known.get(words, []))
    assert tree is not None
    assert not Document("x", "en", "", "A speech in Sumgait").matches(tree)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("sehit", ["şəhid"]), ("bakku", ["baku", "Bakı"]), ("Sumqayt", ["Sumqayıt"]), ("yanvra", ["yanvar"]),
        ("xyzxyz", []), ("", []), ("a", []), ("şəhid", []),
    ],
)  # fmt: skip
def test_the_nearest_spellings_are_offered(word: str, expected: list[str]) -> None:
    assert nearest(word, ["yanvar", "şəhid", "Bakı", "Sumqayıt", "baku", "BAKI"]) == expected


def test_nearer_words_come_first_and_only_so_many() -> None:
    assert nearest("yanvar", ["yanvarda", "fanvar", "yanvara", "yanvay"], limit=3) == ["yanvara", "yanvay", "fanvar"]


@given(st.text(max_size=100), st.lists(st.text(max_size=20), max_size=20))
def test_looking_for_near_spellings_never_fails(word: str, candidates: list[str]) -> None:
    found = nearest(word, candidates)
    assert len(found) <= 3
    assert set(found) <= set(candidates)
