"""Links in a preview: those to pages that readers do not find lead nowhere, and say so."""

import re
from html import unescape

from django.conf import settings
from django.urls import Resolver404, resolve

from memorial.publishing.models import Edition
from memorial.statements.models import Statement

# Pages that every public language has; what they name is a label, and labels are public.
_OF_A_LANGUAGE = {
    "home", "statements", "search", "issuers", "issuer", "occasions", "occasion", "events", "event", "places",
    "place", "about",
}  # fmt: skip
_LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>')
_ABOUT_THE_TARGET = re.compile(r'\s(?:hreflang|type|rel)="[^"]*"')


class PublicAddresses:
    """Which addresses readers find now: asked of the editions of one statement that have been released."""

    def __init__(self, public: set[str], statement: Statement, released: list[Edition]) -> None:
        self.public = public
        self.sid = statement.sid
        self.released = {(row.language, row.number) for row in released}
        self.files = {each["sha256"] for row in released for each in row.facts.get("attachments", [])}

    def holds(self, address: str) -> bool:
        """Say whether there is anything to be found at ``address``."""
        path = address.removeprefix(settings.SITE_URL)
        if not path.startswith("/"):
            return True  # on this very page, or at somebody else's
        try:
            match = resolve(path.partition("?")[0].partition("#")[0])
        except Resolver404:
            return False
        if match.app_name != "reading":
            return True
        return self._is_public(match.url_name or "", match.kwargs)

    def _is_public(self, name: str, parts: dict[str, str]) -> bool:
        lang = parts.get("lang", "")
        if name in _OF_A_LANGUAGE:
            return lang in self.public
        if parts.get("sid") != self.sid:
            return True  # another statement is named only where readers have it
        if name == "attachment":
            return parts["sha256"] in self.files
        if name == "permalink":
            return bool(self.released)
        if name in {"edition", "edition_text"}:
            return (lang, int(parts["number"])) in self.released
        return any(language == lang for language, _number in self.released)


def without_dead_links(html: str, addresses: PublicAddresses) -> str:
    """Return a page on which every link to what readers do not find is a link no more, though it looks like one."""

    def checked(match: re.Match[str]) -> str:
        before, address, after = match.groups()
        if addresses.holds(unescape(address)):
            return match.group()
        kept = _ABOUT_THE_TARGET.sub("", before + after)
        return f'<a{kept} role="link" aria-disabled="true">'

    return _LINK.sub(checked, html)
