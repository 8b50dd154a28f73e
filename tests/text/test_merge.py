"""Two people's changes of one text, and the text that comes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.blocks import blocks, with_keys
from memorial.text.clean import clean
from memorial.text.merge import Choice, assemble, merge, merge_words, words_taken
from tests.text.strategies import soup

BASE = (
    '<p data-key="p1">First.</p><ul><li data-key="p2">a</li><li data-key="p3">b</li></ul>'
    '<blockquote lang="fa"><p data-key="p4">Said.</p><p data-key="p5">And said.</p></blockquote>'
)  # fmt: skip
TAKEN = ["mine", "theirs", "both"]


def keyed(html: str, previous: str | None = None) -> str:
    last = max((int(block.key[1:]) for block in blocks(previous or "")), default=0)
    return with_keys(html, previous=previous, source=None, last=last)[0]


def kinds(choices: list[Choice]) -> dict[str, str]:
    return {choice.key: choice.kind for choice in choices if choice.kind != "same"}


def merged(mine: str, theirs: str, base: str = BASE, **taken: str) -> str:
    return assemble(merge(base, mine, theirs), taken)


# -- Shapes ----------------------------------------------------------------------------------------------------------


@st.composite
def shapes(draw: st.DrawFn, depth: int = 0) -> str:
    """Paragraphs, nested lists and quotations."""
    written = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["p", "p", "h2", "ul", "ol", "blockquote"] if depth < 2 else ["p", "h3"]))
        if kind in ("ul", "ol"):
            items = [draw(shapes(depth + 1) | word) for _ in range(draw(st.integers(1, 3)))]
            written.append(f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>")
        elif kind == "blockquote":
            lang = draw(st.sampled_from(["", " lang='fa' dir='rtl'"]))
            written.append(f"<blockquote{lang}>{draw(shapes(depth + 1))}</blockquote>")
        else:
            written.append(f"<{kind}>{draw(word)}</{kind}>")
    return "".join(written)


word = st.integers(1, 10**6).map(lambda number: f"Example text {number} of many <em>words</em>")
texts = shapes() | soup


@given(texts, texts)
def test_where_one_person_changed_the_text_the_outcome_is_theirs(one: str, other: str) -> None:
    base = keyed(one)
    changed = keyed(other, base)
    assert assemble(merge(base, changed, base), {}) == changed
    assert assemble(merge(base, base, changed), {}) == changed
    assert assemble(merge(base, changed, changed), {}) == changed


@given(texts, texts, texts, st.lists(st.sampled_from(TAKEN), min_size=1))
def test_what_is_assembled_is_a_cleaned_text(one: str, mine: str, theirs: str, taken: list[str]) -> None:
    base = keyed(one)
    choices = merge(base, clean(mine), keyed(theirs, base))
    html = assemble(choices, {choice.key: taken[n % len(taken)] for n, choice in enumerate(choices)})
    assert html == clean(html)
    assert len({choice.key for choice in choices}) == len(choices)


@given(texts, texts, texts)
def test_whoever_takes_one_side_throughout_gets_its_words_in_some_order(one: str, mine: str, theirs: str) -> None:
    base = keyed(one)
    sides = {"mine": clean(mine), "theirs": keyed(theirs, base)}
    choices = merge(base, sides["mine"], sides["theirs"])
    for side, html in sides.items():
        got = blocks(assemble(choices, {choice.key: side for choice in choices}))
        assert sorted(block.text for block in got) == sorted(block.text for block in blocks(html))
    everything = blocks(assemble(choices, {choice.key: "both" for choice in choices}))
    keys = [block.key for block in everything if block.key]
    assert len(keys) == len(set(keys))


@given(shapes(), st.data())
def test_changes_in_different_blocks_are_both_kept(html: str, data: st.DataObject) -> None:
    base = keyed(html)
    keys = [block.key for block in blocks(base)]
    mine_keys = data.draw(st.sets(st.sampled_from(keys)))
    theirs_keys = data.draw(st.sets(st.sampled_from(keys))) - mine_keys

    def changed(some: set[str], what: str) -> str:
        written = base
        for key in some:
            written = written.replace(f'data-key="{key}">', f'data-key="{key}">{what} ')
        return written

    choices = merge(base, changed(mine_keys, "Mine"), changed(theirs_keys, "Theirs"))
    assert kinds(choices) == {**dict.fromkeys(mine_keys, "mine"), **dict.fromkeys(theirs_keys, "theirs")}
    both = base
    for some, what in ((mine_keys, "Mine"), (theirs_keys, "Theirs")):
        for key in some:
            both = both.replace(f'data-key="{key}">', f'data-key="{key}">{what} ')
    assert assemble(choices, {}) == both


# -- Choices ---------------------------------------------------------------------------------------------------------


def test_each_choice_stands_alone_as_html() -> None:
    choices = {choice.key: choice for choice in merge(BASE, BASE.replace(">b<", ">B<"), BASE)}
    assert choices["p3"].kind == "mine"
    assert choices["p3"].mine == '<ul><li data-key="p3">B</li></ul>'
    assert choices["p4"].theirs == '<blockquote lang="fa"><p data-key="p4">Said.</p></blockquote>'


def test_a_conflict_is_decided_by_the_choice_and_loses_nothing_without_one() -> None:
    mine, theirs = BASE.replace("First", "Mine"), BASE.replace("First", "Theirs")
    assert kinds(merge(BASE, mine, theirs)) == {"p1": "conflict"}
    assert merged(mine, theirs, p1="mine") == mine
    assert merged(mine, theirs, p1="theirs") == theirs
    both = '<p data-key="p1">Theirs.</p><p>Mine.</p>' + BASE[BASE.index("<ul>") :]
    assert merged(mine, theirs, p1="both") == merged(mine, theirs) == merged(mine, theirs, p1="nonsense") == both


def test_a_block_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    mine, theirs = BASE.replace('<p data-key="p1">First.</p>', ""), BASE.replace("First", "Theirs")
    (choice,) = [choice for choice in merge(BASE, mine, theirs) if choice.kind != "same"]
    assert (choice.kind, choice.mine) == ("conflict", None)
    assert merged(mine, theirs) == theirs
    assert merged(mine, theirs, p1="mine") == mine


def test_both_of_a_list_item_stay_in_the_list() -> None:
    mine, theirs = BASE.replace(">a<", ">mine<"), BASE.replace(">a<", ">theirs<")
    assert '<ul><li data-key="p2">theirs</li><li>mine</li><li data-key="p3">b</li></ul>' in merged(mine, theirs)


def test_items_added_by_two_to_one_list_stay_in_one_list() -> None:
    mine = BASE.replace("</ul>", "<li>mine</li></ul>")
    theirs = BASE.replace("</ul>", '<li data-key="p6">theirs</li></ul>')
    html = merged(mine, theirs)
    assert html.count("<ul>") == 1
    assert "<li>mine</li>" in html
    assert '<li data-key="p6">theirs</li>' in html


def test_a_list_that_one_has_divided_stays_divided() -> None:
    divided = BASE.replace('</li><li data-key="p3">', '</li></ul><ul><li data-key="p3">')
    theirs = BASE.replace("First", "Theirs")
    for html in (merged(divided, theirs), assemble(merge(BASE, theirs, divided), {})):
        assert html == divided.replace("First", "Theirs")


def test_typed_blocks_without_keys_are_recognised() -> None:
    mine = BASE.replace(' data-key="p1"', "").replace("</ul>", "<li>new</li></ul>")
    choices = merge(BASE, mine, BASE.replace(">b<", ">theirs<"))
    assert kinds(choices) == {"p3": "theirs", "new1": "mine"}


def test_a_copied_key_belongs_to_the_first_and_the_other_block_is_new() -> None:
    mine = BASE.replace("</p><ul>", '</p><p data-key="p1">Second half, typed after a split.</p><ul>')
    choices = merge(BASE, mine, BASE)
    assert kinds(choices) == {"new1": "mine"}
    assert '<p data-key="p1">First.</p><p>Second half, typed after a split.</p>' in assemble(choices, {})


def test_what_both_have_added_alike_is_there_once() -> None:
    mine = BASE + "<p>An addition of the very same words.</p>"
    theirs = BASE + '<p data-key="p6">An addition of the very same words.</p>'
    choices = merge(BASE, mine, theirs)
    assert kinds(choices) == {"p6": "both-same"}
    assert assemble(choices, {}) == theirs


def test_two_who_translate_the_same_paragraph_are_shown_side_by_side() -> None:
    source = '<p data-key="p1">Birinci.</p><p data-key="p2">İkinci abzas.</p>'
    base = '<p data-key="p1">First.</p>'
    choices = merge(
        base,
        base + "<p>Second one of mine.</p>",
        base + '<p data-key="p2">Paragraph two as theirs.</p>',
        source_html=source,
    )
    assert kinds(choices) == {"p2": "conflict"}


def test_two_first_texts_have_no_base() -> None:
    choices = merge("", "<p>Mine.</p>", '<p data-key="p1">Wholly different words of theirs.</p>')
    assert kinds(choices) == {"new1": "mine", "p1": "theirs"}
    assert len(blocks(assemble(choices, {}))) == 2


@pytest.mark.parametrize("is_mine", [True, False])
def test_the_order_of_whoever_moved_blocks_is_kept(is_mine: bool) -> None:
    moved = BASE[BASE.index("<blockquote") :] + BASE[: BASE.index("<blockquote")]
    other = BASE.replace("First", "Changed")
    html = merged(moved, other) if is_mine else merged(other, moved)
    assert html == moved.replace("First", "Changed")


# -- Titles and summaries --------------------------------------------------------------------------------------------


def test_titles_and_summaries_are_chosen_like_one_block() -> None:
    assert merge_words("title", "A", "A", "B").kind == "theirs"
    assert words_taken(merge_words("title", "A", "A", "B"), None) == "B"
    assert words_taken(merge_words("title", "A", "C", "A"), None) == "C"
    conflict = merge_words("summary", "A", "C", "B")
    assert conflict.kind == "conflict"
    assert [words_taken(conflict, how) for how in ("mine", "theirs", "both", None)] == ["C", "B", "B\nC", "B\nC"]
    assert words_taken(merge_words("summary", "A", "", "B"), "both") == "B"
    assert words_taken(merge_words("summary", "A", "", ""), None) == ""
