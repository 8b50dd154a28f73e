"""What is asked of the grid in its address: languages, filters and order; and the addresses that ask for it."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from memorial.desk.record import worker
from memorial.languages.columns import languages
from memorial.languages.formats import format_year, language_here, own_name
from memorial.languages.labels import label
from memorial.publishing.grid import CellState, Grid, Order
from memorial.publishing.work import languages_of
from memorial.statements.models import Issuer, Occasion, Statement

ANY = _("any")


class GridForm(forms.Form):
    """The filters of the grid; sent by GET, so that every view of the grid has an address."""

    occasion = forms.TypedChoiceField(label=_("Occasion"), required=False, coerce=int, empty_value=None)
    issuer = forms.TypedChoiceField(label=_("Issuer"), required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=Order.choices)
    outdated = forms.BooleanField(label=_("Only outdated texts"), required=False)
    mine = forms.BooleanField(label=_("Only what waits for me"), required=False)
    language = forms.MultipleChoiceField(
        label=_("Languages shown"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        here = language_here()
        self.fields["occasion"].choices = [("", ANY), *_named(Occasion)]  # type: ignore[attr-defined]
        self.fields["issuer"].choices = [("", ANY), *_named(Issuer)]  # type: ignore[attr-defined]
        self.fields["year"].choices = [("", ANY), *((year, format_year(year, here)) for year in _years())]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", ANY), *CellState.choices]  # type: ignore[attr-defined]
        self.fields["language"].choices = [(tag, own_name(tag)) for tag in languages()]  # type: ignore[attr-defined]

    def asked(self, request: HttpRequest) -> Grid:
        """The grid that is asked for; a value that is no choice counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        user = worker(request)
        tags = [tag for tag in languages() if tag in given.get("language", [])]
        return Grid(
            tags=tuple(tags or languages_of(user) or languages()),
            occasion=given.get("occasion"),
            issuer=given.get("issuer"),
            year=given.get("year"),
            state=given.get("state", ""),
            is_outdated_only=given.get("outdated", False),
            waits_for=user if given.get("mine") else None,
            order=given.get("sort") or Order.WORST,
        )

    def is_narrowed(self) -> bool:
        """Whether fewer than all statements are asked for."""
        return any(self.cleaned_data.get(name) for name in ("occasion", "issuer", "year"))


def grid_address(grid: Grid | None = None, **asked: Any) -> str:
    """Where the grid shows what is ``asked``, among the same statements (occasion, issuer, year) as ``grid``."""
    among = {"occasion": grid.occasion, "issuer": grid.issuer, "year": grid.year} if grid else {}
    values = {name: value for name, value in {**among, **asked}.items() if value not in (None, "", False)}
    query = urlencode({name: 1 if value is True else value for name, value in values.items()}, doseq=True)
    return reverse("admin:grid") + (f"?{query}" if query else "")


def _named(model: Any) -> list[tuple[int, str]]:
    """The labels to choose from, by their names in the language of the desk. One query."""
    rows = model.objects.in_language(without=["description"])
    return [(row.pk, str(label(row, "name") or row.slug)) for row in rows]


def _years() -> list[int]:
    """Every year from the newest statement's to the oldest one's. One query."""
    by_day = Statement.objects.order_by("earliest").values_list("earliest")  # each end by the index
    ends = by_day.annotate(last=Subquery(by_day.reverse()[:1])).first()
    return list(range(ends[1].year, ends[0].year - 1, -1)) if ends else []
