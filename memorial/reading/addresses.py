"""Addresses of pages: absolute ones, and those of the same page in the other languages."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from memorial.languages.formats import own_name
from memorial.languages.labels import direction
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.reading.paths import path_to


class Alternate(NamedTuple):
    """The same page in one language; ``path`` is empty where the page does not exist in it."""

    tag: str
    path: str
    is_current: bool = False
    is_original: bool = False
    title: str = ""

    @property
    def url(self) -> str:
        """The absolute address."""
        return absolute(self.path)

    @property
    def own_name(self) -> str:
        """What the language calls itself."""
        return own_name(self.tag)

    @property
    def dir(self) -> str:
        """The direction of the language."""
        return direction(self.tag)


def absolute(path: str) -> str:
    """Return the absolute address of a path. Its host is the configured one, never that of the request."""
    return f"{settings.SITE_URL}{path}"


def of_statement(edition: Edition, name: str = "statement", **kwargs: Any) -> str:
    """Return the path of a statement's page, or of another page under it, in the edition's language."""
    statement = edition.statement
    return path_to(name, lang=edition.language, sid=statement.sid, slug=statement.slug, **kwargs)


def permalink(sid: str) -> str:
    """Return the path by which a statement is cited: without a language."""
    return path_to("permalink", sid=sid)


def public_languages(request: HttpRequest) -> Sequence[Language]:
    """Return the public languages in their order; loaded once a request by ``SiteLanguages``."""
    languages: Sequence[Language] = getattr(request, "site_languages", ())
    return languages


def after_the_language(path: str, lang: str) -> str:
    """Return the rest of a path that begins with a language: it is the same in all of them."""
    return path.removeprefix(f"/{lang}")


def in_all_languages(request: HttpRequest, lang: str, name: str, **kwargs: Any) -> list[Alternate]:
    """Return a page that exists in every public language, such as a label's, in each of them."""
    ending = after_the_language(path_to(name, lang=lang, **kwargs), lang)
    return [Alternate(each.tag, f"/{each.tag}{ending}", each.tag == lang) for each in public_languages(request)]
