"""The sentences by which the site says what a text is, without a voice of its own."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from memorial.languages import formats
from memorial.statements.models import Figure, Issuer, Source, Statement
from memorial.translations.models import Text, Witness

_KINDS: dict[str, Promise] = {
    Statement.Kind.STATEMENT: _("Statement"),
    Statement.Kind.ADDRESS: _("Address"),
    Statement.Kind.RESOLUTION: _("Resolution"),
    Statement.Kind.DECREE: _("Decree"),
    Statement.Kind.DECLARATION: _("Declaration"),
    Statement.Kind.MESSAGE: _("Message"),
    Statement.Kind.NOTE: _("Note"),
}

_ISSUED, _OFFICIAL, _ARCHIVE, _MACHINE = (
    Text.Origin.ISSUED,
    Text.Origin.OFFICIAL,
    Text.Origin.ARCHIVE,
    Text.Origin.MACHINE,
)
_FULL, _EXTRACT, _SUMMARY = Text.Completeness.FULL, Text.Completeness.EXTRACT, Text.Completeness.SUMMARY

# What a text is, by its origin and completeness.
_STANDING: dict[tuple[str, str], Promise] = {
    (_ISSUED, _FULL): _("This is the full text, as the issuer gave it out in this language."),
    (_ISSUED, _EXTRACT): _("This is an extract from the text that the issuer gave out in this language."),
    (_ISSUED, _SUMMARY): _("This is a summary that the issuer gave out in this language; it is not the full text."),
    (_OFFICIAL, _FULL): _("This is the full text in an official translation."),
    (_OFFICIAL, _EXTRACT): _("This is an extract from an official translation; it is not the full text."),
    (_OFFICIAL, _SUMMARY): _("This is an official translation of a summary; it is not the full text."),
    (_ARCHIVE, _FULL): _("This is the full text, translated by the archive; it is not an official translation."),
    (_ARCHIVE, _EXTRACT): _("This is an extract, translated by the archive; it is not an official translation."),
    (_ARCHIVE, _SUMMARY): _("This is a summary prepared by the archive; it is not the issuer’s wording."),
    (_MACHINE, _FULL): _("This is a machine translation of the full text; it is not the issuer’s wording."),
    (_MACHINE, _EXTRACT): _("This is a machine translation of an extract; it is not the issuer’s wording."),
    (_MACHINE, _SUMMARY): _("This is a machine translation of a summary; it is not the issuer’s wording."),
}

# In its original language the archive does not translate a text: it transcribes it.
_STANDING_OF_ORIGINAL: dict[tuple[str, str], Promise] = {
    (_ARCHIVE, _FULL): _("This is the full text, transcribed by the archive from the sources named here."),
    (_ARCHIVE, _EXTRACT): _("This is an extract, transcribed by the archive from the sources named here."),
}


# What the wording is that a source carries: as the source prints it, whoever made it.
_STANDING_OF_WORDING: dict[str, Promise] = {
    _FULL: _("This is the full text, as this source prints it."),
    _EXTRACT: _("This is an extract from what this source prints; it is not the full text."),
    _SUMMARY: _("This is a summary, as this source prints it; it is not the full text."),
}


_TEXT_KEPT_HERE = _("The text kept in this archive")


def standing_of_wording(completeness: str) -> str:
    """Return the whole sentence that says what a source's own wording is; empty where it carries none."""
    return str(_STANDING_OF_WORDING.get(completeness, ""))


def extent(completeness: str) -> str:
    """Return how much of a statement a wording has, as a list says it."""
    known = completeness in Witness.Completeness.values
    return str(Witness.Completeness(completeness).label) if known else completeness


def text_kept_here() -> str:
    """Return what the statement's own text is called beside the wordings of its sources."""
    return str(_TEXT_KEPT_HERE)


def kind_heading(kind: str) -> str:
    """Return a kind of statement as it stands at the start of a line."""
    return str(_KINDS.get(kind, kind))


def standing(facts: dict[str, Any], lang: str) -> str:
    """Return the whole sentence that says what the text in ``lang`` is."""
    text = facts["text"]
    key = text["origin"], text["completeness"]
    if lang == facts["statement"]["original_language"] and key in _STANDING_OF_ORIGINAL:
        return str(_STANDING_OF_ORIGINAL[key])
    return str(_STANDING[key])


def is_the_issuers_full_text(facts: dict[str, Any]) -> bool:
    """Say whether readers have the issuer's own full text before them, so that no notice is due above it."""
    return (facts["text"]["origin"], facts["text"]["completeness"]) == (_ISSUED, _FULL)


def source_kind(what: str) -> str:
    """Return what a source is."""
    return str(Source.What(what).label) if what in Source.What.values else what


def measure(value: str) -> str:
    """Return what a figure counts."""
    return str(Figure.Measure(value).label) if value in Figure.Measure.values else value


def stated_number(minimum: int | None, maximum: int | None, precision: str) -> str:
    """Return a number with its claimant's qualification, in the page's language; empty where words stand for it."""
    if minimum is None or precision == Figure.Precision.WORDS:
        return ""
    number = formats.format_range(minimum, maximum, formats.language_here())
    if precision == Figure.Precision.AT_LEAST:
        return gettext("at least %(number)s") % {"number": number}
    if precision == Figure.Precision.ABOUT:
        return gettext("about %(number)s") % {"number": number}
    return number


def issuer_kind(value: str) -> str:
    """Return what an issuer is."""
    return str(Issuer.Kind(value).label) if value in Issuer.Kind.values else value
