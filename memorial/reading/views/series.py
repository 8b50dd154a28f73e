"""A series year by year, and two of its statements compared."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import editions as found
from memorial.reading.addresses import in_all_languages, public_languages
from memorial.reading.names import name_of
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paths import path_to
from memorial.reading.study import series as study
from memorial.reading.study.passages import passages
from memorial.reading.study.terms import MOST_TERMS, asked, followed
from memorial.reading.study.two_of_a_series import Comparison
from memorial.statements.models import Issuer, Occasion

#: What these pages read of a query string.
SERIES_PARAMETERS = ("older", "newer", "term")
COMPARE_PARAMETERS = ("view",)
VIEWS = ("redline", "columns", "list")


@kept(*SERIES_PARAMETERS)
@require_safe
def series(request: HttpRequest, lang: str, slug: str, issuer: str) -> HttpResponse:
    """Show what an issuer stated on an occasion, one row a year, and what of it returns.

    With two statements chosen it leads to their comparison; with terms it counts them.
    """
    occasion = get_object_or_404(Occasion.objects.in_language(lang, without=["description"]), slug=slug)
    speaker = get_object_or_404(Issuer.objects.in_language(lang, without=["description"]), slug=issuer)
    whole = study.find(occasion, speaker, lang, [each.tag for each in public_languages(request)])
    if not whole.years:
        raise Http404("nothing of this series is public")
    older, newer = (request.GET.get(name, "") for name in ("older", "newer"))
    one, other = whole.named(older), whole.named(newer)
    if one and other and one is not other:
        first, second = sorted((one, other), key=whole.years.index)
        return HttpResponseRedirect(compare_path(lang, slug, first.sid, second.sid))
    terms = asked(request.GET.getlist("term"), lang)
    languages = in_all_languages(request, lang, "series", slug=slug, issuer=issuer)
    return render_page(
        request,
        "reading/series.html",
        {
            "series": whole,
            "occasion": occasion,
            "issuer": speaker,
            "titles": {"occasion": name_of(occasion, lang), "issuer": name_of(speaker, lang)},
            "rows": [_row(year, lang, slug) for year in whole.latest_first],
            "passages": passages(whole),
            "chosen": {"older": older, "newer": newer},
            "is_choice_wrong": bool(older and newer),
            "terms": followed(terms, whole.compared, lang),
            "asked": [*terms, *[""] * (MOST_TERMS - len(terms))],
        },
        lang=lang,
        languages=languages,
        section="occasions",
        is_indexed=not any(request.GET.get(name) for name in SERIES_PARAMETERS),
        status=400 if older and newer else 200,
    )


@kept(*COMPARE_PARAMETERS)
@require_safe
def compare(request: HttpRequest, lang: str, slug: str, older: str, newer: str) -> HttpResponse:
    """Compare two statements of a series in the language of the page."""
    comparison = Comparison(*_both(lang, slug, older, newer))
    view = request.GET.get("view", VIEWS[0])
    if view not in VIEWS:
        raise Http404("no such view")
    issuer = comparison.newer.facts["issuer"]["slug"]
    address_of_series = path_to("series", lang=lang, slug=slug, issuer=issuer)
    return render_page(
        request,
        "reading/compare.html",
        {
            "comparison": comparison,
            "facts": comparison.newer.facts,
            "step": comparison.step,
            "warnings": list(comparison.warnings),
            "view": view,
            "address_of_series": address_of_series,
            "choices": _choices(comparison.newer),
            "chosen": {"older": older, "newer": newer},
        },
        lang=lang,
        languages=in_all_languages(request, lang, "series", slug=slug, issuer=issuer),
        section="occasions",
        canonical=address_of_series,
        is_indexed=False,
    )


def compare_path(lang: str, slug: str, older: str, newer: str) -> str:
    """Return the path of a comparison."""
    return path_to("compare", lang=lang, slug=slug, older=older, newer=newer)


def _row(year: study.Year, lang: str, slug: str) -> tuple[study.Year, str]:
    """A statement of the series, and the path of its comparison with the text before it."""
    return year, compare_path(lang, slug, year.before.sid, year.sid) if year.before else ""


def _both(lang: str, slug: str, older: str, newer: str) -> tuple[Edition, Edition]:
    """Both texts, by one query. Raises NotInThisLanguage or Http404 unless they are two of one series."""
    visible = Edition.objects.visible().filter(language=lang, statement__sid__in=(older, newer), occasion__slug=slug)
    rows = {row.statement.sid: row for row in visible.select_related("statement").defer("canonical")}
    for sid in (older, newer):
        if sid not in rows:
            found.in_language(sid, lang)  # says in which languages it can be read, if it can
            raise Http404("not a statement on this occasion")
    one, other = rows[older], rows[newer]
    if older == newer or one.issuer_id != other.issuer_id:
        raise Http404("not two statements of this series")
    return one, other


def _choices(edition: Edition) -> list[Edition]:
    """The texts of the series, the newest first, by one query."""
    rows = Edition.objects.visible().filter(
        language=edition.language, issuer=edition.issuer_id, occasion=edition.occasion_id
    )
    return list(rows.cards().latest_first()[: study.MOST_STATEMENTS])
