"""Where a string is used, in words that a translator understands, and whether readers can come to see it there."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A place in the site: what it is called, and whether it is one of the readers' pages."""

    name: Promise
    is_public: bool = True


_STATEMENT, _EDITIONS = Place(_("Statement page")), Place(_("Editions of a statement"))
_SEVERAL, _ERRORS = Place(_("Several pages")), Place(_("Error pages"))
_ISSUERS, _OCCASIONS, _EVENTS, _PLACES = (
    Place(_("Issuers")), Place(_("Occasions")), Place(_("Events")), Place(_("Places")),
)  # fmt: skip
_SEARCH = Place(_("Search page"))
_CITING = Place(_("How to cite"))
_STUDY = Place(_("Comparisons of texts"))
_DESK, _COMMANDS = Place(_("Desk"), is_public=False), Place(_("Command line"), is_public=False)
# By the beginning of a reference; the longest one that fits counts.
_BY_REFERENCE: dict[str, Place] = {
    "": _DESK,
    "templates/": Place(_("Every page")),
    "templates/admin/": _DESK,
    "templates/desk/": _DESK,
    "templates/403": _DESK,
    "templates/404": _ERRORS,
    "templates/500": _ERRORS,
    "templates/plain": _ERRORS,
    "templates/components/": _SEVERAL,
    "templates/components/anniversary": _OCCASIONS,
    "templates/components/attachments": _STATEMENT,
    "templates/components/basis": _STATEMENT,
    "templates/components/cite": _CITING,
    "templates/components/became": _STUDY,
    "templates/components/changes": _STUDY,
    "templates/components/compare": _STUDY,
    "templates/components/edition": _EDITIONS,
    "templates/components/facet": _SEARCH,
    "templates/components/figures": Place(_("Figures")),
    "templates/components/find": Place(_("Every page")),
    "templates/components/hit": _SEARCH,
    "templates/components/issuers": _ISSUERS,
    "templates/components/languages": Place(_("Choice of the language")),
    "templates/components/legend": _STUDY,
    "templates/components/mentions": _STATEMENT,
    "templates/components/occasions": _OCCASIONS,
    "templates/components/passages": _STUDY,
    "templates/components/provenance": _STATEMENT,
    "templates/components/read_beside": _STATEMENT,
    "templates/components/series": _STUDY,
    "templates/components/search_": _SEARCH,
    "templates/components/source": Place(_("Sources of a statement")),
    "templates/components/step": _STUDY,
    "templates/components/terms": _STUDY,
    "templates/reading/": _SEVERAL,
    "templates/reading/about": Place(_("About the site")),
    "templates/reading/compare": _STUDY,
    "templates/reading/difference": _EDITIONS,
    "templates/reading/edition": _EDITIONS,
    "templates/reading/event": _EVENTS,
    "templates/reading/history": _EDITIONS,
    "templates/reading/home": Place(_("Home page")),
    "templates/reading/issuer": _ISSUERS,
    "templates/reading/occasion": _OCCASIONS,
    "templates/reading/parallel": Place(_("Parallel reading")),
    "templates/reading/place": _PLACES,
    "templates/reading/series": _STUDY,
    "templates/reading/search": _SEARCH,
    "templates/reading/statement.html": _STATEMENT,
    "templates/reading/statements": Place(_("List of statements")),
    "memorial/reading/": _SEVERAL,
    "memorial/reading/calendar": Place(_("Calendar file")),
    "memorial/reading/found/": _SEARCH,
    "memorial/reading/citing/": _CITING,
    "memorial/reading/study/": _STUDY,
    "memorial/reading/wording": _STATEMENT,
    "memorial/reading/views/about": Place(_("About the site")),
    "memorial/reading/views/attachments": _STATEMENT,
    "memorial/reading/views/editions": _EDITIONS,
    "memorial/reading/views/events": _EVENTS,
    "memorial/reading/views/home": Place(_("Home page")),
    "memorial/reading/views/issuers": _ISSUERS,
    "memorial/reading/views/occasions": _OCCASIONS,
    "memorial/reading/views/places": _PLACES,
    "memorial/reading/views/search": _SEARCH,
    "memorial/reading/views/statements": Place(_("List of statements")),
    "memorial/languages/formats": Place(_("Dates and numbers")),
    "memorial/languages/middleware": _ERRORS,
    "memorial/languages/templatetags/": _SEVERAL,
    "memorial/languages/management/": _COMMANDS,
    "memorial/ops/": _COMMANDS,
    "choices/": _SEVERAL,
    "choices/publishing.Edition.change": Place(_("Kinds of editions")),
    "choices/statements.Figure.measure": Place(_("What a figure counts")),
    "choices/statements.Issuer.kind": Place(_("Kinds of issuers")),
    "choices/statements.Source.what": Place(_("Kinds of sources")),
    "django/": Place(_("Forms"), is_public=False),
    "django/template/": Place(_("Dates and numbers"), is_public=False),
    "django/utils/": Place(_("Dates and numbers"), is_public=False),
}


def place_of(reference: str) -> Place:
    """Return the place that a reference in the catalogue of sources stands for, such as ``templates/base.html``."""
    fitting = (beginning for beginning in _BY_REFERENCE if reference.startswith(beginning))
    return _BY_REFERENCE[max(fitting, key=len)]
