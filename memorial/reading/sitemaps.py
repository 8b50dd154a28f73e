"""Sitemaps (sitemaps.org, protocol 0.9): each indexed page in all its languages, with the others as alternates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from memorial.publishing.models import Edition, SealedFigure, SourceEdition
from memorial.reading.paths import path_to
from memorial.statements.labels import LABELS
from memorial.statements.models import Event, Issuer, Occasion

from .addresses import absolute, of_statement, permalink

# With 20 languages a part of this size stays under the protocol's 50 MB and 50,000 addresses.
STATEMENTS_IN_A_PART = 500
SECTIONS = (
    "statements", "search", "issuers", "occasions", "events", "timeline", "names", "places", "coverage", "corrections",
    "subscribe", "about",
)  # fmt: skip
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@dataclass(frozen=True)
class Listed:
    """One page: its path in each language, the path for readers of no listed language, and when each last changed."""

    paths: Mapping[str, str]
    default: str
    changed: Mapping[str, datetime]


# The first statement of each part is the first one after the part before it: as many steps in an index as parts.
_PARTS = f"""
WITH RECURSIVE part (number) AS (
    SELECT (MIN(statement_id) - 1) / %(size)s + 1 FROM {Edition._meta.db_table} WHERE visible_from <= %(now)s
    UNION ALL
    SELECT (
        SELECT (MIN(statement_id) - 1) / %(size)s + 1 FROM {Edition._meta.db_table}
        WHERE visible_from <= %(now)s AND statement_id > part.number * %(size)s
    ) FROM part WHERE part.number IS NOT NULL
)
SELECT number FROM part WHERE number IS NOT NULL
"""  # noqa: S608 our own table


def parts() -> list[int]:
    """Return the numbers of the parts that the statements are listed in. One query.

    A part is a range of keys, so that no part reads those before it; a range that holds nothing public is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"size": STATEMENTS_IN_A_PART, "now": timezone.now()})
        return [number for (number,) in cursor.fetchall()]


def pages(tags: Sequence[str]) -> list[Listed]:
    """Return the pages that are there in every language: sections, labels, ledgers, series, sources.

    Seven queries, and one for each occasion.
    """
    found = [_everywhere(tags, "home", default=path_to("root"))]
    found += [_everywhere(tags, name) for name in SECTIONS]
    for name, model in LABELS.items():
        found += [_everywhere(tags, name, slug=slug) for slug in model.objects.values_list("slug", flat=True)]
    for slug, issuer in _series():
        found.append(_everywhere(tags, "series", slug=slug, issuer=issuer))
    figures = SealedFigure.objects.visible().filter(event=OuterRef("pk"))
    counted = Event.objects.filter(Exists(figures)).values_list("slug", flat=True)
    found += [_everywhere(tags, "event_figures", slug=slug) for slug in counted]
    sources = SourceEdition.objects.visible().order_by("source_id").values_list("source__ref", flat=True)
    return found + [_everywhere(tags, "source", ref=ref) for ref in sources]


def _series() -> Iterator[tuple[str, str]]:
    """The occasions and issuers that statements bring together.

    A query for each occasion, which asks for each issuer whether there is a statement, and reads none but the first.
    """
    for key, occasion in Occasion.objects.order_by("slug").values_list("pk", "slug"):
        standing = Edition.objects.standing().filter(occasion=key, issuer=OuterRef("pk"))
        issuers = Issuer.objects.filter(Exists(standing)).order_by("slug").values_list("slug", flat=True)
        yield from ((occasion, issuer) for issuer in issuers)


def statements(tags: Sequence[str], number: int) -> list[Listed]:
    """Return the statements of part ``number``. Raises Http404 where it holds none. Two queries."""
    keys = Q(statement__gt=(number - 1) * STATEMENTS_IN_A_PART, statement__lte=number * STATEMENTS_IN_A_PART)
    rows = Edition.objects.filter(keys).visible().cards().order_by("statement_id", "language")
    found: list[Listed] = []
    for _statement, group in groupby(rows, key=lambda row: row.statement_id):
        editions = {row.language: row for row in group}
        paths = {tag: of_statement(editions[tag]) for tag in tags if tag in editions}
        changed = {tag: row.visible_from for tag, row in editions.items()}
        found.append(Listed(paths, permalink(next(iter(editions.values())).statement.sid), changed))
    if not found:
        raise Http404("nothing public in this part")
    return found


def urlset(places: Iterable[Listed]) -> str:
    """Write the pages as a sitemap."""
    lines = [OPENING.format("urlset")]
    for place in places:
        alternates = "".join(_link(tag, path) for tag, path in place.paths.items()) + _link("x-default", place.default)
        for tag, path in place.paths.items():
            moment = place.changed.get(tag)
            changed = f"<lastmod>{moment.isoformat(timespec='seconds')}</lastmod>" if moment else ""
            lines.append(f"<url><loc>{escape(absolute(path))}</loc>{changed}{alternates}</url>\n")
    return "".join([*lines, "</urlset>\n"])


def index(addresses: Iterable[str]) -> str:
    """Write a list of sitemaps."""
    lines = [f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses]
    return "".join([OPENING.format("sitemapindex"), *lines, "</sitemapindex>\n"])


def _everywhere(tags: Sequence[str], name: str, default: str = "", **kwargs: str) -> Listed:
    paths = {tag: path_to(name, lang=tag, **kwargs) for tag in tags}
    return Listed(paths, default or next(iter(paths.values()), ""), {})


def _link(tag: str, path: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang={quoteattr(tag)} href={quoteattr(absolute(path))}/>'
