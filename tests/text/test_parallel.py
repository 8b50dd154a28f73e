"""Two texts of one statement side by side, and one block by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.block import Block
from memorial.text.blocks import blocks, with_keys
from memorial.text.clean import clean
from memorial.text.excerpt import excerpt
from memorial.text.parallel import beside


def a_block(key: str, text: str = "words") -> Block:
    return Block(key, "p", text, text, "", "")


def keys(left: str, right: str) -> list[tuple[str, int, int]]:
    rows = beside([a_block(key) for key in left.split()], [a_block(key) for key in right.split()])
    return [(row.key, len(row.left), len(row.right)) for row in rows]


def test_blocks_with_one_key_stand_side_by_side_in_the_order_of_the_left_text() -> None:
    assert keys("p1 p3 p2", "p1 p2 p3") == [("p1", 1, 1), ("p3", 1, 1), ("p2", 1, 1)]


def test_what_only_one_text_has_keeps_its_place() -> None:
    assert keys("p1 p2 p4", "p9 p1 p4 p5") == [("p9", 0, 1), ("p1", 1, 1), ("p2", 1, 0), ("p4", 1, 1), ("p5", 0, 1)]
    assert keys("", "p1") == [("p1", 0, 1)]


def test_several_blocks_that_carry_one_key_answer_together() -> None:
    assert keys("p1 p2 p2", "p1 p2") == [("p1", 1, 1), ("p2", 2, 1)]


def test_blocks_without_a_key_answer_to_nothing() -> None:
    left, right = [a_block(""), a_block("p1")], [a_block("p1"), a_block("")]
    assert [(row.key, len(row.left), len(row.right)) for row in beside(left, right)] == [
        ("", 1, 0), ("p1", 1, 1), ("", 0, 1),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["", "p1", "p2", "p3", "p4"])), st.lists(st.sampled_from(["", "p1", "p2", "p5"])))
def test_each_block_stands_in_exactly_one_row(left: list[str], right: list[str]) -> None:
    one = [a_block(key, str(number)) for number, key in enumerate(left)]
    other = [a_block(key, str(number)) for number, key in enumerate(right)]
    rows = beside(one, other)
    assert sorted(block.text for row in rows for block in row.left) == sorted(block.text for block in one)
    assert sorted(block.text for row in rows for block in row.right) == sorted(block.text for block in other)


@pytest.mark.parametrize(
    ("html", "alone"),
    [
        ("<p>One <em>word</em>.</p>", ["<p>One <em>word</em>.</p>"]),
        ("<h2>Title</h2><p>Text</p>", ["<h2>Title</h2>", "<p>Text</p>"]),
        ("<ul><li>a</li><li>b</li></ul>", ["<ul><li>a</li></ul>", "<ul><li>b</li></ul>"]),
        ("<ol><li>a</li><li>b</li></ol>", ['<ol start="1"><li>a</li></ol>', '<ol start="2"><li>b</li></ol>']),
        ("<blockquote><p>a</p></blockquote>", ["<blockquote><p>a</p></blockquote>"]),
        (
            "<ul><li><p>a</p><p>b</p></li></ul>",
            ["<ul><li><p>a</p></li></ul>", '<div class="within-item"><p>b</p></div>'],
        ),
        ('<p lang="ru" dir="ltr">Да</p>', ['<p lang="ru" dir="ltr">Да</p>']),
    ],
)
def test_a_block_by_itself_keeps_what_is_around_it(html: str, alone: list[str]) -> None:
    assert [excerpt(block) for block in blocks(clean(html))] == alone


def test_a_block_may_be_shown_with_other_words_inside() -> None:
    html, _last = with_keys("<ol><li>one</li><li>two</li></ol>", previous=None, source=None, last=0)
    assert excerpt(blocks(html)[1], "<ins>three</ins>") == '<ol start="2"><li><ins>three</ins></li></ol>'
