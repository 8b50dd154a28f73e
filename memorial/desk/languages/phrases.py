"""The phrases of a language: every string of the interface beside its source, edited like a sheet."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.desk.page import desk_page
from memorial.languages.formats import format_number, language_here
from memorial.languages.phrases.source import PARTS, Part
from memorial.languages.phrases.standing import counts, phrase_states

from .phrase_file import LARGEST
from .phrase_rows import PhraseRow, beside_states, fresh_row, rows_sent, save_row
from .sheet import (
    Context,
    RowState,
    SheetLanguage,
    around_page,
    asked_language,
    choices_beside,
    is_one_row,
    language_beside,
    report,
)

PAGE = 50


def phrases_page(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the strings of the interface with what a language says for them; save those that were changed."""
    language = asked_language(request, tag, to_change=Action.CHANGE_PHRASE)
    # The source is English and always there: another language stands beside it when somebody asks for one.
    beside = language_beside(request, tag) if request.GET.get("beside") else None
    if request.method == "POST":
        rows = rows_sent(request, tag, beside.tag if beside else "", PAGE)
        for row in rows:
            save_row(row, request)
        if is_one_row(request):
            if not rows:
                raise Http404
            context = {**_around(request, language, beside), "row": rows[0]}
            return render(request, "desk/languages/phrase_row.html", context)
        states = [row.state for row in rows]
        kept_back = states.count(RowState.REFUSED) + states.count(RowState.CONFLICT)
        report(request, states.count(RowState.SAVED), kept_back)
        if not kept_back:
            return HttpResponseRedirect(request.get_full_path())
        context, status = {"rows": rows}, 409
    else:
        context, status = _asked_rows(request, language, beside), 200
    title = _("Phrases in %(language)s") % {"language": language.in_sentence}
    context |= _around(request, language, beside)
    return desk_page(request, "desk/languages/phrases.html", context, title=title, status=status)


def _asked_rows(request: HttpRequest, language: SheetLanguage, beside: SheetLanguage | None) -> Context:
    states = phrase_states(
        language.tag, part=_part(request), query=_query(request), only_missing=_only_missing(request)
    )
    page = Paginator(states, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    others = beside_states(beside.tag, shown) if beside else {}
    rows: list[PhraseRow] = [fresh_row(language.tag, state, others.get(state.source.key)) for state in shown]
    return {"rows": rows, "found": len(states), **around_page(request, page)}


def _around(request: HttpRequest, language: SheetLanguage, beside: SheetLanguage | None) -> Context:
    here = language_here()
    counted = counts(language.tag)
    missing = counted.total - counted.done
    numbers = {"missing": format_number(missing, here), "total": format_number(counted.total, here)}
    part = _part(request)
    return {
        "language": language,
        "beside": beside,
        "choices": choices_beside(language.tag),
        "part": part or "all",
        "parts": [
            ("public", _("Readers’ pages")), ("desk", _("The desk")),
            ("django", _("Dates, forms and messages of Django")), ("all", _("All")),
        ],
        "query": _query(request),
        "only_missing": _only_missing(request),
        "total": counted.total,
        "done": counted.done,
        "counted": (
            _("%(missing)s of %(total)s phrases of the readers’ pages are missing.") % numbers
            if missing
            else _("No phrase of the readers’ pages is missing.")
        ),
        "may_change": may(request.user, Action.CHANGE_PHRASE, language.tag),
        "largest": LARGEST // 1024,
    }  # fmt: skip


def _part(request: HttpRequest) -> Part | None:
    """The part asked for; the readers' pages where none is, None for all of them."""
    asked = request.GET.get("part", "public")
    if asked == "all":
        return None
    return next((part for part in PARTS if part == asked), "public")


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:200]


def _only_missing(request: HttpRequest) -> bool:
    return request.GET.get("only") == "missing"
