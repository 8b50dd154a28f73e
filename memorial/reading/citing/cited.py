"""An edition among the others of its statement: what links and linked data are made of."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from memorial.publishing.models import Edition
from memorial.reading.addresses import absolute
from memorial.reading.editions import StatementEditions, in_full
from memorial.reading.paths import path_to

from .citation import Citation, citation


@dataclass(frozen=True)
class Cited:
    """An edition with its facts, and what has been released of its statement.

    ``is_by_number``: whether it is asked for by its number, and every address is therefore this edition's own.
    Otherwise it is the newest, and the addresses are the statement's.
    """

    edition: Edition
    editions: StatementEditions
    is_by_number: bool = False

    @classmethod
    def read(cls, row: Edition, editions: StatementEditions, *, is_by_number: bool = False) -> "Cited":
        """Read the facts of ``row``, one of ``editions``. One query."""
        return cls(in_full(row), editions, is_by_number)

    @cached_property
    def citation(self) -> Citation:
        """What is cited of the edition."""
        return citation(self.edition, original=self.original)

    @property
    def original(self) -> Edition | None:
        """The visible edition of the original, of which a few columns are loaded; None where it is not public."""
        return self.editions.newest(self.edition.facts["statement"]["original_language"])

    def address(self, suffix: str) -> str:
        """The absolute address of the edition, or of the statement, in a format such as ``ris``."""
        statement = self.edition.statement
        path = path_to("citation", lang=self.edition.language, sid=statement.sid, slug=statement.slug, suffix=suffix)
        return absolute(f"{path}?{urlencode({'edition': self.edition.number})}" if self.is_by_number else path)

    @property
    def own_page(self) -> str:
        """The absolute address of the page that shows it: the edition's, or the statement's."""
        return self.citation.address if self.is_by_number else self.citation.page

    @property
    def cite_as(self) -> str:
        """The absolute address to cite: the edition's, or the statement's in any language."""
        return self.citation.address if self.is_by_number else self.citation.permalink

    @property
    def issuer_address(self) -> str:
        """The absolute address of the issuer's page."""
        return absolute(path_to("issuer", lang=self.edition.language, slug=self.citation.issuer_slug))

    @property
    def series_address(self) -> str:
        """The absolute address of the list of its series, the issuer's statements on the occasion; empty without."""
        occasion = self.edition.facts["occasion"]
        if occasion is None:
            return ""
        chosen = urlencode({"issuer": self.citation.issuer_slug, "occasion": occasion["slug"]})
        return absolute(path_to("statements", lang=self.edition.language)) + f"?{chosen}"
