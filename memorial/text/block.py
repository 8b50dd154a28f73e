"""One block of a text: a paragraph, a heading or a list item."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One paragraph, heading or list item.

    ``key`` is ``"p4"``, or empty before it is given; ``kind`` is ``p``, ``h2``, ``h3`` or ``li``; ``html`` is what is
    inside the element; ``text`` has line breaks as ``"\\n"``; ``lang`` and ``dir`` are its own or those of the list or
    quotation around it, or empty. ``levels`` has one entry for each quotation and item around it, outermost first:
    ``"> "``, ``"- "``, ``"3. "``, or spaces for an item's second and later blocks.
    """

    key: str
    kind: str
    html: str
    text: str
    lang: str
    dir: str
    levels: tuple[str, ...] = ()
