"""One page a language, one write."""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from .models import Book


def home(request: HttpRequest, lang: str) -> HttpResponse:
    """Which process answers, in which language, and what it reads."""
    book = Book.objects.in_language().select_related("shelf").get(number="N1")
    return JsonResponse(
        {
            "process": os.getpid(),
            "version": settings.LANGUAGE_SET_VERSION,
            "active": get_language(),
            "is_rtl": get_language_bidi(),
            "title": book.title,
            "said": gettext("Statements"),
            "counted": ngettext("%(found)s statement", "%(found)s statements", 3),
            "public": [language.tag for language in request.site_languages],
        }
    )


def save(request: HttpRequest, lang: str) -> HttpResponse:
    """A write by whichever process answers."""
    book = Book.objects.get(number="N2")
    book.title = f"saved by {os.getpid()}"
    book.save()
    return HttpResponse("saved")


urlpatterns = [path("<str:lang>/", home), path("<str:lang>/save", save)]
