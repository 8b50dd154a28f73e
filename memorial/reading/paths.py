"""Paths of the readers' pages, put together from patterns that are looked up once.

Django's ``reverse`` looks through the patterns, checks and quotes anew for every path, and a page has some fifty of
them. The site stands at the root of its host (SITE_URL has no path), so nothing of a request is in a path.
"""

import re
from functools import cache
from typing import Any

from django.urls import get_resolver, reverse

# What stands in a path as it is. All else, and what is empty, is left to Django.
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+", re.ASCII)


def path_to(name: str, /, *values: Any, **named: Any) -> str:
    """Return the path of a page of the readers' door: ``path_to("issuer", lang="en", slug="example-ministry")``.

    Values are given in the pattern's order or by name, as to ``reverse``, whose errors it raises.
    """
    pattern = _pattern(name, len(values) if values else tuple(named))
    texts = [str(value) for value in (values or named.values())]
    if pattern is None or not all(map(_PLAIN.fullmatch, texts)):
        return reverse(f"reading:{name}", args=values or None, kwargs=named or None)
    return pattern % (tuple(texts) if values else dict(zip(named, texts, strict=True)))


@cache
def _pattern(name: str, given: int | tuple[str, ...]) -> str | None:
    """The path with a place for each value; None where not exactly one pattern takes these."""
    prefix, resolver = get_resolver().namespace_dict["reading"]
    found = []
    for possibilities, _regex, defaults, _converters in resolver.reverse_dict.getlist(name):
        for pattern, parameters in possibilities:
            names = {*parameters} - {*defaults}
            if given == len(parameters) if isinstance(given, int) else names == {*given}:
                found.append((pattern, parameters))
    if len(found) != 1:
        return None
    pattern, parameters = str(found[0][0]), found[0][1]
    in_order = dict.fromkeys(parameters, "%s") if isinstance(given, int) else None
    return "/" + prefix + (pattern % in_order if in_order else pattern)
