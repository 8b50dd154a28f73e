"""What is sealed of a source by itself: where it was read, its own wording, and its own figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from memorial.languages.columns import column_name, languages
from memorial.statements.models import Figure, Source
from memorial.text.blocks import plain, with_keys
from memorial.text.canonical import digest
from memorial.translations.models import Witness

from .facts import Facts, source_itself
from .models import SourceEdition

FORMAT = 1
# Tags of ISO 639 that name no language: undetermined, several, none, not coded.
NO_LANGUAGE = ("", "und", "mul", "zxx", "mis")


@dataclass(frozen=True)
class SourceRecord:
    """A source with everything that an edition of it is made of.

    ``body`` is its own wording with keys, which go on from the editions before; ``figures`` are its own, those that
    stand in no statement.
    """

    source: Source
    witness: Witness | None
    body: str
    figures: list[Figure]
    editions: list[SourceEdition]

    @classmethod
    def of(cls, source: Source) -> "SourceRecord":
        """Read the source afresh. Four queries, whatever the number of languages and figures."""
        fresh = Source.objects.select_related("statement").get(pk=source.pk)
        witness = Witness.objects.filter(source=fresh).first()
        editions = list(
            SourceEdition.objects.filter(source=fresh)
            .select_related("sealed_by")
            .defer("canonical")
            .order_by("-number")
        )
        figures = Figure.objects.filter(source=fresh, statement=None).select_related("claimant", "event")
        return cls(fresh, witness, _keyed(witness.body if witness else "", editions), list(figures), editions)

    @property
    def newest(self) -> SourceEdition | None:
        """The edition with the highest number, whether its moment has come or not."""
        return self.editions[0] if self.editions else None

    @property
    def title(self) -> str:
        """The title that the source gives the statement."""
        return self.witness.title if self.witness else ""

    @property
    def completeness(self) -> str:
        """How much of the statement the source prints; empty where it carries no wording of its own."""
        return self.witness.completeness if self.witness else ""

    @property
    def has_wording(self) -> bool:
        """Whether the source carries words of its own."""
        return bool(plain(self.body).strip())

    @property
    def facts(self) -> Facts:
        """The facts as they would be sealed now: notes and labels in every language that has them."""
        source, statement = self.source, self.source.statement
        return {
            "format": FORMAT,
            "source": {**source_itself(source), "note": in_every_language(source, "note")},
            "statement": {"sid": statement.sid, "slug": statement.slug} if statement else None,
            "rights": self.witness.rights if self.witness else "",
            "figures": [_figure(figure) for figure in self.figures],
        }

    @property
    def is_changed(self) -> bool:
        """Whether an edition of it would differ from the newest one."""
        newest = self.newest
        return newest is None or self.content != (newest.title, newest.body, newest.completeness, newest.facts)

    @property
    def content(self) -> tuple[str, str, str, Facts]:
        """All that an edition seals of it."""
        return self.title, self.body, self.completeness, self.facts

    @property
    def fingerprint(self) -> str:
        """What tells one state of the source from another: a publisher says by it what was looked at."""
        return digest(repr(self.content))


def in_every_language(obj: Any, name: str) -> dict[str, str]:
    """A translated field in every language of the site that has it."""
    found = {tag: getattr(obj, column_name(name, tag)) or "" for tag in languages()}
    return {tag: text for tag, text in sorted(found.items()) if text}


def _figure(figure: Figure) -> Facts:
    return {
        "fid": figure.fid,
        "claimant": _named(figure.claimant),
        "event": _named(figure.event),
        "measure": figure.measure,
        "precision": figure.precision,
        "minimum": figure.minimum,
        "maximum": figure.maximum,
        "described": in_every_language(figure, "described"),
        "wording": figure.wording,
        "wording_language": figure.wording_language,
        "claimed": figure.claimed,
    }


def _named(obj: Any) -> Mapping[str, Any]:
    return {"slug": obj.slug, "name": in_every_language(obj, "name")}


def _keyed(body: str, editions: list[SourceEdition]) -> str:
    """Give the paragraphs keys of the source's own; none that an edition had is ever given to another paragraph."""
    if not body:
        return ""
    last = 0
    for edition in reversed(editions):
        _same, last = with_keys(edition.body, previous=edition.body, source=None, last=last)
    return with_keys(body, previous=editions[0].body if editions else None, source=None, last=last)[0]
