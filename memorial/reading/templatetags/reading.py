"""What the readers' templates need beside languages: passages in other languages, figures, absolute addresses."""

import re
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from memorial.languages import formats
from memorial.languages.cldr import locale_of
from memorial.languages.labels import direction
from memorial.publishing.models import Edition
from memorial.reading import addresses, wording
from memorial.reading.citing import citation
from memorial.reading.citing.plain import marked
from memorial.reading.names import name_of

register = template.Library()
_MACHINE_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
register.filter("kind_heading", wording.kind_heading)
register.filter("source_kind", wording.source_kind)
register.filter("measure", wording.measure)
register.filter("issuer_kind", wording.issuer_kind)
register.filter("name_of", name_of)
register.filter("absolute", addresses.absolute)
register.filter("in_sentences", marked)


def _active() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.simple_tag
def site_name() -> str:
    """The name of the site."""
    return settings.SITE_NAME


@register.simple_tag
def passage(text: str, lang: str = "") -> SafeString:
    """A text that may be in another language than the page: ``{% passage issuer.name issuer.lang %}``."""
    if not lang or lang == _active():
        return format_html("{}", text)
    return format_html('<span lang="{}" dir="{}">{}</span>', lang, direction(lang), text)


@register.simple_tag
def named(labelled: Any) -> SafeString:
    """The name of an issuer, place, occasion or event, marked where it is in another language."""
    name = name_of(labelled)
    return passage(name.text, name.lang)


@register.simple_tag
def language_of(labelled: Any) -> SafeString:
    """The attributes of an element that holds only a name: none where the name is in the page's language."""
    name = name_of(labelled)
    return format_html(' lang="{}" dir="{}"', name.lang, name.dir) if name.is_foreign else SafeString("")


@register.simple_tag
def unapi_id(edition: Edition) -> SafeString:
    """Where reference managers look for what can be fetched by unAPI; readers see and hear nothing of it."""
    identifier = citation.unapi_id(edition.statement.sid, edition.language, edition.number)
    return format_html('<abbr class="unapi-id" title="{}"></abbr>', identifier)


@register.filter
def stated_number(figure: dict[str, Any]) -> str:
    """A figure's number with the claimant's own qualification; empty where it was given in words only."""
    return wording.stated_number(figure["minimum"], figure["maximum"], figure["precision"])


@register.filter
def month_day(occasion: Any) -> str:
    """The day on which an occasion returns."""
    if isinstance(occasion, dict):  # as sealed
        return formats.format_month_day(occasion["month"], occasion["day"], _active())
    return formats.format_month_day(occasion.month, occasion.day, _active())


@register.filter
def machine_date(dated: str) -> str:
    """A stated date as ``<time>`` takes it: a year, a month or a day; empty for any other, such as about a year."""
    return dated if _MACHINE_DATE.fullmatch(dated) else ""


@register.filter
def extent(value: str) -> str:
    """How much of a statement a wording has, in a list: full text, extract, summary."""
    return wording.extent(value)


@register.filter
def country(code: str) -> str:
    """The name of a country (ISO 3166) in the active language; its code where CLDR has none."""
    locale = locale_of(_active())
    return str(locale.territories.get(code, code)) if locale else code


@register.filter
def coordinate(value: Any) -> str:
    """A coordinate in decimal degrees, without idle zeros, as the international form has it."""
    whole, _point, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole
