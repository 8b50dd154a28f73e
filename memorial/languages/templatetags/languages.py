"""Languages in templates: formats and labels in the active language."""

from datetime import date, datetime
from typing import Any

from django import template

from memorial.languages import formats, labels

register = template.Library()


def _active() -> str:
    return formats.language_here()


@register.filter
def stated(value: str) -> str:
    """A stated date (EDTF): ``{{ event.dated|stated }}``."""
    return formats.format_stated(value, _active()) if value else ""


@register.filter
def moment(value: str | datetime) -> str:
    """A stated moment, or a moment of the site itself (in UTC)."""
    if isinstance(value, datetime):
        return formats.format_datetime(value, _active())
    return formats.format_moment(value, _active()) if value else ""


@register.filter
def day(value: date) -> str:
    """An exact day."""
    return formats.format_day(value, _active())


@register.filter
def age(value: datetime) -> str:
    """How long ago a moment of the site itself was."""
    return formats.format_age(value, _active())


@register.filter
def number(value: int) -> str:
    """A whole number."""
    return formats.format_number(value, _active())


@register.filter
def year(value: int) -> str:
    """A year, without grouping of digits."""
    return formats.format_year(value, _active())


@register.filter
def language_name(tag: str) -> str:
    """The name of a language in the active one; nothing where no language is recorded ("und", RFC 5646)."""
    return formats.language_name(tag, _active()) if tag not in {"", "und"} else ""


@register.filter
def isolated(name: str) -> str:
    """A name that stands within a sentence, whichever way its own letters and digits run (Unicode UAX 9, FSI, PDI)."""
    return f"\u2068{name}\u2069"


@register.filter
def own_name(tag: str) -> str:
    """What a language calls itself."""
    return formats.own_name(tag)


@register.filter
def direction(tag: str) -> str:
    """``ltr`` or ``rtl``."""
    return labels.direction(tag)


@register.simple_tag
def label(obj: Any, name: str) -> labels.Label:
    """``{% label issuer "name" as name %}``: the text and the language that it is in."""
    return labels.label(obj, name)
