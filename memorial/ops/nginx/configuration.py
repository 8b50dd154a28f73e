"""What an nginx in front of this site is told: addresses from the settings, headers from the application itself."""

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.urls import reverse
from whitenoise.media_types import MediaTypes
from whitenoise.middleware import WhiteNoiseMiddleware

from memorial.languages.models import Language
from memorial.ops.checks import is_local
from memorial.ops.server.bridge import LONGEST_BODY

from . import addresses

# Said of one page, or by whoever sends it.
OF_ONE_PAGE = {"content-type", "content-length", "content-language", "link", "vary", "etag", "last-modified"}
OF_ONE_PAGE |= {"surrogate-key", "cache-tag"}
# Said of pages, which change without notice.
OF_PAGES = {"cache-control", "cdn-cache-control", "surrogate-control"}


class NotToBeWritten(Exception):
    """The site, as it is set up, cannot be put into a configuration of nginx."""


@dataclass(frozen=True)
class Chosen:
    """What the operator says beside the settings. ``name`` is that of the upstream, the logs and all variables."""

    certificate: str = ""
    key: str = ""
    name: str = "memorial"
    logs: str = "/var/log/nginx"
    has_brotli: bool = True
    has_ipv6: bool = True
    has_default: bool = True


def configuration(chosen: Chosen) -> str:
    """Return the configuration, to be included in nginx's ``http``. Raises NotToBeWritten."""
    site = urlsplit(settings.SITE_URL)
    host, is_https = settings.ALLOWED_HOSTS[0], site.scheme == "https"
    if site.port == settings.PORT and is_local(site.hostname or ""):
        raise NotToBeWritten(f"{settings.SITE_URL} is the application itself. Set SITE_URL to where nginx listens.")
    folder = settings.PAGES_FOLDER
    facts: dict[str, object] = {
        "site_url": settings.SITE_URL,
        "name": chosen.name,
        "application": f"127.0.0.1:{settings.PORT}",
        "server_names": " ".join(dict.fromkeys(settings.ALLOWED_HOSTS)),
        "port": site.port or (443 if is_https else 80),
        "passed_host": f"$host:{site.port}" if site.port else "$host",
        "ssl": " ssl http2" if is_https else "",
        "certificate": _written(chosen.certificate or f"/etc/letsencrypt/live/{host}/fullchain.pem"),
        "key": _written(chosen.key or f"/etc/letsencrypt/live/{host}/privkey.pem"),
        "logs": _written(chosen.logs),
        "has_log": settings.LOG_REQUESTS,
        "log": f'"{_written(chosen.logs)}/{chosen.name}.log" {chosen.name} buffer=64k flush=1s'
        if settings.LOG_REQUESTS
        else "off",
        "has_brotli": chosen.has_brotli,
        "has_ipv6": chosen.has_ipv6,
        "has_default": chosen.has_default,
        "longest_body": LONGEST_BODY,
        "harvest": reverse("oai"),
        "follow": reverse("reading:subscribe", kwargs={"lang": "en"}).replace("/en/", "/[^/]+/"),
        "pages_folder": folder and _written(str(folder)),
    }
    if folder:
        facts |= _of_pages(is_https) | _of_static_files() | {"links": addresses.links(chosen.name)}
        if settings.CDN_SECONDS:
            facts["keys"] = addresses.keys(chosen.name)
            facts["tags"] = [(pattern, said.replace(" ", ",")) for pattern, said in addresses.keys(chosen.name)]
    text = (Path(__file__).parent / "site.conf").read_text()
    return engines["django"].from_string(f"{{% autoescape off %}}{text}{{% endautoescape %}}").render(facts)


def _written(value: str) -> str:
    """Return the value if nginx takes it, between quotes, for what it is. Raises NotToBeWritten."""
    if re.search(r'["$\\]', value) or not value.isprintable():
        raise NotToBeWritten(f"{value!r} holds signs that mean something else to nginx.")
    return value


def _of_pages(is_https: bool) -> dict[str, object]:
    """What every page of readers says in its headers, taken from one of them."""
    language = Language.objects.public().order_by("position", "tag").first()
    if language is None:
        raise NotToBeWritten("No language is public yet, so there is no page for readers to ask for its headers.")
    path = reverse("reading:about", kwargs={"lang": language.tag})
    answer = Client().get(path, secure=is_https, headers={"host": settings.ALLOWED_HOSTS[0]})
    if answer.status_code != 200:
        raise NotToBeWritten(f"{path} was answered {answer.status_code}.")
    said = [(name, _written(value)) for name, value in answer.items() if name.lower() not in OF_ONE_PAGE]
    return {
        "page_headers": said,
        "static_headers": [(name, value) for name, value in said if name.lower() not in OF_PAGES],
        "session_cookie": re.escape(settings.SESSION_COOKIE_NAME),
    }


def _of_static_files() -> dict[str, object]:
    """Their types, and how long a browser keeps them, as whitenoise says it."""
    types: dict[str, set[str]] = {}
    known = MediaTypes()
    for finder in get_finders():
        for path, _storage in finder.list([]):
            if ending := PurePosixPath(path).suffix:
                types.setdefault(known.get_type(path), set()).add(ending[1:])
    return {
        "static_url": settings.STATIC_URL,
        "static_age": _age(is_hashed=False),
        "hashed_static_age": _age(is_hashed=True),
        "media_types": [(each, " ".join(sorted(endings))) for each, endings in sorted(types.items())],
        "text_types": " ".join(sorted(each for each in types if each.startswith("text/") and each != "text/html")),
    }


def _age(*, is_hashed: bool) -> str:
    whitenoise = WhiteNoiseMiddleware(lambda request: HttpResponse())
    whitenoise.immutable_file_test = lambda path, url: is_hashed
    headers = Headers([])
    whitenoise.add_cache_headers(headers, "", "")
    return _written(headers["Cache-Control"] or "no-cache")
