"""Writing Atom (RFC 4287) with what Django's generator lacks: other languages, sources, the language of an entry."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

# When nothing has been published: a feed needs a moment, and an empty one has not changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_CONTROL = dict.fromkeys([*range(0x20), 0x7F, 0xFFFE, 0xFFFF]) | {9: " ", 10: "\n", 13: "\n"}


@dataclass(frozen=True)
class Link:
    """One link of an entry beside its own address."""

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""


@dataclass(frozen=True)
class Entry:
    """One entry: its id never changes; ``author`` is who speaks, never the archive."""

    id: str
    title: str
    address: str
    author: str
    author_address: str
    lang: str
    published: datetime
    updated: datetime
    summary: str
    kinds: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed: its id, its own address and that of the page it belongs to."""

    id: str
    title: str
    subtitle: str
    lang: str
    address: str
    page: str
    archive: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        """When the newest of its entries last changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


class _Writer(Atom1Feed):
    """Django's writer, with the language of each entry and its further links."""

    def latest_post_date(self) -> Any:
        """Never the clock: the same entries are the same bytes."""
        return self.feed["updated"]

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """The language that the entry speaks."""
        return {**super().item_attributes(item), "xml:lang": item["lang"]}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """What Django writes, then the further links."""
        super().add_item_elements(handler, item)
        for link in item["links"]:
            given = {"rel": link.rel, "href": link.href, "type": link.type, "hreflang": link.hreflang}
            handler.addQuickElement("link", "", {name: value for name, value in given.items() if value})


def write(feed: Feed) -> bytes:
    """Return the feed as a document. What XML cannot hold is left out."""
    writer = _Writer(
        title=_plain(feed.title),
        link=feed.page,
        description="",
        language=feed.lang,
        subtitle=_plain(feed.subtitle),
        author_name=_plain(feed.archive),
        feed_url=feed.address,
        feed_guid=feed.id,
        updated=feed.updated,
    )
    for entry in feed.entries:
        writer.add_item(
            title=_plain(entry.title),
            link=entry.address,
            description=escape(_plain(entry.summary)),  # the element says that it holds HTML
            author_name=_plain(entry.author),
            author_link=entry.author_address,
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=entry.kinds,
            lang=entry.lang,
            links=entry.links,
        )
    return writer.writeString("utf-8").encode()


def _plain(text: str) -> str:
    return text.translate(_CONTROL)
