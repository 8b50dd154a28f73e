"""Sources that were published by themselves: their editions, and the wordings of a statement that they carry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.utils import resolution_order

from memorial.languages.prepared import prepared
from memorial.publishing.claims import SourceEditionQuerySet
from memorial.publishing.models import Edition, SourceEdition
from memorial.publishing.source_facts import NO_LANGUAGE
from memorial.reading.paths import path_to
from memorial.text.anchors import anchored
from memorial.text.blocks import plain

from .addresses import of_statement, public_languages


@dataclass(frozen=True)
class Speaking:
    """The language of a page, and in what order labels in other languages are taken where it lacks them."""

    lang: str
    tags: Sequence[str]

    @classmethod
    def of(cls, request: HttpRequest, lang: str) -> "Speaking":
        """The page's language, its fallbacks, then every other public language."""
        public = [language.tag for language in public_languages(request)]
        return cls(
            lang, list(dict.fromkeys([lang, *(tag for tag in resolution_order(lang) if tag in public), *public]))
        )

    def text(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """One text of many languages, and its language; empty in the page's own where none is at hand."""
        return next(((texts[tag], tag) for tag in self.tags if texts.get(tag)), ("", self.lang))


@dataclass(frozen=True)
class Wording:
    """One edition of a source as a page in one language shows it."""

    edition: SourceEdition
    speaking: Speaking

    @property
    def facts(self) -> Mapping[str, Any]:
        """What was sealed about the source itself."""
        found: Mapping[str, Any] = self.edition.facts["source"]
        return found

    @property
    def ref(self) -> str:
        """The source's permanent id."""
        return str(self.facts["ref"])

    @property
    def has_words(self) -> bool:
        """Whether the source carries a wording of its own."""
        return bool(self.edition.body)

    @property
    def has_known_language(self) -> bool:
        """Whether it is recorded which language the source is in."""
        return self.edition.language not in NO_LANGUAGE

    @cached_property
    def body(self) -> str:
        """The wording, each paragraph with a link to itself."""
        return anchored(self.edition.body, lambda key: _("Link to paragraph %(key)s") % {"key": key})

    @cached_property
    def note(self) -> tuple[str, str]:
        """What the archive notes about the source, and the language that it says it in."""
        return self.speaking.text(self.facts["note"])

    @cached_property
    def figures(self) -> list[dict[str, Any]]:
        """The source's own figures, with labels in one language each."""
        return [self._figure(figure) for figure in self.edition.facts["figures"]]

    @property
    def path(self) -> str:
        """The path of the source's page."""
        return self._path("source")

    @property
    def own_path(self) -> str:
        """The path of this very edition."""
        return self._path("source_edition", number=self.edition.number)

    @property
    def text_path(self) -> str:
        """The path of the bytes that were hashed."""
        return self._path("source_text", number=self.edition.number)

    def _path(self, name: str, **kwargs: Any) -> str:
        return path_to(name, lang=self.speaking.lang, ref=self.ref, **kwargs)

    def _figure(self, figure: Mapping[str, Any]) -> dict[str, Any]:
        described, described_lang = self.speaking.text(figure["described"])
        return {
            **figure,
            "claimant": self._named(figure["claimant"]),
            "event": self._named(figure["event"]),
            "described": described,
            "described_lang": described_lang,
            "block": "",
        }

    def _named(self, label: Mapping[str, Any]) -> dict[str, str]:
        name, lang = self.speaking.text(label["name"])
        return {"slug": label["slug"], "name": name or label["slug"], "lang": lang}


def released(ref: str) -> list[SourceEdition]:
    """Return what has been released of a source, newest first, by one query. Raises Http404 if nothing has."""
    found = list(SourceEdition.objects.released().filter(source__ref=ref).defer("canonical").order_by("-number"))
    if not found:
        raise Http404("nothing has been released of this source")
    return found


def wordings_of(statement_id: int, speaking: Speaking) -> list[Wording]:
    """Return the visible wordings of a statement that its sources carry, by one query."""
    return [Wording(row, speaking) for row in _wordings(statement_id, timezone.now()) if plain(row.body).strip()]


@prepared
def _wordings(statement: int, now: datetime) -> SourceEditionQuerySet:
    rows = SourceEdition.objects.visible(now).filter(statement=statement)
    return rows.exclude(body="").defer("canonical").order_by("source_id")


def statement_of(edition: SourceEdition, lang: str) -> tuple[Edition, str] | None:
    """Return the edition of the source's statement that readers of ``lang`` see, with its path, if there is one."""
    if edition.statement_id is None:
        return None
    found = Edition.objects.visible().filter(statement=edition.statement_id, language=lang).cards().first()
    return (found, of_statement(found)) if found else None


def permalink_of(edition: SourceEdition) -> str:
    """Return the address of the source's statement without a language, if readers can read it in any."""
    if edition.statement_id is None or not Edition.objects.released().filter(statement=edition.statement_id).exists():
        return ""
    return path_to("permalink", sid=edition.facts["statement"]["sid"])
