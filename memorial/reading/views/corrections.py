"""What has been changed or withdrawn after it was published, and why."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from memorial.publishing.models import Edition
from memorial.reading import withdrawn
from memorial.reading.addresses import in_all_languages, of_statement
from memorial.reading.page import render_page
from memorial.reading.page_cache.declared import kept
from memorial.reading.paging import page_number, sheet

QUERY = ("page",)


@kept(*QUERY)
@require_safe
def corrections(request: HttpRequest, lang: str) -> HttpResponse:
    """List what was withdrawn lately, and every edition that was not a first one, the newest first, with its note."""
    again = Edition.objects.released().filter(language=lang, number__gt=1).select_related("statement")
    page = sheet(
        again.defer("body", "summary", "facts", "canonical").order_by("-visible_from", "-pk"), page_number(request)
    )
    return render_page(
        request,
        "reading/corrections.html",
        {
            "sheet": page,
            "withdrawals": withdrawn.in_language(lang) if page.number == 1 else [],
            "changes": [
                {
                    "edition": edition,
                    "address": of_statement(edition, "edition", number=edition.number),
                    "address_of_history": of_statement(edition, "history"),
                }
                for edition in page.rows
            ],
        },
        lang=lang,
        languages=in_all_languages(request, lang, "corrections"),
        section="corrections",
        is_indexed=page.number == 1,
    )
