"""What was found, for programs (JSON) and for tables (CSV): whole addresses, and fields that keep their order.

Marks count Unicode characters from the beginning of the passage.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.languages.formats import format_stated
from memorial.reading.addresses import absolute, permalink
from memorial.reading.paths import path_to
from memorial.reading.search.wish import Wish
from memorial.reading.subscriptions.wish import QUERY

from .advice import Problem, also_tried
from .asking import Asking
from .hits import Found, found

FORMATS = ("json", "csv", "atom")
READABLE = {"ensure_ascii": False}
HEADER = (
    "id", "address", "page", "title", "language", "date", "kind", "issuer", "issuer_name", "found_in", "paragraph",
    "passage", "passage_language", "passage_address", "attribution",
)  # fmt: skip


def addresses(lang: str, wish: Wish) -> dict[str, str]:
    """Return the path of the results of ``wish`` in each format, from the first on."""
    query = wish.query(page=1).removeprefix(".")
    return {name: path_to(f"search_{name}", lang=lang) + query for name in FORMATS}


def address_of_mail(lang: str, wish: Wish) -> str:
    """Return the path where one can ask to be told by mail of new statements; empty where that cannot be asked for."""
    can_be_kept = {"q": wish.q, **{name: getattr(wish, name) for name in QUERY if name != "q"}}
    is_all = wish.changed() == Wish(**can_be_kept)
    if not settings.MAIL_IS_ON or wish.is_empty or not is_all:
        return ""
    query = urlencode({name: value for name, value in can_be_kept.items() if value})
    return f"{path_to('subscribe', lang=lang)}?{query}"


def address(lang: str, wish: Wish, name: str = "") -> str:
    """Return the absolute address of the results of ``wish``: of the page, or of a format."""
    path = path_to(f"search_{name}" if name else "search", lang=lang)
    return absolute(path + wish.query().removeprefix("."))


def document(asking: Asking, lang: str) -> dict[str, Any]:
    """Return the results as JSON has them."""
    wish, results, sheet = asking.wish, asking.results, asking.sheet
    return {
        "address": address(lang, wish, "json"),
        "page_for_readers": address(lang, wish.changed()),
        "language": lang,
        "asked": {
            "words": wish.q,
            "is_exact": wish.is_exact,
            "languages": list(results.asked.languages),
            "filters": dict(wish.filters),
        },
        "also_tried": also_tried(results),
        "is_index_missing": results.is_index_missing,
        "is_index_incomplete": results.is_index_incomplete,
        "total": results.total,
        "is_capped": results.is_capped,
        "page": wish.page,
        "pages": results.pages,
        "previous": address(lang, wish.changed(page=wish.page - 1), "json") if sheet.previous else None,
        "next": address(lang, wish.changed(page=wish.page + 1), "json") if sheet.next else None,
        "hits": [_hit(each, lang) for each in found(results, lang)],
    }


def refusal(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return what cannot be meant, as JSON has it."""
    return {"errors": [{"parameter": each.name, "message": each.message} for each in problems]}


def rows(asking: Asking, lang: str) -> Iterator[list[str]]:
    """Yield one row a statement, in the order of ``HEADER``."""
    for each in found(asking.results, lang):
        edition, passage = each.edition, each.passage
        yield [
            edition.statement.sid,
            absolute(permalink(edition.statement.sid)),
            absolute(each.path),
            edition.title,
            edition.language,
            edition.dated,
            edition.kind,
            each.issuer_slug,
            each.issuer.text,
            " ".join(language.tag for language in each.languages),
            passage.key if passage else "",
            passage.text if passage else "",
            passage.tag if passage else "",
            absolute(passage.path) if passage else "",
            attribution(each, lang),
        ]


def attribution(each: Found, lang: str) -> str:
    """Return how a statement is named wherever it is used again: who stated it, when, and where it was read."""
    return _("%(issuer)s, “%(title)s”, %(date)s. %(archive)s, %(address)s") % {
        "issuer": each.issuer.text,
        "title": each.edition.title,
        "date": format_stated(each.edition.dated, lang),
        "archive": settings.SITE_NAME,
        "address": absolute(permalink(each.edition.statement.sid)),
    }


def _hit(each: Found, lang: str) -> dict[str, Any]:
    edition = each.edition
    return {
        "id": edition.statement.sid,
        "address": absolute(permalink(edition.statement.sid)),
        "page": absolute(each.path),
        "title": edition.title,
        "language": edition.language,
        "date": edition.dated,
        "kind": edition.kind,
        "issuer": {"slug": each.issuer_slug, "name": each.issuer.text, "language": each.issuer.lang},
        "found_in": [{"language": language.tag, "page": language.url} for language in each.languages],
        "passage": _passage(each),
        "attribution": attribution(each, lang),
    }


def _passage(each: Found) -> dict[str, Any] | None:
    if each.passage is None:
        return None
    return {
        "language": each.passage.tag,
        "paragraph": each.passage.key or None,
        "address": absolute(each.passage.path),
        "text": each.passage.text,
        "marks": [list(mark) for mark in each.passage.marks],
    }
