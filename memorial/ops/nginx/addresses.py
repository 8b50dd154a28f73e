"""What follows from the address of a page, so that nginx, which reads no page, can say it: links and surrogate keys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import ResolverMatch, RoutePattern

from memorial.publishing.models import Edition
from memorial.reading.addresses import absolute, of_statement, permalink
from memorial.reading.citing.formats import METADATA
from memorial.reading.citing.signposting import header, links_of_the_address
from memorial.reading.page_cache.copies import surrogate_keys
from memorial.statements.models import Statement

# A pattern of an address, and what nginx says of a page there: with the variables that the pattern has set.
Said = tuple[str, str]
# An edition that there is not: its parts are replaced by what nginx finds in their places in the address asked for.
LANGUAGE, SID, SLUG, NUMBER = "en", "22222222", "slug", 999999


@dataclass(frozen=True)
class _AnyPage:
    """The page of a statement in one language, or of one edition."""

    edition: Edition
    is_by_number: bool

    @property
    def path(self) -> str:
        if self.is_by_number:
            return of_statement(self.edition, "edition", number=self.edition.number)
        return of_statement(self.edition)

    @property
    def cite_as(self) -> str:
        return absolute(self.path if self.is_by_number else permalink(self.edition.statement.sid))

    def address(self, suffix: str) -> str:
        return absolute(of_statement(self.edition, "citation", suffix=suffix)) + (
            f"?edition={self.edition.number}" if self.is_by_number else ""
        )


def links(name: str) -> list[Said]:
    """Return which pages have which ``Link`` header, as far as their address says it; ``name`` begins the variables."""
    edition = Edition(statement=Statement(sid=SID, slug=SLUG), language=LANGUAGE, number=NUMBER)
    parts = {LANGUAGE: "language", SID: "sid", SLUG: "slug", str(NUMBER): "number"}
    found = []
    for page in (_AnyPage(edition, is_by_number=False), _AnyPage(edition, is_by_number=True)):
        pattern, link = re.escape(page.path), header(links_of_the_address(page, METADATA))
        for value, part in parts.items():
            pattern = re.sub(rf"(?<=/){value}(?=/)", f"(?<{name}_of_{part}>[^/?]+)", pattern)
            link = re.sub(rf"(?<=[/=]){value}(?=[/.>?])", f"${name}_of_{part}", link)
        found.append((f"~^{pattern}$", link.replace('"', '\\"')))
    return found


def keys(name: str) -> list[Said]:
    """Return the surrogate keys of the pages at each address that nginx answers, divided by spaces."""
    found = []
    for route, pattern in _kept(get_resolver().url_patterns):
        asked = RoutePattern(route, is_endpoint=True)
        # Letters that a key may hold stand for what a part of the address will be.
        stand_ins = {part: f"0{number}0{part}0" for number, part in enumerate(asked.converters)}
        match = ResolverMatch(pattern.callback, (), stand_ins | pattern.default_args, url_name=pattern.name)
        request = HttpRequest()
        request.resolver_match = match
        said = " ".join(surrogate_keys(request))
        regex = asked.regex.pattern.removeprefix("^").removesuffix(r"\Z")
        for part, stand_in in stand_ins.items():
            said = said.replace(stand_in, f"${name}_in_{part}")
            regex = regex.replace(f"(?P<{part}>", f"(?<{name}_in_{part}>")
        found.append((f"~^/{regex}$", said))
    return found


def _kept(patterns: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _kept(each.url_patterns, route)
        elif hasattr(each.callback, "kept_parameters") and route.endswith("/"):
            yield route, each
