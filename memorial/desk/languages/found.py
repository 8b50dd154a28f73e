"""What the pages of one language begin with: its row, and whether this process works with it already."""

from django.http import Http404, HttpRequest, HttpResponse

from memorial.desk.page import desk_page
from memorial.languages.columns import languages
from memorial.languages.models import Language

# How often a page that waits for something asks anew, in seconds.
LOOK_AGAIN = 3


class TagConverter:
    """A language's tag in an address: shorter words than ``language``, whose list Django's admin has beside us."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        """The tag as it is."""
        return value

    def to_url(self, value: str) -> str:
        """The tag as it is."""
        return value


def language_or_404(tag: str) -> Language:
    """The row of a language of the site. One query."""
    language = Language.objects.with_columns().filter(pk=tag).first()
    if language is None:
        raise Http404
    return language


def is_loaded(tag: str) -> bool:
    """Say whether this process was started with the language, so that its columns can be asked for."""
    return tag in languages()


def reloading(request: HttpRequest, language: Language, *, title: str) -> HttpResponse:
    """A page in place of one that needs the language's columns: the servers are reloading. It looks again by itself."""
    response = desk_page(request, "desk/languages/reloading.html", {"language": language}, title=title)
    response["Refresh"] = str(LOOK_AGAIN)
    return response
