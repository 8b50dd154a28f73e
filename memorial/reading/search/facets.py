"""What hits have in common, counted: a statement counts once for each value, whatever its languages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from memorial.languages.formats import format_year, language_name
from memorial.reading.wording import kind_heading
from memorial.statements.labels import LABELS

from .document import MOST_YEARS
from .labels import Labels
from .results import FacetValue
from .window import Row
from .wish import Wish

#: The facets, in the order of a page.
NAMES = ("issuer", "kind", "occasion", "event", "place", "year", "original", "available", "has_figures")
MOST_VALUES = 100


def facets(
    rows: Iterable[Row], available: Iterable[tuple[str, int]], wish: Wish, labels: Labels, lang: str
) -> dict[str, list[FacetValue]]:
    """Return the values of each facet with their counts: the most frequent first, years from the latest. No query."""
    values: dict[str, set[tuple[int, str]]] = {name: set() for name in NAMES}
    for row in rows:
        for name, found in _of(row):
            for value in found:
                values[name].add((row.statement_id, value))
    counts = {name: Counter(value for _statement, value in each) for name, each in values.items()}
    counts["available"] = Counter(dict(available))
    return {name: _values(name, count, wish, labels, lang) for name, count in counts.items()}


def _of(row: Row) -> Iterable[tuple[str, Sequence[str]]]:
    """The values of one entry: keys of labels, and everything else as it stands in an address."""
    years = range(row.earliest.year, min(row.latest.year, row.earliest.year + MOST_YEARS) + 1)
    yield "issuer", [str(row.issuer_id)]
    yield "kind", [row.kind]
    yield "occasion", [str(row.occasion_id)] if row.occasion_id else []
    yield "event", row.events.split()
    yield "place", row.places.split()
    yield "year", [str(year) for year in years]
    yield "original", [row.original_language]
    yield "has_figures", ["1"] if row.has_figures else []


def _values(name: str, counts: Mapping[str, int], wish: Wish, labels: Labels, lang: str) -> list[FacetValue]:
    chosen = "1" if getattr(wish, name) is True else str(getattr(wish, name) or "")
    found = []
    for value, count in counts.items():
        shown = _shown(name, value, labels, lang)
        if shown is not None:
            address, label, label_lang = shown
            found.append(FacetValue(address, label, label_lang, count, address == chosen))
    if name == "year":
        found.sort(key=lambda each: each.value, reverse=True)
    else:
        found.sort(key=lambda each: (-each.count, each.label, each.value))
    kept = found[:MOST_VALUES]
    return kept + [each for each in found[MOST_VALUES:] if each.is_chosen]


def _shown(name: str, value: str, labels: Labels, lang: str) -> tuple[str, str, str] | None:
    """A value as it stands in an address, its label, and the language of the label."""
    if name in LABELS:
        key = name, int(value)
        label = labels.name(key, lang)
        return (labels.rows[key].slug, label.text, label.lang) if label else None
    if name in ("original", "available"):
        return value, language_name(value, lang), lang
    if name == "kind":
        return value, kind_heading(value), lang
    return value, format_year(int(value), lang) if name == "year" else "", lang
