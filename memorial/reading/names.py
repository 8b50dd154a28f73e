"""The name of what statements refer to, even where no translation of it is at hand."""

from typing import Any

from memorial.languages.labels import Label, label


def name_of(labelled: Any, lang: str | None = None) -> Label:
    """Return the name in ``lang`` (default: the active language) or a fallback of it, else the words of the address."""
    name = label(labelled, "name", lang)
    return name if name else Label(labelled.slug, name.lang, name.dir)
