"""The site's settings with Django's own cache of whole pages, as its documentation puts it around all others."""

from typing import Any

from django.middleware.cache import UpdateCacheMiddleware

from config.settings import *  # noqa: F403 all of them
from config.settings import CACHES, MIDDLEWARE

SECONDS = 600


class KeepsForMinutes(UpdateCacheMiddleware):
    """Django's own, with a time as ``cache_page(600)`` gives it: also a page that tells browsers to ask again."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.page_timeout = SECONDS


MIDDLEWARE = [
    f"{__name__}.KeepsForMinutes",
    *MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
CACHE_MIDDLEWARE_SECONDS = SECONDS
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"}}
