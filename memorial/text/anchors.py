"""Keys as public anchors: what a stored text becomes on a page."""

import re
from collections.abc import Callable
from html import escape

# A cleaned text writes "<" in no other place than tags, the key first, and has no block inside a block with a key.
_KEYED = re.compile(r'<(p|h2|h3|li) data-key="(p[1-9][0-9]*)"([^>]*)>(.*?)</\1>', re.DOTALL)


def anchored(html: str, link_label: Callable[[str], str]) -> str:
    """Return a stored text with each key as ``id`` and, at the end of the block, a small link to it.

    ``link_label("p4")`` is the link's accessible name in the language of the page, as plain text.
    """

    def anchor(match: re.Match[str]) -> str:
        kind, key, attributes, inside = match.groups()
        link = f'<a class="anchor" href="#{key}" aria-label="{escape(link_label(key))}">¶</a>'
        return f'<{kind} id="{key}"{attributes}>{inside}{link}</{kind}>'

    return _KEYED.sub(anchor, html)
