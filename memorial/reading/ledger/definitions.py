"""What the words of a ledger mean: one place for the page, its files and its linked data."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from memorial.statements.models import Figure

_MEASURES: dict[str, Promise] = {
    Figure.Measure.KILLED: _("Persons who, according to the claimant, lost their lives."),
    Figure.Measure.INJURED: _("Persons who, according to the claimant, were wounded or came to other bodily harm."),
    Figure.Measure.MISSING: _(
        "Persons of whom, according to the claimant, it was not known at the time of the claim whether they lived."
    ),
    Figure.Measure.DETAINED: _("Persons who, according to the claimant, were arrested or held, for however long."),
    Figure.Measure.DISPLACED: _("Persons who, according to the claimant, had to leave their homes."),
    Figure.Measure.OTHER: _("Something else that a claimant counts; it is named beside the number."),
}


def definitions(measures: Iterable[str]) -> list[tuple[str, str]]:
    """Return (measure, definition) for each of ``measures``, in the order of the table."""
    wanted = set(measures)
    return [(measure, str(text)) for measure, text in _MEASURES.items() if measure in wanted]
