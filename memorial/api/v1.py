"""API v1: its addresses and what each answers. The docstrings here are its public description."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import http_date
from ninja import NinjaAPI, Path, Query
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from memorial.reading.addresses import public_languages

from . import asked, description, figures, labels, log, problems, searching, shapes, statements
from .naming import Data
from .withdrawn import Removed

READ = ["GET", "HEAD"]
SLUG = Path(pattern=asked.SLUG, description="The slug.")
SID = Path(pattern=r"^[0-9a-z]{8}$", description="The permanent id of a statement.")
TAG = Path(pattern=asked.TAG, description="A language tag (BCP 47) in lower case.", examples=["en"])
NUMBER = Path(ge=1, le=999_999, description="The number of the edition.", examples=[1])


class Readable(JSONRenderer):
    """JSON in which every script is written as itself."""

    json_dumps_params = {"ensure_ascii": False}


class MachinesApi(NinjaAPI):
    """The API; its description says of each answer what ninja does not know."""

    def described(self) -> Data:
        """Return the OpenAPI object, completed. Do not change it: it is made once."""
        return _described(settings.SITE_URL)


api = MachinesApi(
    title="API of the archive",
    version="1",
    description=description.INTRODUCTION,
    urls_namespace="api-v1",
    docs_url=None,
    openapi_url=None,
    renderer=Readable(),
)
api.add_exception_handler(Http404, problems.not_found)
api.add_exception_handler(Removed, problems.removed)
api.add_exception_handler(ValidationError, problems.invalid)
api.add_exception_handler(problems.Misunderstood, problems.misunderstood)
api.add_exception_handler(problems.Unavailable, problems.unavailable)


@cache
def _described(site_url: str) -> Data:
    return description.completed(api.get_openapi_schema(), site_url)


def _public(request: HttpRequest) -> Sequence[str]:
    return [language.tag for language in public_languages(request)]


def _paged(response: HttpResponse, data: Data) -> Data:
    """Name the next page in a Link header too (RFC 8288)."""
    if data["next"]:
        response["Link"] = f'<{data["next"]}>; rel="next"'
    return data


def _known(request: HttpRequest, wish: asked.Page) -> None:
    problems.only(request, type(wish).model_fields)


@api.api_operation(READ, "/statements/", response=shapes.StatementPage, url_name="statements", tags=["Statements"])
def list_statements(request: HttpRequest, response: HttpResponse, wish: Query[asked.Statements]) -> Data:
    """Statements, those of the latest date first; with words (q), those that fit best.

    A date that is not exact is found in every year it can mean.
    """
    _known(request, wish)
    found = searching.page if wish.q else statements.page
    return _paged(response, found(wish, _public(request)))


@api.api_operation(READ, "/statements/{sid}/", response=shapes.Statement, url_name="statement", tags=["Statements"])
def get_statement(request: HttpRequest, sid: str = SID) -> Data:
    """One statement: what its edition released last says of it, and its newest editions.

    Of a statement that was withdrawn in every language, the newest editions that can still be read.
    """
    problems.only(request)
    return statements.one(sid, _public(request))


@api.api_operation(
    READ, "/statements/{sid}/editions/", response=shapes.EditionPage, url_name="editions", tags=["Statements"]
)
def list_editions(request: HttpRequest, response: HttpResponse, wish: Query[asked.Editions], sid: str = SID) -> Data:
    """Every edition of a statement that was ever released, in all public languages, those released last first.

    Those that were withdrawn say so; those that can no longer be read are left out.
    """
    _known(request, wish)
    return _paged(response, statements.editions_page(sid, wish))


@api.api_operation(
    READ, "/editions/{sid}/{lang}/{number}/", response=shapes.Edition, url_name="edition", tags=["Statements"]
)
def get_edition(
    request: HttpRequest, response: HttpResponse, sid: str = SID, lang: str = TAG, number: int = NUMBER
) -> Data:
    """One edition in full: its text, the facts sealed with it, and the bytes that its SHA-256 is of."""
    problems.only(request)
    data, changed = statements.edition(sid, lang, number)
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Content-Language"] = lang
    return data


@api.api_operation(READ, "/figures/", response=shapes.FigurePage, url_name="figures", tags=["Figures"])
def list_figures(request: HttpRequest, response: HttpResponse, wish: Query[asked.Figures]) -> Data:
    """Figures as stated, by the date of the claim: who claims which number, and every place where it stands."""
    _known(request, wish)
    return _paged(response, figures.page(wish, _public(request)))


@api.api_operation(READ, "/issuers/", response=shapes.IssuerPage, url_name="issuers", tags=["Who, when, where"])
def list_issuers(request: HttpRequest, response: HttpResponse, wish: Query[asked.Page]) -> Data:
    """Who speaks, and who states figures; by slug."""
    _known(request, wish)
    return _paged(response, labels.page("issuer", wish, _public(request)))


@api.api_operation(READ, "/issuers/{slug}/", response=shapes.Issuer, url_name="issuer", tags=["Who, when, where"])
def get_issuer(request: HttpRequest, slug: str = SLUG) -> Data:
    """One issuer."""
    problems.only(request)
    return labels.one("issuer", slug, _public(request))


@api.api_operation(READ, "/occasions/", response=shapes.OccasionPage, url_name="occasions", tags=["Who, when, where"])
def list_occasions(request: HttpRequest, response: HttpResponse, wish: Query[asked.Page]) -> Data:
    """What returns every year; by slug."""
    _known(request, wish)
    return _paged(response, labels.page("occasion", wish, _public(request)))


@api.api_operation(READ, "/occasions/{slug}/", response=shapes.Occasion, url_name="occasion", tags=["Who, when, where"])
def get_occasion(request: HttpRequest, slug: str = SLUG) -> Data:
    """One occasion."""
    problems.only(request)
    return labels.one("occasion", slug, _public(request))


@api.api_operation(READ, "/events/", response=shapes.EventPage, url_name="events", tags=["Who, when, where"])
def list_events(request: HttpRequest, response: HttpResponse, wish: Query[asked.Page]) -> Data:
    """What is commemorated, and what statements cite; by slug."""
    _known(request, wish)
    return _paged(response, labels.page("event", wish, _public(request)))


@api.api_operation(READ, "/events/{slug}/", response=shapes.Event, url_name="event", tags=["Who, when, where"])
def get_event(request: HttpRequest, slug: str = SLUG) -> Data:
    """One event, with the names in use for it and who uses each."""
    problems.only(request)
    return labels.one("event", slug, _public(request))


@api.api_operation(READ, "/places/", response=shapes.PlacePage, url_name="places", tags=["Who, when, where"])
def list_places(request: HttpRequest, response: HttpResponse, wish: Query[asked.Page]) -> Data:
    """The places that statements name; by slug."""
    _known(request, wish)
    return _paged(response, labels.page("place", wish, _public(request)))


@api.api_operation(READ, "/places/{slug}/", response=shapes.Place, url_name="place", tags=["Who, when, where"])
def get_place(request: HttpRequest, slug: str = SLUG) -> Data:
    """One place, with other spellings of its name."""
    problems.only(request)
    return labels.one("place", slug, _public(request))


@api.api_operation(READ, "/languages/", response=shapes.LanguagePage, url_name="languages", tags=["The archive"])
def list_languages(request: HttpRequest) -> Data:
    """The languages that readers have, in the order of the site."""
    problems.only(request)
    return labels.languages_page()


@api.api_operation(READ, "/log/", response=shapes.LogPage, url_name="log", tags=["The archive"])
def list_log(request: HttpRequest, response: HttpResponse, wish: Query[asked.Page]) -> Data:
    """Everything that was released or withdrawn, oldest first.

    A language made public later brings its lines at that moment.

    To follow the archive, keep the address in "later" and ask it again another day. The lines of a language that is
    hidden from readers are left out.
    """
    _known(request, wish)
    return _paged(response, log.page(wish))
