"""A crawler follows every link of the sample archive in five languages, and each page keeps what pages promise."""

import hashlib
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client

from memorial.publishing.models import Edition, SourceEdition
from memorial.reading.models import SiteChange
from memorial.reading.page_cache.changes import PRIVATE
from memorial.statements.models import Source, Statement
from tests.crawl import Answer, crawl
from tests.one_language import foreign

from .conftest import LANGUAGES

pytestmark = pytest.mark.django_db
SITE = "http://memorial.test"
DIRECTIONS = {tag: "rtl" if tag == "fa" else "ltr" for tag in LANGUAGES}
# What has no other form in Russian and Persian: agencies and sites as they write themselves.
NAMES = {"Report", "Trend", "Publika.az"}


class Walk:
    """What the crawler brought home."""

    def __init__(self) -> None:
        self.tables: set[str] = set()
        with connection.execute_wrapper(self._read):
            self._walk()

    def _read(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        self.tables.update(re.findall(r'(?:FROM|JOIN)\s+\(*"?(\w+)', str(sql)))
        return execute(sql, *rest)

    def _walk(self) -> None:
        client = Client(headers={"host": "memorial.test", "accept-language": "ru"})
        starts = ["/", "/sitemap.xml", "/robots.txt", *(f"/{tag}/" for tag in LANGUAGES)]
        self.answers, self.fragments = crawl(client, starts, site=SITE)
        self.pages = {path: answer for path, answer in self.answers.items() if answer.is_page}
        self.indexed = {
            path: page for path, page in self.pages.items() if not page.root.xpath("//meta[@name='robots']")
        }
        self.missing = {}
        for statement in Statement.objects.exclude(editions__language="fa"):
            path = f"/fa/statements/{statement.sid}/{statement.slug}/"
            response = client.get(path)
            self.missing[path] = Answer(path, response.status_code, dict(response.headers), response.content, "nowhere")
        for path in (f"/{tag}/nowhere/" for tag in LANGUAGES):
            response = client.get(path)
            self.missing[path] = Answer(path, response.status_code, dict(response.headers), response.content, "nowhere")


@pytest.fixture(scope="module")
def walk(sample_archive: None) -> Walk:
    """One walk through the whole site."""
    return Walk()


def alternates(page: Answer) -> dict[str, str]:
    """Return the addresses of the page in its languages, as its head names them."""
    links = page.root.xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def test_no_page_is_made_from_what_begins_no_generation(walk: Walk) -> None:
    # Which generation it is stands there: looked up now and then, whatever page is being made.
    private = {table for table in walk.tables if PRIVATE.fullmatch(table)} - {SiteChange._meta.db_table}
    assert private == set()
    assert {"publishing_edition", "statements_issuer", "languages_language"} <= walk.tables


def test_every_link_leads_to_a_page(walk: Walk) -> None:
    assert walk.answers["/"].headers["Location"] == "/ru/", "the crawler's browser asks for Russian"
    dead = {f"{path} (from {each.linked_from}): {each.status}" for path, each in walk.answers.items() if not (
        each.status == 200 or (each.is_redirect and re.fullmatch(r"/|/s/[a-z0-9]{8}", path))
    )}  # fmt: skip
    assert dead == set()
    statements = Statement.objects.count()
    kinds = {
        "statement": r"/\w\w/statements/\w{8}/[-\w]+/",
        "history": r"/\w\w/statements/\w{8}/[-\w]+/history/",
        "edition": r"/\w\w/statements/\w{8}/[-\w]+/v/\d+/",
        "text": r"/\w\w/statements/\w{8}/[-\w]+/v/\d+\.txt",
        "permalink": r"/s/\w{8}",
    }
    found = {kind: sum(bool(re.fullmatch(pattern, path)) for path in walk.answers) for kind, pattern in kinds.items()}
    editions = Edition.objects.count()
    newest = editions - 1  # of one statement there are two in Azerbaijani
    assert found == {
        "statement": newest, "history": newest, "edition": editions, "text": editions, "permalink": statements
    }  # fmt: skip


def test_every_link_into_a_page_has_its_place_there(walk: Walk) -> None:
    assert walk.fragments
    lost = [
        (path, target)
        for path, target in walk.fragments
        if target.partition("#")[2] not in walk.answers[target.partition("#")[0]].ids
    ]
    assert lost == []


def test_every_public_page_is_found_by_its_links(walk: Walk) -> None:
    listed = walk.answers["/sitemap.xml"].links
    assert {link.removeprefix(SITE) for link in listed} - set(walk.answers) == set()
    from_pages = {link.removeprefix(SITE).split("#")[0] for page in walk.pages.values() for link in page.links}
    addresses = set(re.findall(r"<loc>([^<]+)</loc>", walk.answers["/sitemap.xml"].content.decode()))
    assert {address.removeprefix(SITE) for address in addresses} - from_pages == set()
    assert addresses == {SITE + path for path in walk.indexed if not path.endswith("/history/")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_say_their_language_and_direction_and_have_one_heading(walk: Walk, lang: str) -> None:
    pages = {path: page for path, page in {**walk.pages, **walk.missing}.items() if path.startswith(f"/{lang}/")}
    assert len(pages) > 30
    for path, page in pages.items():
        assert (page.root.get("lang"), page.root.get("dir")) == (lang, DIRECTIONS[lang]), path
        assert page.headers["Content-Language"] == lang, path
        assert len(page.root.xpath("//h1")) == 1, path
        assert len(page.root.xpath("//main")) == 1, path
        assert page.root.xpath("//a[@class='skip'][@href='#content']"), path
        assert page.root.xpath("string(//title)").strip(" –") not in ("", settings.SITE_NAME), path


def test_no_answer_sets_a_cookie(walk: Walk) -> None:
    answers = {**walk.answers, **walk.missing}
    assert [path for path, each in answers.items() if each.cookies or "Set-Cookie" in each.headers] == []


def test_indexed_pages_name_themselves_and_each_other(walk: Walk) -> None:
    assert len(walk.indexed) > 130
    for path, page in walk.indexed.items():
        assert page.root.xpath("//link[@rel='canonical']/@href") == [SITE + path]
        named = alternates(page)
        assert named.pop("x-default").startswith(SITE), path
        assert named[page.lang] == SITE + path
        for tag, address in named.items():
            other = walk.indexed[address.removeprefix(SITE)]
            assert other.lang == tag, path
            assert alternates(other) == alternates(page), (path, address)


def test_other_pages_are_not_indexed_and_name_the_page_that_is(walk: Walk) -> None:
    others = {path: page for path, page in walk.pages.items() if path not in walk.indexed}
    assert others
    for path, page in others.items():
        assert page.root.xpath("//meta[@name='robots']/@content") == ["noindex, follow"], path
        assert alternates(page) == {}, path
        canonical = page.root.xpath("//link[@rel='canonical']/@href")
        if path == "/api/":
            assert canonical == [], "it has one address, and speaks whichever language the browser asks for"
        else:
            assert [each.removeprefix(SITE).split("?")[0] in walk.indexed for each in canonical] == [True], path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_mixes_languages(walk: Walk, lang: str) -> None:
    names = {settings.SITE_NAME, *NAMES, *Source.objects.values_list("publisher", flat=True)}
    found: dict[str, str] = {}
    for path, page in {**walk.pages, **walk.missing}.items():
        if page.lang == lang:
            for each in foreign(page.root, names):
                found.setdefault(each, path)
    assert found == {}, "\n".join(f"{each}  ({path})" for each, path in found.items())


def test_a_statement_without_a_persian_text_says_so_in_persian(walk: Walk) -> None:
    missing = {path: page for path, page in walk.missing.items() if "/statements/" in path}
    assert len(missing) == Statement.objects.count() - 1
    for path, page in missing.items():
        assert page.status == 404
        links = {a.get("lang"): a.get("href") for a in page.root.xpath("//main//li/a")}
        assert links == {tag: path.replace("/fa/", f"/{tag}/") for tag in ("az", "en", "ru", "tr")}
        assert all(href in walk.pages for href in links.values())


@pytest.mark.parametrize("lang", ["az", "en", "ru", "tr"])
def test_the_series_of_four_years_compares_and_each_statement_is_read_beside_others(walk: Walk, lang: str) -> None:
    series = walk.pages[f"/{lang}/occasions/20-january/series/mfa-az/"]
    assert len(series.root.xpath("//table[@class='series-years']/tbody/tr")) == 4
    compared = series.root.xpath("//table[@class='series-years']//a/@href[contains(., '/compare/')]")
    assert len(compared) == 3
    for path in compared:
        for view in ("", "?view=columns", "?view=list"):
            assert walk.pages[path + view].status == 200
    statement = Statement.objects.get(slug="statement-20-january-2025")
    for other in {*LANGUAGES} - {lang}:
        path = f"/{lang}/statements/{statement.sid}/{statement.slug}/with/{other}"
        assert len(walk.pages[f"{path}/"].root.xpath("//div[@id][contains(@class, 'pair')]")) == 6
        assert {walk.answers[f"{path}.{suffix}"].status for suffix in ("tsv", "tmx")} == {200}


def test_every_text_file_hashes_to_what_its_pages_show(walk: Walk) -> None:
    files = {path: each for path, each in walk.answers.items() if path.endswith(".txt") and "/v/" in path}
    of_sources = {path for path in files if "/sources/" in path}
    assert len(files) - len(of_sources) == Edition.objects.count()
    assert len(of_sources) == SourceEdition.objects.count() * len(LANGUAGES)
    for path, file in files.items():
        digest = hashlib.sha256(file.content).hexdigest()
        # A source's history stands on its own page.
        history = re.sub(r"v/\d+\.txt$", "" if path in of_sources else "history/", path)
        page = path.removesuffix(".txt") + "/"
        assert digest in walk.pages[page].content.decode()
        assert digest in walk.pages[history].content.decode()


def test_pages_and_their_stylesheet_stay_light(walk: Walk) -> None:
    found = finders.find("reading/site.css")
    assert isinstance(found, str)
    style = len(brotli.compress(Path(found).read_bytes()))
    heavy = {path: size for path, page in walk.pages.items() if (size := len(brotli.compress(page.content, quality=5)))
             + style > 40_000}  # fmt: skip
    assert heavy == {}


def test_every_page_is_valid_html(walk: Walk, valid_html: Callable[[Mapping[str, str | bytes]], list[str]]) -> None:
    found = valid_html({path: page.content for path, page in {**walk.pages, **walk.missing}.items()})
    assert found == [], "\n".join(found[:20])
