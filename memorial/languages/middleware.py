"""The language of a page: the first part of its address."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from .columns import languages
from .models import BCP47, Language
from .prepared import prepared
from .readiness import address_parts


class SiteLanguages:
    """Give each request the public languages, and activate the one that its address begins with.

    It sets ``request.site_languages`` (the public Language rows in their order), ``request.language`` (the row of the
    address, else of the site's default language) and ``request.LANGUAGE_CODE``. One query, and none for an address
    without a language whose page does not ask.

    A language that is not public has no page for anybody. One that is public and that this process does not know yet
    is there in a moment: 503, and the reload is under way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer in the language of the address."""
        request.site_languages = SimpleLazyObject(public_languages)
        request.language = SimpleLazyObject(lambda: _row(settings.LANGUAGE_CODE, request.site_languages))
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        request.has_unknown_language = False
        tag = tag_of(request.path_info)
        if tag is None:
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        request.site_languages = public = public_languages()
        row = next((language for language in public if language.tag == tag), None)
        if row is None:
            request.has_unknown_language = True
        elif tag not in languages():
            return _in_a_moment()
        else:
            request.language = row
            request.LANGUAGE_CODE = tag
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: object) -> None:
        """Refuse here, where the page that says so is made in the site's default language."""
        if request.has_unknown_language:
            raise Http404(_("There is no such language."))


def public_languages() -> tuple[Language, ...]:
    """Return what readers see of the public languages, in their order. One query."""
    return _made(tuple(_public()))


@prepared
def _public() -> QuerySet[Language, tuple[str, str, str, str]]:
    return Language.objects.public().values_list("tag", "name_en", "name_own", "direction")


@lru_cache(maxsize=4)
def _made(rows: Sequence[tuple[str, str, str, str]]) -> tuple[Language, ...]:
    """The languages of these rows, which are seldom other ones: for reading."""
    return tuple(
        Language(tag=tag, name_en=english, name_own=own, direction=direction) for tag, english, own, direction in rows
    )


def tag_of(path: str) -> str | None:
    """The first part of a path where it stands for a language: written like a tag, and of no other use to the site."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    looks_like_a_tag = BCP47.regex.fullmatch(first.lower()) is not None  # type: ignore[union-attr]
    return first if looks_like_a_tag and first not in address_parts() else None


def _row(tag: str, public: Any) -> Language:
    """The row of a public language, or an unsaved one from what the process was started with."""
    for language in public:
        if language.tag == tag:
            return language  # type: ignore[no-any-return]
    known = {row.tag: row for row in settings.SITE_LANGUAGE_ROWS}[tag]
    return Language(tag=tag, name_en=known.name_en, name_own=known.name_own, direction=known.direction)


def _in_a_moment() -> HttpResponse:
    message = "This language is being added. Please try again in a moment.\n"
    return HttpResponse(message, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "2"})
