"""A statement with two English wordings beside its texts, for pages that compare them."""

from memorial.accounts.models import User
from memorial.publishing.source_release import publish_source
from memorial.statements.models import Source, Statement
from tests.publishing.sources import a_witness

from .conftest import published

KEPT = (
    "<p>The Ministry of Examples states that 20 May is a day of mourning in Example Land.</p>"
    "<p>On that night lamps were lit in four towns: Northville, Southville, Eastville and Westville.</p>"
    "<p>The parliament of Example Land adopted a decision on the lamps in March 1994.</p>"
    "<p>The Ministry honours the memory of those who carried the lamps.</p>"
)
FIRST = (
    "<p>The Ministry of Examples states that 20 May is a day of mourning.</p>"
    "<p>On that night lamps were lit in four towns.</p>"
    "<p>The Ministry honours the memory of all who carried the lamps.</p>"
)
SECOND = (
    "<p>20 May is a day of mourning in Example Land, the Ministry of Examples has stated.</p>"
    "<p>Lamps were lit on that night in four towns: Northville, Southville, Eastville and Westville.</p>"
    "<p>Readers of the agency sent candles.</p>"
    "<p>The Ministry honours the memory of those who carried the lamps.</p>"
)


def a_statement_in_many_words(
    by: User, languages: tuple[str, ...] = ("az", "en", "fa")
) -> tuple[Statement, Source, Source]:
    """A statement with texts in ``languages``, and two sources that print it in English in words of their own."""
    statement = published(by, languages=languages, text={"body": KEPT})
    first = a_witness(statement, publisher="Example Agency", body=FIRST, completeness="extract", rights="")
    second = a_witness(statement, publisher="Example Wire", body=SECOND, url="https://wire.example/1")
    for source in (first, second):
        publish_source(source, by=by)
    return statement, first, second
