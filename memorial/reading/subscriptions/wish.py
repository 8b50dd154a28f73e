"""What a subscription is about: the filters of the list of statements, and words to search for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from memorial.languages.labels import Label
from memorial.reading.finding import Wish
from memorial.reading.names import name_of
from memorial.statements.labels import LABELS

# The query parameters that the page reads: kinds of labels, and words.
KINDS = ("issuer", "occasion", "event")
QUERY = (*KINDS, "q")
LONGEST_SEARCH = 200


@dataclass(frozen=True)
class About:
    """Filters that must all hold; empty for everything that is published. ``labels``: the names of those filters."""

    filters: dict[str, str] = field(default_factory=dict)
    words: str = ""
    labels: dict[str, Label] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, str], lang: str) -> "About | None":
        """Read a query; None where it names a label that there is not, or too many words. A query a filter."""
        filters = {name: value for name in KINDS if (value := query.get(name, "").replace("\x00", "").strip()[:80])}
        words = " ".join(query.get("q", "").replace("\x00", " ").split())
        if len(words) > LONGEST_SEARCH:
            return None
        labels = {}
        for name, slug in filters.items():
            row = LABELS[name].objects.in_language(lang, without=["description"]).filter(slug=slug).first()
            if row is None:
                return None
            labels[name] = name_of(row, lang)
        return cls(filters, words, labels)

    @property
    def query(self) -> str:
        """What is stored: the same wish is the same string."""
        pairs = sorted(self.filters.items()) + ([("q", self.words)] if self.words else [])
        return urlencode(pairs)


def pairs_of(query: str) -> dict[str, str]:
    """Return a stored wish as the parameters that it was read from."""
    return dict(parse_qsl(query))


def stored(query: str) -> tuple[Wish, str]:
    """Return a stored wish as filters and words."""
    pairs = pairs_of(query)
    return Wish(**{name: pairs[name] for name in KINDS if name in pairs}), pairs.get("q", "")
