"""A block's key is given once, inherited by translations, and never means another block."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from memorial.text.blocks import blocks, with_keys
from memorial.text.clean import clean

from .strategies import as_html, different_blocks, sentence, soup


def keys(html: str) -> list[str]:
    return [block.key for block in blocks(html)]


def without_keys(html: str) -> str:
    return re.sub(r' data-key="p[0-9]+"', "", html)


def key_of(html: str) -> dict[str, str]:
    return {block.text: block.key for block in blocks(html)}


@given(soup)
def test_every_block_has_a_key_of_its_own(html: str) -> None:
    keyed, last = with_keys(html, previous=None, source=None, last=0)
    assert keys(keyed) == [f"p{number}" for number in range(1, last + 1)]
    assert without_keys(keyed) == without_keys(clean(html))
    assert clean(keyed) == keyed


@given(soup, soup, soup)
def test_giving_keys_twice_changes_nothing(html: str, before: str, original: str) -> None:
    source, last = with_keys(original, previous=None, source=None, last=0)
    previous, last = with_keys(before, previous=None, source=source, last=last)
    keyed, last = with_keys(html, previous=previous, source=source, last=last)
    assert with_keys(keyed, previous=keyed, source=source, last=last) == (keyed, last)
    assert len(set(keys(keyed))) == len(blocks(keyed))


@given(soup, soup, st.integers(0, 500))
def test_a_new_number_is_higher_than_every_number_before(html: str, before: str, given_before: int) -> None:
    previous, last = with_keys(before, previous=None, source=None, last=given_before)
    keyed, highest = with_keys(html, previous=previous, source=None, last=last)
    new = set(keys(keyed)) - set(keys(previous))
    assert new == {f"p{number}" for number in range(last + 1, highest + 1)}


@given(different_blocks, st.randoms(use_true_random=False), st.booleans())
def test_blocks_that_stay_the_same_keep_their_keys_wherever_they_go(
    old: list[tuple[str, str]], chance: random.Random, has_lost_its_keys: bool
) -> None:
    previous, last = with_keys(as_html(old), previous=None, source=None, last=0)
    written = dict(zip((text for _, text in old), [as_html([pair]) for pair in old], strict=True))
    keyed = {text: re.sub(r"<(p|h2|h3|li)", rf'<\1 data-key="{key}"', written[text])
             for text, key in key_of(previous).items()}  # fmt: skip
    staying = chance.sample(list(keyed), chance.randint(0, len(keyed)))
    parts = [keyed[text] for text in staying]
    for number in range(chance.randint(0, 3)):
        parts.insert(chance.randint(0, len(parts)), f"<p>Entirely other words {number * 7}</p>")
    html = "".join(parts)
    after, _ = with_keys(without_keys(html) if has_lost_its_keys else html, previous=previous, source=None, last=last)
    for text in staying:
        assert key_of(after)[text] == key_of(previous)[text]


@given(different_blocks, st.data())
def test_a_translation_inherits_the_keys_of_its_source_by_place(
    old: list[tuple[str, str]], data: st.DataObject
) -> None:
    source, last = with_keys(as_html(old), previous=None, source=None, last=0)
    translated = [(kind, data.draw(sentence)) for kind, _ in old]
    assert keys(with_keys(as_html(translated), previous=None, source=source, last=last)[0]) == keys(source)
    assert with_keys(as_html(translated), previous=None, source=source, last=last)[1] == last


def test_of_a_paragraph_split_in_two_in_translation_the_second_half_gets_a_new_key() -> None:
    source, last = with_keys(
        "<h2>Heading</h2><p>The first sentence of the paragraph. And now its second sentence.</p>"
        "<p>A second paragraph, about something else altogether.</p>",
        previous=None, source=None, last=0,
    )  # fmt: skip
    html, last = with_keys(
        "<h2>Başlıq</h2><p>Abzasın birinci cümləsi burada.</p><p>İndi isə ikinci cümləsi.</p>"
        "<p>Tamam başqa bir şey haqqında ikinci abzas.</p>",
        previous=None, source=source, last=last,
    )  # fmt: skip
    assert keys(html) == ["p1", "p2", "p4", "p3"]
    assert last == 4


def test_of_a_paragraph_split_in_the_editor_the_first_half_keeps_the_key() -> None:
    before = '<p data-key="p1">One sentence is here. Another one follows it.</p><p data-key="p2">Last.</p>'
    after = (
        '<p data-key="p1">One sentence is here.</p><p data-key="p1">Another one follows.</p><p data-key="p2">Last.</p>'
    )
    assert keys(with_keys(after, previous=before, source=None, last=2)[0]) == ["p1", "p3", "p2"]


def test_a_paragraph_typed_before_another_does_not_take_its_key() -> None:
    before = '<p data-key="p1">The old paragraph, which has a public address.</p>'
    after = '<p data-key="p1">A new one.</p><p data-key="p1">The old paragraph, which has a public address!</p>'
    assert keys(with_keys(after, previous=before, source=None, last=1)[0]) == ["p2", "p1"]


def test_a_corrected_paragraph_that_lost_its_key_is_known_by_its_words() -> None:
    before = (
        '<p data-key="p1">On that night 150 people were killed.</p><p data-key="p2">The day is observed yearly.</p>'
    )
    after = "<p>New words come first.</p><p>On that night 147 people were killed.</p><p>The day is observed yearly.</p>"
    assert keys(with_keys(after, previous=before, source=None, last=2)[0]) == ["p3", "p1", "p2"]


def test_a_rewritten_paragraph_of_an_original_is_a_new_one() -> None:
    before = '<p data-key="p1">On that night people were killed.</p>'
    html, last = with_keys("<p>Quite another subject</p>", previous=before, source=None, last=1)
    assert (keys(html), last) == (["p2"], 2)


def test_a_paragraph_added_to_the_source_is_inherited_where_the_translator_adds_it() -> None:
    source = '<p data-key="p1">One.</p><p data-key="p4">Added.</p><p data-key="p2">Two.</p><p data-key="p3">Three.</p>'
    previous = '<p data-key="p1">Bir.</p><p data-key="p2">İki.</p><p data-key="p3">Üç.</p>'
    html = '<p data-key="p1">Bir.</p><p>Əlavə.</p><p data-key="p2">İki.</p><p data-key="p3">Üç.</p>'
    assert keys(with_keys(html, previous=previous, source=source, last=4)[0]) == ["p1", "p4", "p2", "p3"]


def test_a_heading_never_takes_the_place_of_a_paragraph() -> None:
    source = '<h2 data-key="p1">Heading</h2><p data-key="p2">Paragraph</p>'
    assert keys(with_keys("<p>Abzas</p>", previous=None, source=source, last=2)[0]) == ["p2"]


def test_a_key_that_nobody_gave_is_not_taken_over() -> None:
    html, last = with_keys('<p data-key="p999">x</p>', previous='<p data-key="p1">other</p>', source=None, last=5)
    assert (keys(html), last) == (["p6"], 6)


def test_a_number_lost_by_the_counter_is_not_given_again() -> None:
    html, last = with_keys("<p>x</p>", previous='<p data-key="p7">quite other</p>', source=None, last=0)
    assert (keys(html), last) == (["p8"], 8)


def test_repeated_words_are_kept_apart() -> None:
    before = '<p data-key="p1">Amen.</p><p data-key="p2">Between.</p><p data-key="p3">Amen.</p>'
    assert keys(with_keys(without_keys(before), previous=before, source=None, last=3)[0]) == ["p1", "p2", "p3"]


def test_a_whole_book_of_paragraphs_without_keys_is_matched() -> None:
    chance = random.Random(1)  # noqa: S311 not a secret
    names = [f"w{number}" for number in range(300)]
    written = [" ".join(chance.choices(names, k=30)) for _ in range(1000)]
    before, last = with_keys("".join(f"<p>{text}</p>" for text in written), previous=None, source=None, last=0)
    corrected = [text.replace("w7 ", "w8 ").replace("w9 ", "") for text in written]
    after, last = with_keys("".join(f"<p>{text}</p>" for text in corrected), previous=before, source=None, last=last)
    assert (keys(after), last) == (keys(before), 1000)
