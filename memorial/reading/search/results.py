"""What a search gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from memorial.publishing.models import Edition
from memorial.text.analysis.marks import Marker

from .wish import Wish


@dataclass(frozen=True)
class Hit:
    """One statement.

    ``edition`` is what is shown: in the page's language where there is an edition, else in a language that matched.
    ``matched`` are the languages whose text matched, in the order of the site. ``editions`` are all visible editions
    by language (the columns of cards). ``quoted`` is the edition, its body loaded, that a passage is to be cut from:
    the shown one if that matched, else one in a language that did.
    """

    edition: Edition
    matched: tuple[str, ...]
    editions: Mapping[str, Edition]
    quoted: Edition

    @property
    def is_shown_in_another_language(self) -> bool:
        """Whether the words stand in another language than the edition that is shown."""
        return self.edition.language not in self.matched


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet: ``value`` as it stands in an address, ``label`` for readers (in ``lang``), its hits."""

    value: str
    label: str
    lang: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class TriedWord:
    """One clause of the query: the forms that were looked for, other spellings of a name, and the nearest words.

    ``nearest`` is filled only where nothing was found, with words that stand in visible texts; ``wider`` is then what
    asks for all words that begin so (``word*``), where that would find something.
    """

    text: str
    forms: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    wider: str = ""


@dataclass(frozen=True)
class Asked:
    """What was tried: the languages that were searched and the words of the query."""

    languages: tuple[str, ...] = ()
    words: tuple[TriedWord, ...] = ()


@dataclass(frozen=True)
class Results:
    """One page of hits, the facets over all of them, and how honest the total is.

    ``total`` counts the statements found; with ``is_capped`` there are more, and ranking, ``total`` and ``facets`` are
    of the newest of them only. ``facets`` are by name: issuer, kind, occasion, event, place, year, original, available,
    has_figures. ``is_index_missing``: nothing can be searched at the moment. ``is_index_incomplete``: some editions
    are not in the index, or are there as an older analyser put them. ``marker`` marks what was asked for in texts, and
    cuts passages of them; None where no words were asked for.
    """

    wish: Wish
    hits: Sequence[Hit] = ()
    total: int = 0
    is_capped: bool = False
    facets: Mapping[str, Sequence[FacetValue]] = field(default_factory=dict)
    asked: Asked = Asked()
    page_size: int = 25
    marker: Marker | None = None
    is_index_missing: bool = False
    is_index_incomplete: bool = False

    @property
    def pages(self) -> int:
        """The number of pages; at least one."""
        return max(1, -(-self.total // self.page_size))

    @property
    def has_next(self) -> bool:
        """Whether there is a page after this one."""
        return self.wish.page < self.pages
