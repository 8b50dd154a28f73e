"""Which of the site's languages a browser would like best."""

from collections.abc import Sequence

from django.utils.translation.trans_real import parse_accept_lang_header


def best(accept_language: str, tags: Sequence[str], default: str) -> str:
    """Return the one of ``tags`` that an Accept-Language header (RFC 9110, 12.5.4) asks for first, else ``default``.

    A regional wish is met by its language (``az-Latn-AZ`` by ``az``), and a language by its region's variant.
    """
    for wished, _quality in parse_accept_lang_header(accept_language[:500].lower()):
        if wished == "*":
            break
        parts = wished.split("-")
        for length in range(len(parts), 0, -1):
            tag = "-".join(parts[:length])
            if tag in tags:
                return tag
        for tag in tags:
            if tag.split("-")[0] == parts[0]:
                return tag
    return default
