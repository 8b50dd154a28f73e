"""Building the few shapes that a text has: paragraphs, headings, lists and quotations, with runs of text inside.

The grammar of what is built: a body or ``blockquote`` holds blocks and containers; ``ul`` and ``ol`` hold ``li``; an
``li`` holds either text alone (then it is a block itself) or blocks and containers; a block holds text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .characters import is_blank
from .runs import Mark, Run, inner_html, settled, start_tag

#: Headings that are not stored, and what they become.
DEMOTED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3"}
#: The form of a block's key.
KEY = re.compile(r"p[1-9][0-9]{0,5}")

_MARKS = {tag: tag for tag in ("em", "strong", "a", "span")} | {"i": "em", "b": "strong", "bdi": "span", "bdo": "span"}
_LISTS = ("ul", "ol")
_ATTRIBUTES = ("data-key", "lang", "dir")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,5}")
_MOST_CONTAINERS = 16
_MOST_MARKS = 12


@dataclass
class _Leaf:
    """A block. ``is_bare``: its text had no element of its own, so it may turn out to be the text of an ``li``."""

    kind: str
    attributes: dict[str, str]
    is_bare: bool
    runs: list[Run] = field(default_factory=list)

    def html(self) -> str:
        return _element(self.kind, self.attributes, inner_html(self.runs))


@dataclass
class _Container:
    """A list, a list item, a quotation or the whole body. ``is_bare``: made for list items that had no list."""

    kind: str
    attributes: dict[str, str] = field(default_factory=dict)
    is_bare: bool = False
    children: list["_Leaf | _Container"] = field(default_factory=list)

    def html(self) -> str:
        return _element(self.kind, self.attributes, "".join(child.html() for child in self.children))


class Assembly:
    """Takes the start, the text and the end of elements, in the order of the document, and returns the cleaned HTML."""

    def __init__(self) -> None:
        self._body = _Container("body")
        self._containers = [self._body]
        self._leaf: _Leaf | None = None
        self._marks: tuple[Mark, ...] = ()
        self._inherited: dict[str, str] = {}
        # What to go back to when an element ends: how many containers, which marks, which inherited attributes.
        self._open: list[tuple[bool, int, tuple[Mark, ...], dict[str, str]]] = []

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element. Tags that are neither marks nor stored only end the paragraph before them."""
        is_inline = tag in _MARKS or tag == "br"
        self._open.append((is_inline, len(self._containers), self._marks, self._inherited))
        if tag == "br":
            if self._leaf:
                self._leaf.runs.append(Run(self._marks, None))
        elif is_inline:
            self._mark(tag, attributes)
        else:
            self._leaf = None
            self._block(DEMOTED.get(tag, tag), _kept(attributes))

    def write(self, text: str) -> None:
        """Add ``text`` to the open paragraph; outside of one it begins a paragraph, unless it is white space."""
        if not text or (self._leaf is None and not text.strip(" \t\n\r\f")):
            return
        if self._leaf is None:
            self._begin(_Leaf("p", dict(self._inherited), is_bare=True))
        assert self._leaf is not None  # noqa: S101 for the type checker: _begin() has just set it
        self._leaf.runs.append(Run(self._marks, text))

    def close(self) -> None:
        """End the element that was opened last."""
        is_inline, containers, self._marks, self._inherited = self._open.pop()
        del self._containers[containers:]
        if not is_inline:
            self._leaf = None

    def html(self) -> str:
        """Return what has been built, without the blocks that show nothing."""
        _settle(self._body)
        return "".join(child.html() for child in self._body.children)

    def _block(self, kind: str, attributes: dict[str, str]) -> None:
        around = {**self._inherited, **attributes}
        key_of_its_own = around.pop("data-key", None)
        key = {"data-key": key_of_its_own} if key_of_its_own else {}
        has_room = len(self._containers) <= _MOST_CONTAINERS
        if kind == "li" and (has_room or self._containers[-1].kind in _LISTS):
            if self._containers[-1].kind not in _LISTS:
                self._list_for_stray_items()
            self._enter(_Container("li", {**key, **around}))
        elif kind in (*_LISTS, "blockquote") and has_room:
            self._enter(_Container(kind, around))
        else:
            self._inherited = around
            if kind in ("p", "h2", "h3"):
                self._begin(_Leaf(kind, {**key, **around}, is_bare=False))

    def _enter(self, container: _Container) -> None:
        parent = self._containers[-1] if container.kind == "li" else self._place()
        parent.children.append(container)
        self._containers.append(container)
        self._inherited = {}

    def _list_for_stray_items(self) -> None:
        parent = self._containers[-1]
        last = parent.children[-1] if parent.children else None
        if isinstance(last, _Container) and last.is_bare:
            self._containers.append(last)
        else:
            self._enter(_Container("ul", is_bare=True))

    def _begin(self, leaf: _Leaf) -> None:
        self._place().children.append(leaf)
        self._leaf = leaf

    def _place(self) -> _Container:
        """The container for a new child: the innermost open one, or in a list its last item."""
        innermost = self._containers[-1]
        if innermost.kind not in _LISTS:
            return innermost
        if not innermost.children:
            innermost.children.append(_Container("li"))
        item = innermost.children[-1]
        assert isinstance(item, _Container)  # noqa: S101 for the type checker: lists hold nothing but items
        return item

    def _mark(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = _MARKS[tag]
        kept: dict[str, str] = {}
        if kind == "a":
            kept = _link(attributes)
        elif kind == "span":
            kept = _kept({name: value for name, value in attributes.items() if name != "data-key"})
        if tag == "bdi":
            kept.setdefault("dir", "auto")
        is_double = kind != "span" and any(mark.kind == kind for mark in self._marks)
        is_empty = kind in ("a", "span") and not kept
        if not (is_double or is_empty or len(self._marks) >= _MOST_MARKS):
            self._marks = (*self._marks, Mark(kind, kept))


def _kept(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes that are stored, if their values are well formed, in their order."""
    values = {
        "data-key": attributes.get("data-key", ""),
        "lang": attributes.get("lang", "").strip(),
        "dir": attributes.get("dir", "").strip().lower(),
    }
    is_good = {
        "data-key": KEY.fullmatch(values["data-key"]),
        "lang": _TAG.fullmatch(values["lang"]),
        "dir": values["dir"] in ("ltr", "rtl", "auto"),
    }
    return {name: values[name] for name in _ATTRIBUTES if is_good[name]}


def _link(attributes: Mapping[str, str]) -> dict[str, str]:
    """A link's attributes; no ``href`` if its address is not an absolute one of the web or of mail."""
    href = re.sub(r"[\t\r\n]", "", attributes.get("href", "")).strip()
    for char in ' "<>\\^`{|}':
        href = href.replace(char, f"%{ord(char):02X}")
    try:
        address = urlsplit(href)
    except ValueError:
        return {}
    if not (address.netloc if address.scheme in ("http", "https") else address.scheme == "mailto" and address.path):
        return {}
    hreflang = attributes.get("hreflang", "").strip()
    return {"href": href, **({"hreflang": hreflang} if _TAG.fullmatch(hreflang) else {})}


def _settle(container: _Container) -> None:
    """Drop what shows nothing, and decide which list items are blocks themselves."""
    kept: list[_Leaf | _Container] = []
    for child in container.children:
        if isinstance(child, _Leaf):
            child.runs = settled(child.runs)
            if not is_blank("".join(run.text or "" for run in child.runs)):
                kept.append(child)
        else:
            _settle(child)
            if child.children:
                kept.append(_item(child) if child.kind == "li" else child)
    container.children = kept


def _item(item: _Container) -> _Leaf | _Container:
    """The item as a block if it is nothing but text; else its key goes to the first block, if that has none."""
    first = item.children[0]
    if isinstance(first, _Leaf) and first.is_bare and len(item.children) == 1:
        return _Leaf("li", {**item.attributes, **first.attributes}, is_bare=False, runs=first.runs)
    key = item.attributes.pop("data-key", "")
    if key and isinstance(first, _Leaf) and "data-key" not in first.attributes:
        first.attributes["data-key"] = key
    return item


def _element(kind: str, attributes: Mapping[str, str], inside: str) -> str:
    ordered = {name: attributes[name] for name in _ATTRIBUTES if name in attributes}
    return f"{start_tag(kind, ordered)}{inside}</{kind}>"
