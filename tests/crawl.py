"""Walks through a site by its own links, as a crawler would, and keeps what each address answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.test import Client
from lxml import etree, html

AT_MOST = 3000


@dataclass
class Answer:
    """What one address answered: status, headers and body; ``linked_from`` is the first page that named it."""

    address: str
    status: int
    headers: dict[str, str]
    content: bytes
    linked_from: str
    cookies: list[str] = field(default_factory=list)

    @property
    def is_page(self) -> bool:
        """Whether a reader sees this: HTML, and no redirect."""
        return self.headers.get("Content-Type", "").startswith("text/html") and not self.is_redirect

    @property
    def is_redirect(self) -> bool:
        """Whether it leads elsewhere."""
        return 300 <= self.status < 400

    @cached_property
    def root(self) -> html.HtmlElement:
        """The page as a tree."""
        return html.document_fromstring(self.content, parser=html.HTMLParser(encoding="utf-8"))

    @property
    def lang(self) -> str:
        """The language that the page says it speaks."""
        return str(self.root.get("lang", ""))

    @property
    def ids(self) -> set[str]:
        """What a fragment can point to."""
        return set(self.root.xpath("//@id"))

    @property
    def links(self) -> list[str]:
        """Every address that the page, sitemap or redirect names, forms with each of their choices among them.

        Links that crawlers are asked not to follow are left out: filters of a search can be put together without end.
        """
        if self.is_redirect:
            return [self.headers["Location"]]
        if "xml" in self.headers.get("Content-Type", ""):
            tree = etree.fromstring(self.content)
            return [*tree.xpath("//*[local-name()='loc']/text()"), *tree.xpath("//*[local-name()='link']/@href")]
        if not self.is_page:
            return []
        links = [str(each) for each in self.root.xpath("//*[not(contains(@rel, 'nofollow'))]/@href | //@src")]
        for form in self.root.xpath("//form[@method='get']"):
            for select in form.xpath(".//select"):
                for value in select.xpath("./option/@value[. != '']"):
                    links.append(f"{form.get('action')}?{urlencode({select.get('name'): value})}")
        return links


def crawl(client: Client, starts: Iterable[str], *, site: str) -> tuple[dict[str, Answer], list[tuple[str, str]]]:
    """Follow every internal link from ``starts``; return the answers by path, and each (page, link with fragment).

    ``site`` is the site's absolute address: links that begin with it are internal. Static files are not asked for.
    """
    waiting = dict.fromkeys(starts, "start")
    answers: dict[str, Answer] = {}
    fragments: list[tuple[str, str]] = []
    while waiting:
        path, linked_from = waiting.popitem()
        response = client.get(path)
        answer = Answer(path, response.status_code, dict(response.headers), b"", linked_from, list(response.cookies))
        answer.content = b"".join(response) if response.streaming else response.content
        answers[path] = answer
        assert len(answers) <= AT_MOST, f"the site has no end: {path}, linked from {linked_from}"
        for link in answer.links:
            whole = urljoin(site + path, link)
            if urlsplit(whole).scheme not in ("http", "https") or not whole.startswith(site):
                continue
            without, fragment = urldefrag(whole.removeprefix(site))
            if without.startswith("/static/"):
                continue
            if fragment:
                fragments.append((path, f"{without}#{fragment}"))
            if without not in answers:
                waiting.setdefault(without, path)
    return answers, fragments
