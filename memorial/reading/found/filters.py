"""What narrows a search down: the choices of the form, the filters that are set, and the facets with their counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.languages.formats import format_stated, format_year, language_name
from memorial.languages.labels import Label, direction
from memorial.publishing.models import Edition
from memorial.reading.addresses import public_languages
from memorial.reading.search.engine import FacetValue, Results
from memorial.reading.search.wish import DATES, Wish
from memorial.reading.spoken_of import spoken_of_in_any
from memorial.reading.wording import kind_heading
from memorial.statements.models import Statement

# What each filter is called, in the order in which a page shows them.
NAMES: dict[str, Promise] = {
    "issuer": gettext_lazy("Issuer"),
    "kind": gettext_lazy("Kind"),
    "occasion": gettext_lazy("Occasion"),
    "event": gettext_lazy("Event"),
    "place": gettext_lazy("Place"),
    "year": gettext_lazy("Year"),
    "original": gettext_lazy("Original language"),
    "available": gettext_lazy("Can be read in"),
    "has_figures": gettext_lazy("Figures"),
}
NAMES_OF_DATES: dict[str, Promise] = {
    "issued_from": gettext_lazy("Dated from"),
    "issued_to": gettext_lazy("Dated until"),
    "event_from": gettext_lazy("About events from"),
    "event_to": gettext_lazy("About events until"),
}
# The fields of a wish without its filters and languages: what is left is its words.
NONE: dict[str, Any] = {**dict.fromkeys((*NAMES, *NAMES_OF_DATES), ""), "has_figures": False, "languages": ()}
# A choice of a form is still usable with so many; whoever looks for another finds it by its words or from its page.
MOST_CHOICES = 400
# So many values of a facet are seen at once; the others can be opened.
SEEN_AT_ONCE = 6


@dataclass(frozen=True)
class Choice:
    """One choice of the form: its parameter, its name, its values with their labels, and the one that is set."""

    name: str
    label: str
    values: Sequence[tuple[str, Label]]
    chosen: str


@dataclass(frozen=True)
class Chosen:
    """One filter that is set, and the query that is left without it."""

    name: str
    label: Label
    without: str


@dataclass(frozen=True)
class Value:
    """One value of a facet, and the query that adds it."""

    label: Label
    query: str
    count: int | None = None


@dataclass(frozen=True)
class Facet:
    """One way to narrow the results down: the values that they have and that are not chosen yet."""

    name: str
    label: str
    values: Sequence[Value]

    @property
    def first(self) -> Sequence[Value]:
        """The values that are seen at once."""
        return self.values[:SEEN_AT_ONCE]

    @property
    def rest(self) -> Sequence[Value]:
        """The others."""
        return self.values[SEEN_AT_ONCE:]


def choices(request: HttpRequest, wish: Wish, lang: str) -> list[Choice]:
    """Return the choices of the form. Four queries: only what a visible statement has can be chosen."""
    values = {
        name: [(each.slug, each.name) for each in spoken_of_in_any(name, lang, MOST_CHOICES)]
        for name in ("issuer", "occasion", "event", "place")
    }
    tags = [language.tag for language in public_languages(request)]
    values["kind"] = [(kind, _here(kind_heading(kind), lang)) for kind in Statement.Kind.values]
    values["original"] = values["available"] = [(tag, _here(language_name(tag, lang), lang)) for tag in tags]
    found = []
    for name, label in NAMES.items():
        chosen = getattr(wish, name)
        if name in values:
            found.append(Choice(name, str(label), _with(chosen, values[name], lang), chosen))
    return found


def dates(written: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the dates of the form: parameter, name, and what was written there."""
    return [(name, str(label), written[name]) for name, label in NAMES_OF_DATES.items()]


def languages(wish: Wish) -> list[tuple[str, str]]:
    """Return the languages that are searched, each with the query that is left without it; none where all are."""
    return [
        (tag, wish.query(languages=tuple(each for each in wish.languages if each != tag))) for tag in wish.languages
    ]


def chosen(wish: Wish, offered: Sequence[Choice], lang: str) -> list[Chosen]:
    """Return the filters that are set, as a reader calls them; ``offered`` are the choices of the form."""
    labels = {choice.name: dict(choice.values) for choice in offered}
    return [
        Chosen(
            str(NAMES.get(name) or NAMES_OF_DATES[name]),
            labels.get(name, {}).get(str(value)) or _written(name, str(value), lang),
            wish.query(**{name: False if value is True else ""}),
        )
        for name, value in wish.filters.items()
    ]


def facets(wish: Wish, results: Results, lang: str) -> Iterator[Facet]:
    """Yield the facets by which the results can be narrowed down further."""
    for name, label in NAMES.items():
        values = [
            Value(
                _named(name, value, lang),
                wish.query(**{name: True if name == "has_figures" else value.value}),
                value.count,
            )
            for value in results.facets.get(name, ())
            if not value.is_chosen
        ]
        # What every result has in common narrows nothing down.
        if values and not (len(values) == 1 and values[0].count == results.total):
            yield Facet(name, str(label), values)


def ways_in(offered: Sequence[Choice], lang: str) -> list[Facet]:
    """Return by what the archive can be entered without a word: who speaks, on what occasion, in which year.

    Two queries, which read one row each.
    """
    found = [
        Facet(
            choice.name,
            choice.label,
            [Value(label, Wish().query(**{choice.name: value})) for value, label in choice.values],
        )
        for choice in offered
        if choice.name in ("issuer", "occasion") and choice.values
    ]
    visible = Edition.objects.visible().filter(language=lang).cards()
    if last := visible.latest_first().first():
        first = visible.order_by("earliest", "statement_id").first() or last
        years = range(last.earliest.year, first.earliest.year - 1, -1)
        values = [Value(_written("year", str(year), lang), Wish().query(year=str(year))) for year in years]
        found.append(Facet("year", str(NAMES["year"]), values))
    return found


def _written(name: str, value: str, lang: str) -> Label:
    """What a filter that is no choice says."""
    if name == "has_figures":
        return _here(_("stated"), lang)
    if name == "year":
        return _here(format_year(int(value), lang), lang)
    return _here(format_stated(value, lang), lang) if name in DATES else _here(value, lang)


def _named(name: str, value: FacetValue, lang: str) -> Label:
    if name in ("has_figures", "year"):
        return _written(name, value.value, lang)
    tag = value.lang or lang
    return Label(value.label, tag, direction(tag), tag != lang)


def _with(value: str, values: list[tuple[str, Label]], lang: str) -> list[tuple[str, Label]]:
    """The values of a choice with the one that is set, though nothing visible has it."""
    return (
        values if not value or any(each == value for each, _label in values) else [*values, (value, _here(value, lang))]
    )


def _here(text: str, lang: str) -> Label:
    return Label(text, lang, direction(lang))
