"""The names grid: what everything is called in one language, beside another, edited like a sheet."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason, Refused
from memorial.desk.page import desk_page
from memorial.desk.record import worker
from memorial.languages.columns import languages
from memorial.languages.formats import capitalised_here, format_number, language_here
from memorial.languages.labels import Label, label
from memorial.statements.models import EventName
from memorial.statements.names import NameConflict, Named, Words, name_bases, save_name, words_in

from .names_listed import KINDS, Key, Wanted, counts, keys_of, rows_of
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

PAGE = 100


@dataclass
class NameRow:
    """One line of the sheet: what is stored, what was typed, and what became of it."""

    kind: str
    row: Named
    is_used: bool
    beside: Words
    typed: Words
    seen: Words
    fallback: Label
    fallback_description: Label
    state: RowState = RowState.UNSENT
    reasons: list[Reason] = field(default_factory=list)
    theirs: Words | None = None

    @property
    def key(self) -> str:
        """What the fields of this row begin with."""
        return f"{self.kind}-{self.row.pk}"

    @property
    def kind_name(self) -> str:
        """What it is, in words."""
        return capitalised_here(type(self.row)._meta.verbose_name)

    @property
    def described(self) -> Any:
        """The row of the record that has a page at the desk: a name in use belongs to its event."""
        return self.row.event if isinstance(self.row, EventName) else self.row

    @property
    def address(self) -> str:
        """Where the whole row of the record is edited."""
        return reverse(
            f"admin:{type(self.described)._meta.label_lower.replace('.', '_')}_change", args=[self.described.pk]
        )

    @property
    def has_description(self) -> bool:
        """Whether any of the shown languages describes it, or could."""
        if len(name_bases(type(self.row))) == 1:
            return False
        return bool(self.beside[1] or self.seen[1] or self.typed[1] or self.fallback_description or self.theirs)


def names_page(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the names of a language beside another's; save those that were changed, each by itself."""
    language = asked_language(request, tag, to_change=Action.CHANGE_LABEL)
    if tag not in languages():
        raise Http404  # added a moment ago: this process has not heard of its columns yet
    beside = language_beside(request, tag)
    if request.method == "POST":
        rows = [_sent(row, request, language) for row in _rows(_keys_sent(request.POST), language, beside)]
        states = [row.state for row in rows]
        kept_back = states.count(RowState.REFUSED) + states.count(RowState.CONFLICT)
        if is_one_row(request):
            if not rows:
                raise Http404
            context = {**_around(request, language, beside), "row": rows[0], "may_change": True}
            return render(request, "desk/languages/name_row.html", context)
        report(request, states.count(RowState.SAVED), kept_back)
        if not kept_back:
            return HttpResponseRedirect(request.get_full_path())
        context = {"rows": rows}
        status = 409
    else:
        page = Paginator(keys_of(_wanted(request, language, beside)), PAGE).get_page(request.GET.get("page"))
        context = {"rows": _rows(list(page.object_list), language, beside), **around_page(request, page)}
        status = 200
    context |= _around(request, language, beside)
    title = _("Names in %(language)s") % {"language": language.in_sentence}
    return desk_page(request, "desk/languages/names.html", context, title=title, status=status)


def _around(request: HttpRequest, language: SheetLanguage, beside: SheetLanguage | None) -> Context:
    wanted = _wanted(request, language, beside)
    of_kinds = counts(language.tag)
    total, missing = sum(count.total for count in of_kinds), sum(count.missing for count in of_kinds)
    here = language_here()
    numbers = {"missing": format_number(missing, here), "total": format_number(total, here)}
    return {
        "language": language,
        "beside": beside,
        "choices": choices_beside(language.tag),
        "wanted": wanted,
        "kinds": [
            (count.code, capitalised_here(KINDS[count.code]._meta.verbose_name_plural), count)
            for count in of_kinds
            if count.total
        ],
        "total": total,
        "done": total - missing,
        "counted": _("%(missing)s of %(total)s names are missing.") % numbers if missing else _("No name is missing."),
        "may_change": may(request.user, Action.CHANGE_LABEL, language.tag),
    }


def _wanted(request: HttpRequest, language: SheetLanguage, beside: SheetLanguage | None) -> Wanted:
    kind = request.GET.get("kind", "")
    return Wanted(
        language.tag,
        beside.tag if beside else "",
        kind if kind in KINDS else "",
        frozenset(request.GET.getlist("only")) & {"missing", "used"},
        request.GET.get("q", "").strip()[:200],
    )


def _rows(keys: list[Key], language: SheetLanguage, beside: SheetLanguage | None) -> list[NameRow]:
    lines = []
    for kind, row, is_used in rows_of(keys, language.tag, beside.tag if beside else language.tag):
        stored = words_in(row, language.tag)
        other = words_in(row, beside.tag) if beside else ("", "")
        lines.append(NameRow(kind, row, is_used, other, stored, stored, *_fallbacks(row, language.tag)))
    return lines


def _fallbacks(row: Named, tag: str) -> tuple[Label, Label]:
    """What readers of a language get as name and as description: its own, else a fallback's."""
    name, *more = name_bases(type(row))
    return label(row, name, tag), label(row, more[0], tag) if more else Label("", tag, "ltr")


def _keys_sent(data: QueryDict) -> list[Key]:
    """The rows that a form was made of; what is no row is passed over."""
    keys = [key.rpartition("-") for key in dict.fromkeys(data.getlist("row"))]
    return [(kind, int(pk)) for kind, _dash, pk in keys if kind in KINDS and pk.isdecimal() and len(pk) < 19][:PAGE]


def _sent(line: NameRow, request: HttpRequest, language: SheetLanguage) -> NameRow:
    """The line after what was typed in it is saved, or with the reasons why it is not."""
    data, key, stored = request.POST, line.key, line.seen
    if f"{key}-name" not in data:
        return line
    line.seen = (data.get(f"{key}-name-seen", stored[0]), _lf(data.get(f"{key}-description-seen", stored[1])))
    line.typed = (data[f"{key}-name"], _lf(data.get(f"{key}-description", line.seen[1])))
    is_conflict, choice = f"{key}-conflict" in data, data.get(f"{key}-choice", "")
    if line.typed == line.seen or (is_conflict and choice == "theirs"):
        line.typed = line.seen = stored
        line.state = RowState.UNCHANGED
    elif is_conflict and choice != "mine":
        line.state, line.theirs = RowState.CONFLICT, line.seen
        line.reasons = [Reason("not-chosen", _("Choose whether to keep what was saved meanwhile or what you typed."))]
    else:
        _save(line, request, language.tag)
    return line


def _save(line: NameRow, request: HttpRequest, tag: str) -> None:
    name, description = line.typed
    try:
        save_name(line.row, tag, name=name, description=description, seen=line.seen, by=worker(request))
    except NameConflict as conflict:
        line.state, line.reasons = RowState.CONFLICT, list(conflict.reasons)
        theirs = conflict.theirs
        # What was not typed here follows the colleague: only what both changed is to be chosen.
        mine = [new if new != old else now for new, old, now in zip(line.typed, line.seen, theirs, strict=True)]
        line.typed, line.theirs, line.seen = (mine[0], mine[1]), theirs, theirs
    except Refused as refused:
        line.state, line.reasons = RowState.REFUSED, list(refused.reasons)
    else:
        line.state = RowState.SAVED
        line.typed = line.seen = words_in(line.row, tag)
        line.fallback, line.fallback_description = _fallbacks(line.row, tag)
        changed = [{"changed": {"fields": [f"{base} ({tag})" for base in name_bases(type(line.row))]}}]
        admin.site.get_model_admin(type(line.described)).log_change(request, line.described, changed)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
