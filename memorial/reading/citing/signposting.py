"""Signposting: typed links that tell machines what belongs to a statement (FAIR Signposting Profile, levels 1 and 2).

Level 1 is the ``Link`` header of the page (RFC 8288), level 2 a link set (RFC 9264). ``cite-as`` is RFC 8574,
``describedby`` POWDER, ``item`` and ``collection`` RFC 6573, ``linkset`` RFC 9264.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from memorial.reading.addresses import absolute
from memorial.reading.paths import path_to

from .cited import Cited

if TYPE_CHECKING:
    from .formats import Format

MEDIA_TYPE = "application/linkset+json"
PROFILE = "https://signposting.org/FAIR/"
# What the page is: a page about the statement, and (it holds the words) the statement itself.
TYPES = ("https://schema.org/AboutPage", "https://schema.org/DigitalDocument")

ITEMS_IN_HEADER = 8


class Addressed(Protocol):
    """The page of an edition, as far as it is known by its address: what to cite, and itself in other formats."""

    @property
    def cite_as(self) -> str: ...

    def address(self, suffix: str) -> str: ...


@dataclass(frozen=True)
class Link:
    """One link from the page: its relation, where to, and what is there. ``media_type``, ``profile`` may be empty."""

    rel: str
    href: str
    media_type: str = ""
    profile: str = ""

    def __str__(self) -> str:
        """The link as the header has it (RFC 8288, section 3)."""
        attributes = [("rel", self.rel), ("type", self.media_type), ("profile", self.profile)]
        return f"<{self.href}>" + "".join(f'; {name}="{value}"' for name, value in attributes if value)

    def target(self) -> dict[str, str]:
        """The link as a link set has it (RFC 9264, section 4.2.3)."""
        values = {"href": self.href, "type": self.media_type, "profile": self.profile}
        return {name: value for name, value in values.items() if value}


def links(cited: Cited, formats: Sequence["Format"]) -> list[Link]:
    """Return the links of the page that shows the edition."""
    found = [*links_of_the_address(cited, formats), Link("author", cited.issuer_address, "text/html"), *_items(cited)]
    if cited.series_address:
        found.append(Link("collection", cited.series_address, "text/html"))
    return found


def links_of_the_address(page: Addressed, formats: Sequence["Format"]) -> list[Link]:
    """Return the links that follow from where the page is: all that a server in front can say, which reads no page."""
    return [
        Link("cite-as", page.cite_as),
        *(Link("type", each) for each in TYPES),
        *(Link("describedby", page.address(each.suffix), each.media_type, each.profile) for each in formats),
        Link("linkset", page.address("linkset.json"), MEDIA_TYPE),
    ]


def header(links: Sequence[Link]) -> str:
    """Return the value of the ``Link`` header. Only the first items are in it, lest a proxy find it too long."""
    items = [link for link in links if link.rel == "item"]
    left_out = items[ITEMS_IN_HEADER:]
    return ", ".join(str(link) for link in links if link not in left_out)


def linkset(cited: Cited, formats: Sequence["Format"]) -> dict[str, Any]:
    """Return the link set of the page, its items and its descriptions: each of these points back to the page."""
    page = Link("", cited.own_page, "text/html")
    contexts = [_context(page.href, links(cited, formats))]
    contexts += [_context(item.href, [Link("collection", page.href, page.media_type)]) for item in _items(cited)]
    for each in formats:
        contexts.append(_context(cited.address(each.suffix), [Link("describes", page.href, page.media_type)]))
    return {"linkset": contexts}


def _items(cited: Cited) -> Iterator[Link]:
    """The files: the text that the SHA-256 is of, and what is attached."""
    yield Link("item", cited.citation.address_of_text, "text/plain")
    for file in cited.edition.facts["attachments"]:
        given = {"sid": cited.citation.sid, "sha256": file["sha256"], "name": file["name"]}
        yield Link("item", absolute(path_to("attachment", **given)), file["content_type"])


def _context(anchor: str, links: Iterable[Link]) -> dict[str, Any]:
    context: dict[str, Any] = {"anchor": anchor}
    for link in links:
        context.setdefault(link.rel, []).append(link.target())
    return context
