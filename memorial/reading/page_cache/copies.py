"""What browsers and content delivery networks are told about the copies that they keep.

A copy is asked about again whenever it is used, so nobody is shown what has been corrected or withdrawn: what has not
changed is answered with 304 and no body. Only a copy a second old may be shown while that is asked, and one an hour old
when the site does not answer. A network that is told of every publication, or an operator who allows old pages for a
while, may have a network keep pages for longer (``CDN_SECONDS``); its keys say what a page belongs to.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COPIES = "public, max-age=0, stale-while-revalidate=1, stale-if-error=3600"
_NO_KEY = re.compile(r"[^A-Za-z0-9_.~-]+")


def say(request: HttpRequest, response: HttpResponse) -> None:
    """Say it on a page that is kept; an error, and what has said something itself, is left alone."""
    if response.status_code != 200 or response.has_header("Cache-Control"):
        return
    response["Cache-Control"] = COPIES
    if seconds := settings.CDN_SECONDS:
        response["CDN-Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate=1, stale-if-error=86400"
        response["Surrogate-Control"] = f"max-age={seconds}, stale-while-revalidate=1, stale-if-error=86400"
        keys = surrogate_keys(request)
        response["Surrogate-Key"], response["Cache-Tag"] = " ".join(keys), ",".join(keys)


def surrogate_keys(request: HttpRequest) -> list[str]:
    """Return what a page belongs to: the site, its kind, and each named part of its address, such as ``lang-az``."""
    keys, found = ["site"], request.resolver_match
    if found is not None:
        keys.append(f"page-{found.url_name}")
        keys += [f"{name}-{value}" for name, value in found.kwargs.items()]
    return [_NO_KEY.sub("-", key)[:100] for key in keys]
