"""What a list shows of a statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from memorial.languages.labels import Label
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
    def kind(self) -> str:
        """The kind of statement, in the page's language."""
        return kind_heading(self.edition.kind)

    @property
    def is_partial(self) -> bool:
        """Whether the text is not the full one, which a list says too."""
        return self.edition.completeness != Text.Completeness.FULL


def cards(editions: Iterable[Edition], lang: str, issuers: Mapping[int, Issuer] | None = None) -> list[Card]:
    """Return the cards of ``editions``; one query for the names of their issuers unless these are given."""
    editions = list(editions)
    if issuers is None:
        wanted = {edition.issuer_id for edition in editions}
        issuers = Issuer.objects.in_language(lang, without=["description"]).in_bulk(wanted) if wanted else {}
    return [Card(edition, name_of(issuers[edition.issuer_id], lang), of_statement(edition)) for edition in editions]
