"""The list of statements, and a statement."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.reading import editions as found
from memorial.reading import presentation
from memorial.reading.addresses import in_all_languages, of_statement, permalink
from memorial.reading.cards import cards
from memorial.reading.citing.cited import Cited
from memorial.reading.citing.head import head
from memorial.reading.finding import Wish, extent, found_by
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import query_of, sheet_by_date
from memorial.reading.paths import path_to
from memorial.reading.sources import Speaking, wordings_of
from memorial.reading.spoken_of import spoken_of


@kept(*Wish.parameters(), "page", "older", "newer")
@require_safe
def statements(request: HttpRequest, lang: str) -> HttpResponse:
    """List the statements that can be read in this language, newest first, by issuer, occasion, event and year."""
    wish = Wish.of(request.GET)
    found_in = extent(wish, lang)
    page = sheet_by_date(request, found_by(wish, lang, is_few=not found_in.is_capped), wish.params)
    spoken = {name: spoken_of(name, lang) for name in ("issuer", "occasion", "event")}
    is_plain = not wish.params and page.number == 1
    languages = in_all_languages(request, lang, "statements")
    own = next((each.path for each in languages if each.is_current), "")
    return render_page(
        request,
        "reading/statements.html",
        {
            "wish": wish,
            "extent": found_in,
            "sheet": page,
            "cards": cards(page.rows, lang, {issuer.key: issuer.name for issuer in spoken["issuer"]}),
            "address_of_search": path_to("search", lang=lang) + query_of(wish.params),
            "choices": {name: [(each.slug, each.name) for each in those] for name, those in spoken.items()},
        },
        lang=lang,
        languages=languages,
        section="statements",
        canonical=own + page.own.replace(".", "", 1) if not is_plain else None,
        is_indexed=not wish.params,
    )


@kept()
@require_safe
def statement(request: HttpRequest, lang: str, sid: str, slug: str) -> HttpResponse:
    """Show a statement: its newest edition in this language."""
    editions, newest = found.for_a_page(sid, lang)
    if slug != newest.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(newest))
    edition = found.in_full(newest)
    cited = head(Cited(edition, editions))
    has_others = edition.has_other_wordings  # type: ignore[attr-defined] # annotated by in_full()
    presented = presentation.of(edition, editions)
    response = render_page(
        request,
        "reading/statement.html",
        {
            **presented,
            "newer_source": presentation.newer_source(edition, editions),
            "cited": cited,
            "wordings": wordings_of(edition.statement_id, Speaking.of(request, lang)) if has_others else [],
            "address_of_wordings": of_statement(edition, "wordings"),
        },
        lang=lang,
        languages=editions.alternates(request, lang),
        default=permalink(sid),
        section="statements",
        is_indexed=presented["withdrawal"] is None,
    )
    response["Link"] = cited.link_header
    return response
