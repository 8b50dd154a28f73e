"""What holds for every answer of the desk: its language, and that nobody keeps, lists or extends it."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from memorial.accounts.models import User
from memorial.languages.columns import languages
from memorial.languages.negotiate import best

# The desk has scripts, readers' pages have none. Nothing here is inline, so no hash and no nonce is needed.
CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "font-src": [SELF],
    "connect-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}


def is_of_the_desk(request: HttpRequest) -> bool:
    """Say whether the address belongs to the desk."""
    return request.path_info.startswith(reverse("admin:index"))


def desk_language(request: HttpRequest) -> str:
    """The language that the user chose, else the best of those that the browser asks for."""
    tags = languages()
    user = request.user
    if isinstance(user, User) and user.interface_language in tags:
        return user.interface_language
    return best(request.headers.get("Accept-Language", ""), tags, settings.LANGUAGE_CODE)


class DeskLanguage:
    """Activate the user's own language for addresses of the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the user's language, to be kept by nobody."""
        if not is_of_the_desk(request):
            return self.get_response(request)
        with translation.override(desk_language(request)):
            response = self.get_response(request)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response["Cache-Control"] = "no-store, private"
        response["X-Robots-Tag"] = "noindex, nofollow"
        response._csp_config = CONTENT_SECURITY_POLICY  # type: ignore[attr-defined] # how django-csp is told
        return response
