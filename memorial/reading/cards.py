"""What a list shows of a statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from memorial.languages.labels import Label
from memorial.languages.prepared import prepared
from memorial.publishing.models import Edition
from memorial.statements.models import Issuer
from memorial.translations.models import Text

from .addresses import of_statement
from .names import name_of
from .wording import kind_heading


@dataclass(frozen=True)
class Card:
    """One visible edition in a list."""

    edition: Edition
    issuer: Label
    path: str

    @property
    def first_day(self) -> str:
        """The first day that its date can mean, as machines read it."""
        return self.edition.earliest.isoformat()

    @property
    def kind(self) -> str:
        """The kind of statement, in the page's language."""
        return kind_heading(self.edition.kind)

    @property
    def is_partial(self) -> bool:
        """Whether the text is not the full one, which a list says too."""
        return self.edition.completeness != Text.Completeness.FULL


def issuers_of(editions: Iterable[Edition], lang: str) -> dict[int, Issuer]:
    """Return the issuers of ``editions`` with their names, by key; one query, none for no editions."""
    keys = sorted({edition.issuer_id for edition in editions})
    if not keys:
        return {}
    # One form of the question for a few, for more and for many: what is asked for twice is found once.
    keys += [keys[-1]] * ((1 << (len(keys) - 1).bit_length()) - len(keys))
    return {issuer.pk: issuer for issuer in _named(*keys, lang=lang)}


@prepared
def _named(*keys: int, lang: str) -> QuerySet[Issuer]:
    issuers: QuerySet[Issuer] = Issuer.objects.filter(pk__in=keys).in_language(lang, without=["description"])
    return issuers.order_by()


def named(issuers: Mapping[int, Issuer], lang: str) -> dict[int, Label]:
    """Return the names of issuers, by the same keys."""
    return {key: name_of(issuer, lang) for key, issuer in issuers.items()}


def cards(editions: Iterable[Edition], lang: str, issuers: Mapping[int, Label] | None = None) -> list[Card]:
    """Return the cards of ``editions``; one query for the names of their issuers unless these are given.

    What was given may have been found a moment before ``editions``: the name of a newer issuer is asked for.
    """
    editions = list(editions)
    known = issuers or {}
    if new := [edition for edition in editions if edition.issuer_id not in known]:
        known = {**known, **named(issuers_of(new, lang), lang)}
    return [Card(edition, known[edition.issuer_id], of_statement(edition)) for edition in editions]
