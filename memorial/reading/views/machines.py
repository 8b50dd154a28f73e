"""What crawlers ask for."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.reading import sitemaps
from memorial.reading.addresses import absolute, public_languages
from memorial.reading.page_cache.declared import kept
from memorial.reading.paths import path_to

XML = "application/xml; charset=utf-8"


@kept()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every indexed page with its languages; where these are many, list the sitemaps that do."""
    tags = [language.tag for language in public_languages(request)]
    parts = sitemaps.parts()
    if len(parts) > 1:
        paths = [path_to("sitemap_pages")]
        paths += [path_to("sitemap_part", number=number) for number in parts]
        return HttpResponse(sitemaps.index(absolute(path) for path in paths), content_type=XML)
    statements = [each for number in parts for each in sitemaps.statements(tags, number)]
    return HttpResponse(sitemaps.urlset([*sitemaps.pages(tags), *statements]), content_type=XML)


@kept()
@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """List the pages that are not statements."""
    tags = [language.tag for language in public_languages(request)]
    return HttpResponse(sitemaps.urlset(sitemaps.pages(tags)), content_type=XML)


@kept()
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """List one part of the statements. Raises Http404 where it holds none."""
    tags = [language.tag for language in public_languages(request)]
    return HttpResponse(sitemaps.urlset(sitemaps.statements(tags, number)), content_type=XML)


@kept()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the pages are listed, and to leave alone the desk and what a search finds (RFC 9309)."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /*/search/?", "Disallow: /*/search."]
    lines += [f"Sitemap: {absolute(path_to('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
