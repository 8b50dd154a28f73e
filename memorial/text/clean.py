"""The one allow-list for rich text, and the function that applies it.

Three steps: ``nh3`` (ammonia, html5ever) reads whatever comes in as a browser would and removes what is dangerous;
``characters`` removes invisible characters; ``assembly`` builds the few shapes that a text has from what is left.
"""

import re
from functools import lru_cache

import nh3
from lxml import etree

from .assembly import DEMOTED, Assembly
from .characters import without_invisible

#: The tags of a stored text, with the attributes each may carry. The editor widget offers these and no others.
TAGS: dict[str, frozenset[str]] = {
    "p": frozenset({"data-key", "lang", "dir"}),
    "h2": frozenset({"data-key", "lang", "dir"}),
    "h3": frozenset({"data-key", "lang", "dir"}),
    "li": frozenset({"data-key", "lang", "dir"}),
    "ul": frozenset({"lang", "dir"}),
    "ol": frozenset({"lang", "dir"}),
    "blockquote": frozenset({"lang", "dir"}),
    "span": frozenset({"lang", "dir"}),
    "a": frozenset({"href", "hreflang"}),
    "em": frozenset(),
    "strong": frozenset(),
    "br": frozenset(),
}
#: The schemes an address in a text may have; relative addresses are removed.
SCHEMES = frozenset({"http", "https", "mailto"})

# Read although they are not stored: they mark where one paragraph ends and another begins, or become a tag above.
_READ = {
    "address", "article", "aside", "b", "bdi", "bdo", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "i", "legend", "main", "menu", "nav", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_EMPTIED = {
    "head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea", "title", "xml",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags={*TAGS, *DEMOTED, *_READ},
    clean_content_tags=_EMPTIED,
    attributes={
        "*": {"lang", "dir"},
        "a": {"href", "hreflang"},
        **{tag: {"data-key"} for tag in ("p", "li", "h2", "h3", *DEMOTED)},
    },
    url_schemes=set(SCHEMES),
    url_relative="deny",
    link_rel=None,
)

# html5ever needs quadratic time for deeply nested blocks, and libxml2 refuses a depth of more than 2048.
_DEEPEST = 300
_NAMESPACED = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*:[^<>]*>")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_CLOSED_BY_THE_NEXT = frozenset({"p", "li", "br", "hr", "img", "input", "link", "meta", "col", "wbr", "area", "source"})
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})


@lru_cache(maxsize=64)  # a text that is saved passes here again on its way to each column
def clean(html: str) -> str:
    """Return ``html`` with nothing but what the allow-list has, NFC, as a sequence of blocks without space between.

    Cleaning twice changes nothing; nothing that is typed makes it raise; text is never lost, save invisible characters,
    the inside of scripts and the like, and blocks without a visible character. What it returns is XML but for ``<br>``.
    """
    safe = _CLEANER.clean(_shallow(without_invisible(html)))
    assembly = Assembly()
    for event, element in etree.iterwalk(tree(without_invisible(safe)), events=("start", "end")):
        if event == "start":
            assembly.open(str(element.tag), {str(name): str(value) for name, value in element.attrib.items()})
            assembly.write(element.text or "")
        else:
            assembly.close()
            assembly.write(element.tail or "")
    return assembly.html()


def tree(html: str) -> etree._Element:
    """Parse a cleaned text; its blocks are the children of the element that is returned."""
    # Neither replacement can meet text: a cleaned text writes its own "<" and "&" as "&lt;" and "&amp;".
    xml = html.replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")
    return etree.fromstring(f"<body>{xml}</body>", etree.XMLParser(huge_tree=True, resolve_entities=False))


def _shallow(html: str) -> str:
    """Return ``html`` unless its elements are nested without end; then its paragraphs only, or the bare characters."""
    html = _NAMESPACED.sub("", html)
    if _is_deep(html):
        html = _ANY_TAG.sub(_flattened, html)
        if _is_deep(html):
            html = html.replace("<", "&lt;")
    return html


def _is_deep(html: str) -> bool:
    """Say whether too many elements are open at once; misnested ones count as open, so this never says too few."""
    still_open: list[str] = []
    for slash, name in _TAG.findall(html.lower()):
        if name in _CLOSED_BY_THE_NEXT:
            continue
        if not slash:
            still_open.append(name)
            if len(still_open) > _DEEPEST:
                return True
        elif still_open and still_open[-1] == name:
            still_open.pop()
    return False


def _flattened(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name == "br":
        return "<br>"
    return "" if name in _INLINE else "<p>"
