"""Reading a stored text by its blocks: plain text, words, anchors."""

from memorial.text.anchors import anchored
from memorial.text.block import Block
from memorial.text.blocks import blocks, plain, words

TEXT = (
    '<h2 data-key="p1">Title</h2><p data-key="p2">One<br>two <em>three &amp; four</em></p>'
    '<ul><li data-key="p3">five</li><li><p data-key="p4">six</p><p data-key="p5">seven</p></li></ul>'
    '<blockquote lang="fa" dir="rtl"><p data-key="p6">می\u200cخواهم</p><ol><li data-key="p7" lang="en" dir="ltr">a</li>'
    '<li data-key="p8">b</li></ol></blockquote>'
)  # fmt: skip


def test_blocks_are_paragraphs_headings_and_items_without_paragraphs() -> None:
    assert blocks(TEXT) == [
        Block("p1", "h2", "Title", "Title", "", ""),
        Block("p2", "p", "One<br>two <em>three &amp; four</em>", "One\ntwo three & four", "", ""),
        Block("p3", "li", "five", "five", "", "", ("- ",)),
        Block("p4", "p", "six", "six", "", "", ("- ",)),
        Block("p5", "p", "seven", "seven", "", "", ("  ",)),
        Block("p6", "p", "می\u200cخواهم", "می\u200cخواهم", "fa", "rtl", ("> ",)),
        Block("p7", "li", "a", "a", "en", "ltr", ("> ", "1. ")),
        Block("p8", "li", "b", "b", "fa", "rtl", ("> ", "2. ")),
    ]


def test_nothing_has_no_blocks() -> None:
    assert blocks("") == []
    assert plain("") == ""
    assert words("") == 0


def test_plain_text_has_a_blank_line_between_blocks_and_marks_items() -> None:
    assert plain(TEXT) == "Title\n\nOne\ntwo three & four\n\n- five\n\n- six\n\nseven\n\nمی\u200cخواهم\n\n- a\n\n- b"


def test_words_are_counted_in_every_script() -> None:
    assert words(TEXT) == 11
    assert words("<p>19–20 yanvar – qara gün, 1990.</p>") == 5
    assert words("<p>می\u200cخواهم بروم</p>") == 2
    assert words("<p>कार्यक्रम है</p>") == 2
    assert words("<p>声明 1990</p>") == 3


def test_keys_become_anchors_with_a_labelled_link() -> None:
    html = '<h2 data-key="p1" lang="fa">T</h2><ul><li data-key="p12">a<br>b</li></ul>'
    assert anchored(html, lambda key: f'Link to "{key}" & <more>') == (
        '<h2 id="p1" lang="fa">T<a class="anchor" href="#p1" '
        'aria-label="Link to &quot;p1&quot; &amp; &lt;more&gt;">¶</a></h2>'
        '<ul><li id="p12">a<br>b<a class="anchor" href="#p12" '
        'aria-label="Link to &quot;p12&quot; &amp; &lt;more&gt;">¶</a></li></ul>'
    )


def test_words_that_look_like_a_key_stay_words() -> None:
    html = '<p data-key="p1">write &lt;p data-key="p2"&gt; in <em>HTML</em></p>'
    assert anchored(html, str).startswith('<p id="p1">write &lt;p data-key="p2"&gt; in <em>HTML</em><a class')
