"""A label and the language it is in: what a page shows when a translation may be missing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.utils import resolution_order

from .cldr import describe
from .columns import column_name


@dataclass(frozen=True)
class Label:
    """A short text with its own language and direction; ``is_foreign`` when that is not the page's language."""

    text: str
    lang: str
    dir: str
    is_foreign: bool = False

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@lru_cache(maxsize=512)
def direction(tag: str) -> str:
    """``ltr`` or ``rtl``: as the site's own row says, else as CLDR says."""
    for row in settings.SITE_LANGUAGE_ROWS:
        if row.tag == tag:
            return str(row.direction)
    return describe(tag).direction


def label(obj: Any, name: str, tag: str | None = None) -> Label:
    """Return the translated field ``name`` of ``obj`` in ``tag`` (default: the active language), else in a fallback.

    Only loaded columns are looked at, so no query is made for objects that came from ``in_language()``.
    """
    tag = tag or get_language() or settings.LANGUAGE_CODE
    loaded = vars(obj)
    for code in resolution_order(tag):
        if text := loaded.get(column_name(name, code)):
            return Label(text, code, direction(code), code != tag)
    return Label("", tag, direction(tag))


def in_language(text: str, lang: str, tag: str | None = None) -> Label:
    """A label for a text whose language is known, such as one of an edition's sealed facts."""
    tag = tag or get_language() or settings.LANGUAGE_CODE
    return Label(text, lang, direction(lang), lang != tag)
