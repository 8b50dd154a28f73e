"""What the sheets of a language's names and phrases have in common: the language, another beside it, and their rows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import Http404, HttpRequest
from django.utils.translation import ngettext

from memorial.accounts.permission import Action, may
from memorial.languages.columns import languages
from memorial.languages.formats import format_number, language_here, language_name, own_name
from memorial.languages.labels import direction
from memorial.languages.models import Language

Context = dict[str, Any]


class RowState(StrEnum):
    """What became of a row that was sent."""

    UNSENT = ""
    UNCHANGED = "unchanged"
    SAVED = "saved"
    REFUSED = "refused"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class SheetLanguage:
    """A language as a sheet shows it."""

    tag: str
    own: str
    known_as: str
    in_sentence: str
    dir: str


def sheet_language(tag: str) -> SheetLanguage:
    """What a language calls itself, and what the desk's language calls it."""
    here = language_here()
    amid = language_name(tag, here, in_sentence=True) or own_name(tag)
    return SheetLanguage(tag, own_name(tag), language_name(tag, here) or own_name(tag), amid, direction(tag))


def asked_language(request: HttpRequest, tag: str, *, to_change: Action) -> SheetLanguage:
    """The language of a sheet, for those who may see it, and on a POST only for those who may change it. One query."""
    if not Language.objects.with_columns().filter(tag=tag).exists():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, tag):
        raise PermissionDenied
    if request.method == "POST" and not may(request.user, to_change, tag):
        raise PermissionDenied
    return sheet_language(tag)


def language_beside(request: HttpRequest, tag: str) -> SheetLanguage | None:
    """The language asked for by ``?beside=``; else the desk's own, else the site's default; None: there is no other."""
    others = [other for other in languages() if other != tag]
    wanted = [request.GET.get("beside", ""), language_here(), settings.LANGUAGE_CODE, *others]
    return next((sheet_language(other) for other in wanted if other in others), None)


def choices_beside(tag: str) -> list[SheetLanguage]:
    """Every language that may stand beside this one."""
    return [sheet_language(other) for other in languages() if other != tag]


def report(request: HttpRequest, saved: int, kept_back: int) -> None:
    """Say how many rows of a page were saved, and how many were not."""
    here = language_here()
    if saved or not kept_back:
        text = ngettext("%(number)s row is saved.", "%(number)s rows are saved.", saved)
        messages.success(request, text % {"number": format_number(saved, here)})
    if kept_back:
        text = ngettext(
            "%(number)s row is not saved; what you typed is still in it.",
            "%(number)s rows are not saved; what you typed is still in them.",
            kept_back,
        )
        messages.error(request, text % {"number": format_number(kept_back, here)})


def around_page(request: HttpRequest, page: Page[Any]) -> Context:
    """A page of the sheet and the addresses of its neighbours, with the same filters."""

    def address(number: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(number)
        return f"?{asked.urlencode()}"

    return {"page": page, "before": address(page.number - 1), "after": address(page.number + 1)}


def is_one_row(request: HttpRequest) -> bool:
    """Whether a script sent a single row, to be answered with that row alone."""
    return "one" in request.POST
