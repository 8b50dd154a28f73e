"""A text as readers would get it if it were published now; for those who may see it, and for nobody's memory."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from memorial.accounts.permission import Action, may
from memorial.accounts.refusal import Reason
from memorial.desk.record import RecordAdmin, worker
from memorial.languages.columns import languages
from memorial.languages.formats import language_here, language_name
from memorial.languages.labels import direction
from memorial.publishing.facts import Record
from memorial.publishing.models import Edition
from memorial.publishing.outdated import newer_meaning
from memorial.publishing.readiness import Readiness
from memorial.publishing.seal import seal
from memorial.reading import presentation
from memorial.reading.addresses import Alternate, of_statement, public_languages
from memorial.reading.editions import StatementEditions
from memorial.reading.page import render_page
from memorial.statements.models import Statement
from memorial.text.clean import clean
from memorial.translations.drafts import draft_of
from memorial.translations.models import PrivateDraft, Revision, Text
from memorial.translations.save import reasons_against_saving

from .found import statement_or_404
from .preview_links import PublicAddresses, without_dead_links

# What would be said of any text that is not published: that is no news about a preview.
_NO_NEWS = {"unchanged", "not-approved"}


@dataclass(frozen=True)
class Previewed:
    """What is shown: a revision, kept or (for a private draft) not, with the text it belongs to."""

    text: Text
    revision: Revision
    draft: PrivateDraft | None = None

    @property
    def is_head(self) -> bool:
        """Whether this is what is saved now."""
        return self.draft is None and self.revision.pk == self.text.head_id


@method_decorator(require_safe)
def preview_page(desk: RecordAdmin, request: HttpRequest, *, pk: int, language: str) -> HttpResponse:
    """Show a text in the readers' layout: its head, any revision of it, or the user's own private draft."""
    statement = statement_or_404(desk, request, pk)
    if language not in languages():
        raise Http404
    if not may(request.user, Action.VIEW_TEXT, language):
        raise PermissionDenied
    found = _found(request, statement, language)
    if found is None:
        return HttpResponseRedirect(request.path)
    record = Record.of(statement)
    released = list(
        Edition.objects.filter(statement=statement).released().without_words().order_by("language", "-number")
    )
    banner = _banner(request, record, found)
    with override(language):
        edition = _edition(record, found, released, by=request.user)
        response = render_page(
            request,
            "desk/workbench/preview.html",
            {
                **presentation.of(edition, StatementEditions(_by_language([edition, *released]))),
                "newer_source": _newer_source(edition),
                "banner": banner,
            },
            lang=language,
            languages=_alternates(request, record.statement, language, released),
            section="statements",
            canonical="",
            is_indexed=False,
        )
    addresses = PublicAddresses({each.tag for each in public_languages(request)}, statement, released)
    response.content = without_dead_links(response.content.decode(), addresses)
    return response


def _found(request: HttpRequest, statement: Statement, language: str) -> Previewed | None:
    """What the address asks for; None for a private draft that says no more than what is saved. Raises Http404."""
    text = Text.objects.filter(statement=statement, language=language).with_heads().first()
    head = text.head if text else None
    if "draft" in request.GET:
        draft = draft_of(statement, language, worker(request))
        if draft is not None:
            return _of_draft(draft, text or Text(statement=statement, language=language, origin=""), head)
        if head is None:
            raise Http404("no private draft of this text is kept for this user")
        return None
    if text is None or head is None:
        raise Http404("no text is saved in this language")
    if "revision" not in request.GET:
        return Previewed(text, head)
    number = request.GET["revision"]
    kept = text.revisions.select_related("based_on__text", "saved_by")
    revision = kept.filter(number=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if revision is None:
        raise Http404("the text has no revision of this number")
    return Previewed(text, revision)


def _of_draft(draft: PrivateDraft, text: Text, head: Revision | None) -> Previewed:
    """A private draft as the revision that it would become; nothing of it is stored."""
    is_original = text.language == draft.statement.original_language
    text.origin = _one_of(
        Text.Origin,
        draft.facts.get("origin"),
        text.origin or (Text.Origin.ISSUED if is_original else Text.Origin.ARCHIVE),
    )
    text.completeness = _one_of(Text.Completeness, draft.facts.get("completeness"), text.completeness)
    text.credit = str(draft.facts.get("credit", text.credit))
    revision = Revision(
        text=text,
        number=head.number + 1 if head else 1,
        title=" ".join(draft.title.split()),
        summary=draft.summary,
        body=clean(draft.body),
        based_on=draft.based_on or (head.based_on if head else None),
        saved_at=draft.typed_at,
    )
    return Previewed(text, revision, draft)


def _one_of(choices: Any, value: object, otherwise: str) -> str:
    return str(value) if value in choices.values else otherwise


def _edition(record: Record, found: Previewed, released: list[Edition], *, by: Any) -> Edition:
    """The edition that would be sealed now; it is never stored."""
    number = 1 + max((row.number for row in released if row.language == found.text.language), default=0)
    now = timezone.now().replace(microsecond=0)
    edition = seal(
        record,
        found.text,
        found.revision,
        number=number,
        change=Edition.Change.UPDATE if number > 1 else Edition.Change.FIRST,
        note="",
        visible_from=now,
        sealed_at=now,
        by=by,
    )
    edition.title = edition.title or _("This text has no title yet")
    return edition


def _by_language(editions: list[Edition]) -> dict[str, list[Edition]]:
    found: dict[str, list[Edition]] = {}
    for edition in editions:
        found.setdefault(edition.language, []).append(edition)
    return found


def _newer_source(edition: Edition) -> Alternate | None:
    """The public text that this one was made from, where readers would be told that it has changed in meaning since."""
    source = newer_meaning(edition)
    if source is None:
        return None
    is_original = source.language == edition.facts["statement"]["original_language"]
    return Alternate(source.language, of_statement(source), is_original=is_original, title=source.title)


def _alternates(request: HttpRequest, statement: Statement, language: str, released: list[Edition]) -> list[Alternate]:
    """The public languages in the site's order and, first where it is not public, the language of the preview.

    The other languages lead to what is public in them.
    """
    newest: dict[str, Edition] = {}
    for row in released:
        row.statement = statement
        newest.setdefault(row.language, row)
    tags = [each.tag for each in public_languages(request)]
    return [
        Alternate(
            tag,
            request.path if tag == language else of_statement(newest[tag]) if tag in newest else "",
            is_current=tag == language,
            is_original=tag == statement.original_language,
        )
        for tag in (tags if language in tags else [language, *tags])
    ]


def _banner(request: HttpRequest, record: Record, found: Previewed) -> str:
    """What the page is, in the language of the desk."""
    here, text, statement = language_here(), found.text, record.statement
    return render_to_string(
        "desk/workbench/components/preview_banner.html",
        {
            "here": here,
            "here_dir": direction(here),
            "statement": statement,
            "language": text.language,
            "language_name": language_name(text.language, here),
            "revision": found.revision,
            "is_head": found.is_head,
            "draft": found.draft,
            "reasons": _what_is_missing(record, found, worker(request)),
            "is_language_public": text.language in {each.tag for each in public_languages(request)},
        },
    )


def _what_is_missing(record: Record, found: Previewed, by: Any) -> list[Reason]:
    """What keeps the text from being published, as far as it can be said of what is shown."""
    tag = found.text.language
    reasons = [
        reason for reason in Readiness(record.statement, [tag], record).reasons(tag) if reason.code not in _NO_NEWS
    ]
    if found.is_head:
        return reasons
    about_record = [reason for reason in reasons if reason.code in {"no-source", "no-date", "no-name"}]
    if found.draft is None:
        return about_record
    against = reasons_against_saving(record.statement, tag, title=found.revision.title, by=by)
    return [*against, *about_record]
