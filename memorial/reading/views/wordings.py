"""The wordings of one statement that its sources carry: which there are, and how they differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from memorial.languages.labels import direction
from memorial.publishing.models import Edition, Withdrawal
from memorial.reading import editions as found
from memorial.reading import withdrawn
from memorial.reading import wording as words
from memorial.reading.addresses import of_statement, permalink
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.sources import Speaking, Wording, wordings_of
from memorial.reading.study.two_wordings import compare
from memorial.translations.models import Text

# What these pages read of a query string.
PARAMETERS = ("beside",)


@dataclass(frozen=True)
class Side:
    """One of the two texts that are compared: what it is called, who prints it, and what it is."""

    name: str
    lang: str
    title: str
    standing: str
    path: str
    is_kept_here: bool
    is_full: bool
    body: str
    number: int
    wording: Wording | None = None
    withdrawal: Withdrawal | None = None

    @property
    def dir(self) -> str:
        """The direction of its language."""
        return direction(self.lang)


@dataclass(frozen=True)
class Listed:
    """A wording in the list, and what it can be compared with: the text kept here, and wordings in its language."""

    wording: Wording
    standing: str
    path: str
    has_text_here: bool
    others: Sequence[tuple[Wording, str]]


@kept(*PARAMETERS)
@require_safe
def wordings(request: HttpRequest, lang: str, sid: str, slug: str) -> HttpResponse:
    """List the wordings of a statement that its sources carry, beside the text that is kept here."""
    editions, newest = found.in_language(sid, lang)
    if slug != newest.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(newest, "wordings"))
    carried = wordings_of(newest.statement_id, Speaking.of(request, lang))
    if not carried:
        raise Http404("no source of this statement has been published with a wording of its own")
    return render_page(
        request,
        "reading/wordings.html",
        {
            "newest": newest,
            "address": of_statement(newest),
            "listed": [_listed(each, carried, editions, newest) for each in carried],
        },
        lang=lang,
        languages=editions.alternates(request, lang, "wordings"),
        default=permalink(sid),
        section="statements",
    )


@kept(*PARAMETERS)
@require_safe
def wording(request: HttpRequest, lang: str, sid: str, slug: str, ref: str) -> HttpResponse:
    """Compare a wording with the statement's text in the same language, or with another wording in it."""
    editions, newest = found.in_language(sid, lang)
    beside = request.GET.get("beside", "")
    query = f"?beside={beside}" if beside else ""
    carried = {each.ref: each for each in wordings_of(newest.statement_id, Speaking.of(request, lang))}
    shown, other = carried.get(ref), carried.get(beside)
    if shown is None or (beside and (other is None or other is shown)):
        raise Http404("no such wording of this statement has been published")
    if slug != newest.statement.slug:
        return HttpResponsePermanentRedirect(of_statement(newest, "wording", ref=ref) + query)
    tag = shown.edition.language
    if other is not None and other.edition.language != tag:
        raise Http404("wordings in different languages are not compared word by word")
    first = _carried_side(other) if other else _kept_side(editions, tag, lang)
    second = _carried_side(shown)
    return render_page(
        request,
        "reading/wording.html",
        {
            "newest": newest,
            "address": of_statement(newest),
            "address_of_all": of_statement(newest, "wordings"),
            "first": first,
            "second": second,
            "sides": [first, second] if first else [second],
            "comparison": compare(first.body, second.body) if first else None,
            "is_partial": first is not None and not (first.is_full and second.is_full),
            "original_language": editions.original_language,
            "is_translation": tag != editions.original_language,
            "listed": _listed(shown, list(carried.values()), editions, newest),
            "beside": beside,
        },
        lang=lang,
        languages=editions.alternates(request, lang, "wording", ref=ref),
        default=permalink(sid),
        section="statements",
        canonical=of_statement(newest, "wording", ref=ref),
        is_indexed=False,
    )


def _listed(each: Wording, carried: list[Wording], editions: found.StatementEditions, newest: Edition) -> Listed:
    path = of_statement(newest, "wording", ref=each.ref)
    others = [
        (other, f"{path}?beside={other.ref}")
        for other in carried
        if other is not each and other.edition.language == each.edition.language
    ]
    has_text_here = editions.newest(each.edition.language) is not None
    return Listed(each, words.standing_of_wording(each.edition.completeness), path, has_text_here, others)


def _kept_side(editions: found.StatementEditions, tag: str, lang: str) -> Side | None:
    """The visible edition in the language of the wording; None where there is none. One query."""
    row = editions.newest(tag)
    if row is None:
        return None
    edition = found.in_full(row)
    return Side(
        name=words.text_kept_here(),
        lang=tag,
        title=edition.title,
        standing=words.standing(edition.facts, tag),
        path=of_statement(edition),
        is_kept_here=True,
        is_full=edition.completeness == Text.Completeness.FULL,
        body=edition.body,
        number=edition.number,
        withdrawal=withdrawn.notice(edition),
    )


def _carried_side(shown: Wording) -> Side:
    edition = shown.edition
    return Side(
        name=str(shown.facts["publisher"]),
        lang=edition.language,
        title=edition.title,
        standing=words.standing_of_wording(edition.completeness),
        path=shown.path,
        is_kept_here=False,
        is_full=edition.completeness == Text.Completeness.FULL,
        body=edition.body,
        number=edition.number,
        wording=shown,
    )
