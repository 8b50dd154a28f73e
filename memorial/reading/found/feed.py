"""What was found, as a feed (Atom, RFC 4287): a statement an entry, whose id never changes."""

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.reading.addresses import absolute
from memorial.reading.feeds.atom import Entry, Feed, write
from memorial.reading.feeds.identity import tag_uri
from memorial.reading.search.wish import Wish

from .asking import Asking
from .formats import address
from .hits import Found, found


def feed(asking: Asking, lang: str) -> bytes:
    """Return the results as a document, the statements that were published last first."""
    wish = asking.wish
    entries = [_entry(each, lang) for each in found(asking.results, lang)]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    return write(
        Feed(
            id=tag_uri(lang, "search", identity(wish)),
            title=_("Search: %(words)s") % {"words": wish.q} if wish.q else _("Search"),
            subtitle=_("Statements that a search of this archive finds"),
            lang=lang,
            address=address(lang, wish, "atom"),
            page=address(lang, wish.changed()),
            archive=settings.SITE_NAME,
            entries=entries,
        )
    )


def identity(wish: Wish) -> str:
    """Return what stands for a search in an id: its query, without a page."""
    return wish.query(page=1).lstrip(".?")


def _entry(each: Found, lang: str) -> Entry:
    edition = each.edition
    return Entry(
        id=tag_uri("statement", edition.statement.sid),
        title=edition.title,
        address=absolute(each.path),
        author=each.issuer.text,
        author_address=absolute(each.issuer_path(lang)),
        lang=edition.language,
        published=edition.visible_from,
        updated=edition.visible_from,
        summary=(each.passage.text if each.passage else "") or edition.summary,
        kinds=(each.kind,),
    )
