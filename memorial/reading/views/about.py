"""How the archive works, in its readers' words."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.reading.addresses import in_all_languages
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept


@kept()
@require_safe
def about(request: HttpRequest, lang: str) -> HttpResponse:
    """Say what is kept here, how it is attributed, and how to check and cite it."""
    languages = in_all_languages(request, lang, "about")
    return render_page(request, "reading/about.html", {}, lang=lang, languages=languages, section="about")
