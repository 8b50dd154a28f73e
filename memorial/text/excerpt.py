"""One block of a text by itself, as it is shown beside another text."""

from html import escape

from .block import Block


def excerpt(block: Block, inside: str | None = None) -> str:
    """Return a block of a cleaned text as HTML of its own, within the quotations and items that are around it.

    ``inside`` is shown in place of what the block holds: the same words with marks of a difference, say. An item of a
    numbered list keeps its number.
    """
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in (("lang", block.lang), ("dir", block.dir)) if value
    )
    html = block.html if inside is None else inside
    levels = list(block.levels)
    if block.kind == "li":
        html = _item(levels.pop() if levels else "- ", html, attributes)
    else:
        html = f"<{block.kind}{attributes}>{html}</{block.kind}>"
    for level in reversed(levels):
        html = _within(level, html)
    return html


def _within(level: str, html: str) -> str:
    mark = level.strip()
    if not mark:
        return f'<div class="within-item">{html}</div>'
    return f"<blockquote>{html}</blockquote>" if mark == ">" else _item(level, html)


def _item(level: str, html: str, attributes: str = "") -> str:
    number = level.strip().rstrip(".")
    if number.isdigit():
        return f'<ol start="{number}"><li{attributes}>{html}</li></ol>'
    return f"<ul><li{attributes}>{html}</li></ul>"
