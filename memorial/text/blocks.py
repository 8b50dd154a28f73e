"""The blocks of a cleaned text: paragraphs, headings and list items, each with its key.

Every function here takes HTML as ``clean()`` returns it and as it is stored; ``with_keys()`` alone takes any HTML.
"""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from .block import Block
from .clean import clean, tree
from .keys import assign

_BLOCKS = ("p", "h2", "h3")
_CONTAINERS = ("ul", "ol", "li", "blockquote")
# Han and kana are written without spaces; word counters (Unicode Standard Annex 29) take each for a word.
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def blocks(html: str) -> list[Block]:
    """Return the blocks of a cleaned text in the order of reading."""
    return [_block(element, levels) for element, levels in leaves(tree(html))]


def with_keys(html: str, *, previous: str | None, source: str | None, last: int) -> tuple[str, int]:
    """Clean ``html`` and give every block a key; return it with the highest number given so far in the statement.

    ``previous`` is the text before this one in the same language, ``source`` the text that it translates; both cleaned
    and with keys. ``last`` is the highest number given before. The rules are in ``keys.py``.
    """
    root = tree(clean(html))
    found = list(leaves(root))
    keys, last = assign(
        [_block(element, levels) for element, levels in found],
        previous=blocks(previous or ""),
        source=blocks(source or ""),
        last=last,
    )
    for (element, _), key in zip(found, keys, strict=True):
        attributes = {"data-key": key, **{name: value for name, value in element.items() if name != "data-key"}}
        element.attrib.clear()
        element.attrib.update(attributes)
    return inside(root), last


def plain(html: str) -> str:
    """Return a cleaned text as plain text: a blank line between blocks, ``"- "`` before list items."""
    return "\n\n".join(("- " if _begins_item(block) else "") + block.text for block in blocks(html))


def words(html: str) -> int:
    """Return the number of words in a cleaned text: what stands between spaces and has a letter or a digit."""
    return words_in(blocks(html))


def words_in(found: Iterable[Block]) -> int:
    """Return the number of words in the blocks of a text."""
    return sum(
        word.isalnum() or any(char.isalnum() for char in word)
        for block in found
        for word in _IDEOGRAPH.sub(r" \g<0> ", block.text).split()
    )


def _begins_item(block: Block) -> bool:
    return any(level.strip() not in ("", ">") for level in block.levels)


def leaves(
    parent: etree._Element, around: tuple[list[str], ...] = ()
) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Yield the element of each block under ``parent`` of a cleaned text, with the levels of ``Block``.

    ``around`` has the marks of what is around ``parent``: [for the next block, for those after it].
    """
    for number, element in enumerate(parent, start=1):
        tag = str(element.tag)
        inner = around
        if tag == "li":
            mark = "- " if parent.tag == "ul" else f"{number}. "
            inner = (*around, [mark, " " * len(mark)])
        elif tag == "blockquote":
            inner = (*around, ["> ", "> "])
        if tag in _BLOCKS or (tag == "li" and not any(child.tag in (*_BLOCKS, *_CONTAINERS) for child in element)):
            yield element, tuple(level[0] for level in inner)
            for level in inner:
                level[0] = level[1]
        else:
            yield from leaves(element, inner)


def _block(element: etree._Element, levels: tuple[str, ...]) -> Block:
    html = inside(element)
    for line_break in element.iter("br"):
        line_break.text = "\n"  # for itertext(); taken back below
    text = "".join(str(part) for part in element.itertext())
    for line_break in element.iter("br"):
        line_break.text = None
    return Block(
        key=element.get("data-key", ""),
        kind=str(element.tag),
        html=html,
        text=text,
        lang=_nearest(element, "lang"),
        dir=_nearest(element, "dir"),
        levels=levels,
    )


def _nearest(element: etree._Element | None, name: str) -> str:
    while element is not None:
        if value := element.get(name):
            return value
        element = element.getparent()
    return ""


def inside(element: etree._Element) -> str:
    """The HTML inside an element of a cleaned text, written as ``clean()`` writes it."""
    written = etree.tostring(element, encoding="unicode", with_tail=False)
    if written.endswith("/>"):
        return ""
    return written[written.index(">") + 1 : written.rindex("</")].replace("<br/>", "<br>")
