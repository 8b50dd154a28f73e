"""What the shipped catalogues say: ours (``memorial/locale``), else Django's own, each in its one language."""

import gettext
from typing import Any

from django.utils.translation import trans_real

from . import plurals
from .source import Source

# The language in which the strings stand in the code.
SOURCE_LANGUAGE = "en"
# Django's own function, which keeps what it has read; ``runtime`` puts another in its place.
read_catalogues = trans_real.translation


def is_source_language(tag: str) -> bool:
    """Whether the strings of the code are in this language already."""
    return tag.split("-", maxsplit=1)[0] == SOURCE_LANGUAGE


def shipped(tag: str, source: Source) -> dict[str, str]:
    """Return the forms of a source in the shipped catalogue of a language, by plural category; {} where it has none.

    The forms of gettext are numbered by an expression in each catalogue. They are mapped by asking for a number of
    each category.
    """
    if not source.is_plural:
        text = source.singular if is_source_language(tag) else shipped_text(tag, source.message)
        return {"other": text} if text else {}
    forms = {name: _counting(tag, source, plurals.typical(tag, name)) for name in plurals.categories(tag)}
    return {name: text for name, text in forms.items() if text} if all(forms.values()) else {}


def shipped_text(tag: str, message: str) -> str | None:
    """Return what the catalogues of a language have for a message (context, EOT and string), without fallbacks."""
    for catalogue in _own_catalogues(tag):
        text = catalogue._catalog.get(message)
        if text is None:
            text = catalogue._catalog.get((message, catalogue.plural(1)))
        if text:
            return str(text)
    return None


def shipped_plural(tag: str, message: str, number: Any) -> str | None:
    """Return what the catalogues of a language have for a message that counts ``number``, without fallbacks."""
    for catalogue in _own_catalogues(tag):
        if isinstance(catalogue._catalog, trans_real.TranslationCatalog):
            try:
                text = catalogue._catalog.plural(message, number)
            except KeyError:
                continue
        else:
            text = catalogue._catalog.get((message, catalogue.plural(number)))
        if text:
            return str(text)
    return None


def _own_catalogues(tag: str) -> list[Any]:
    """The merged catalogue of a tag, then those of its language without script and region (``pt`` of ``pt-br``)."""
    found: list[Any] = []
    catalogue: Any = read_catalogues(tag)
    # The chain ends where Django goes on to the site's default language.
    while isinstance(catalogue, gettext.GNUTranslations) and (
        not found or not isinstance(catalogue, trans_real.DjangoTranslation)
    ):
        found.append(catalogue)
        catalogue = catalogue._fallback  # type: ignore[attr-defined]
    return found


def _counting(tag: str, source: Source, number: int) -> str | None:
    if is_source_language(tag):
        return source.singular if number == 1 else source.plural
    return shipped_plural(tag, source.message, number)
