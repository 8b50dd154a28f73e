"""What has changed, word by word and block by block."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.blocks import blocks, with_keys
from memorial.text.difference import block_difference, shape, word_difference
from tests.text.strategies import AWKWARD, WORDS, as_html, different_blocks

words = st.lists(st.sampled_from([*WORDS, *AWKWARD, " ", "声明", "ประกาศ", "1,150", "don’t"]), max_size=20).map("".join)


def marked(old: str, new: str) -> str:
    """The difference as one line: ``[gone]``, ``{new}``."""
    around = {"same": "%s", "gone": "[%s]", "new": "{%s}"}
    return "".join(around[piece.kind] % piece.text for piece in word_difference(old, new))


def kinds(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.key, change.kind) for change in block_difference(old, new)]


def keyed(html: str, previous: str | None = None) -> str:
    last = max((int(block.key[1:]) for block in blocks(previous or "")), default=0)
    return with_keys(html, previous=previous, source=None, last=last)[0]


# -- Words -----------------------------------------------------------------------------------------------------------


@given(words, words)
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    pieces = word_difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert all(piece.text for piece in pieces)
    assert (old == new) == all(piece.kind == "same" for piece in pieces)
    assert not [one for one, other in pairwise(pieces) if one.kind == other.kind]
    assert not [one for one, other in pairwise(pieces) if (one.kind, other.kind) == ("new", "gone")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("one", "", "[one]"),
        ("one two", "one two three", "one two{ three}"),
        ("the old words here", "the new phrase here", "the [old words]{new phrase} here"),
        ("150 həlak olan", "1,150 həlak olan", "[150]{1,150} həlak olan"),
        ("1,150", "1,151", "[1,150]{1,151}"),
        ("19 yanvar.", "20 yanvar!", "[19]{20} yanvar[.]{!}"),
        ("it isn’t so", "it is so", "it [isn’t]{is} so"),
        ("می‌خواهم بروم", "نمی‌خواهم بروم", "[می‌خواهم]{نمی‌خواهم} بروم"),
        ("कार्य है", "कार्यक्रम है", "[कार्य]{कार्यक्रम} है"),
        ("声明発表", "声明公表", "声明[発]{公}表"),
        ("ประกาศวันนี้", "ประกาศวันนั้น", "ประกาศวัน[นี้]{นั้น}"),
        ("one\ntwo", "one two", "one[\n]{ }two"),
    ],
)
def test_changes_are_marked_by_words_and_by_characters_where_there_are_no_spaces(
    old: str, new: str, expected: str
) -> None:
    assert marked(old, new) == expected


def test_a_very_long_text_is_compared_at_its_ends() -> None:
    def text(name: str) -> str:
        return "first " + " ".join(f"{name}{number}" for number in range(2_000)) + " last"

    pieces = word_difference(text("a"), text("b"))
    assert [piece.kind for piece in pieces] == ["same", "gone", "new", "same"]
    assert (pieces[0].text, pieces[-1].text) == ("first ", " last")


# -- Blocks ----------------------------------------------------------------------------------------------------------

BASE = (
    '<h2 data-key="p1">Title</h2><p data-key="p2">One.</p><ol><li data-key="p3">a</li><li data-key="p4">b</li></ol>'
    '<blockquote><p data-key="p5">Said.</p></blockquote>'
)  # fmt: skip


def test_what_has_not_changed_is_the_same() -> None:
    assert [kind for _, kind in kinds(BASE, BASE)] == ["same"] * 5
    assert kinds("", "") == []


def test_changed_words_are_marked_in_their_block() -> None:
    (change,) = [each for each in block_difference(BASE, BASE.replace("One.", "Two.")) if each.kind != "same"]
    assert (change.key, change.kind) == ("p2", "changed")
    assert [(piece.kind, piece.text) for piece in change.pieces] == [("gone", "One"), ("new", "Two"), ("same", ".")]


@pytest.mark.parametrize(
    "changed",
    [
        BASE.replace("One.", "<em>One.</em>"),
        BASE.replace('<p data-key="p2">One.</p>', '<h3 data-key="p2">One.</h3>'),
        BASE.replace('<p data-key="p2">One.</p>', '<p data-key="p2" dir="rtl">One.</p>'),
        BASE.replace('<p data-key="p2">One.</p>', '<blockquote><p data-key="p2">One.</p></blockquote>'),
    ],
)
def test_a_change_of_markup_alone_is_a_change_whose_words_are_the_same(changed: str) -> None:
    (change,) = [each for each in block_difference(BASE, changed) if each.kind != "same"]
    assert (change.key, change.kind) == ("p2", "changed")
    assert [piece.kind for piece in change.pieces] == ["same"]


def test_what_is_gone_stands_where_it_was() -> None:
    without = BASE.replace('<p data-key="p2">One.</p>', "").replace('<li data-key="p4">b</li>', "")
    assert kinds(BASE, without) == [("p1", "same"), ("p2", "gone"), ("p3", "same"), ("p4", "gone"), ("p5", "same")]
    assert kinds(BASE, "") == [(f"p{number}", "gone") for number in range(1, 6)]


def test_a_paragraph_that_has_become_two_is_a_changed_and_a_new_one() -> None:
    one = keyed("<p>The first sentence of an example. And another sentence after it.</p><p>The end.</p>")
    two = "<p>The first sentence of an example.</p><p>And another sentence after it.</p><p>The end.</p>"
    assert [kind for _, kind in kinds(one, keyed(two, one))] in (
        ["changed", "new", "same"],
        ["new", "changed", "same"],
    )


def test_items_added_before_others_do_not_change_those() -> None:
    more = BASE.replace("<ol>", '<ol><li data-key="p6">new</li><li data-key="p7">newer</li>')
    assert [each for each in kinds(BASE, more) if each[1] != "same"] == [("p6", "new"), ("p7", "new")]


def test_a_moved_block_is_told_from_those_that_stayed() -> None:
    moved = '<p data-key="p2">One.</p><h2 data-key="p1">Title</h2>' + BASE[BASE.index("<ol>") :]
    assert sorted(kind for _, kind in kinds(BASE, moved)) == ["moved", "same", "same", "same", "same"]
    changed = moved.replace("Title", "Heading")
    found = {change.key: change for change in block_difference(BASE, changed)}
    assert found["p1"].kind == "changed"
    assert found["p1"].is_moved or found["p2"].kind == "moved"


def test_of_two_blocks_with_one_key_the_first_is_the_old_one() -> None:
    draft = '<p data-key="p2">One.</p><p data-key="p2">Copied.</p><p>Typed.</p>'
    assert kinds('<p data-key="p2">One.</p>', draft) == [("p2", "same"), ("p2", "new"), ("", "new")]


@given(different_blocks, different_blocks, st.randoms())
def test_every_block_of_both_texts_is_in_the_difference_once(old: list, new: list, random) -> None:  # type: ignore[no-untyped-def,type-arg]
    before = keyed(as_html(old))
    mixed = [*random.sample(old, random.randint(0, len(old))), *((kind, f"{text} new") for kind, text in new)]
    after = keyed(as_html(mixed), before)
    changes = block_difference(before, after)
    assert [change.new for change in changes if change.new] == blocks(after)
    assert sorted(change.old.key for change in changes if change.old) == sorted(block.key for block in blocks(before))
    for change in changes:
        assert (change.kind == "gone") == (change.new is None)
        assert (change.kind == "new") == (change.old is None)
        if change.kind in ("same", "moved"):
            assert change.old
            assert change.new
            assert (change.old.html, shape(change.old)) == (change.new.html, shape(change.new))


@given(different_blocks)
def test_the_order_alone_makes_no_change_of_words(found: list) -> None:  # type: ignore[type-arg]
    before = keyed(as_html(found))
    after = keyed(as_html(found[::-1]), before)
    changes = block_difference(before, after)
    assert {change.kind for change in changes} <= {"same", "moved"}
    assert sum(change.kind == "same" for change in changes) == 1


def test_a_blocks_shape_is_not_its_number() -> None:
    block = blocks(BASE)[2]
    assert shape(block) == shape(replace(block, levels=("7. ",)))
    assert shape(block) != shape(replace(block, levels=("- ",)))
