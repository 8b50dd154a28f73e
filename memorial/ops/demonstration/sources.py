"""Fictional sources that are public by themselves, a known gap and a note on coverage."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random

from django.db import transaction

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.publishing.models import SourceEdition
from memorial.publishing.sealing_figures import seal_figures
from memorial.publishing.signals import sources_sealed, sources_sealing
from memorial.publishing.source_facts import SourceRecord
from memorial.publishing.source_release import seal_source
from memorial.statements.fields import SID_ALPHABET
from memorial.statements.models import Event, Figure, Gap, Issuer, Source, Statement
from memorial.text.blocks import blocks
from memorial.translations.models import Witness

from .imagine import FIGURES_BLOCK, FIRST_MOMENT, FIRST_YEAR, ImaginedStatement
from .words import words

# So many statements, the first ones, are carried by two agencies in words of their own.
WITH_WORDINGS = 3
_PUBLISHERS = ("Example Wire", "Example Telegraph")


class Carried:
    """What sources carry by themselves beside the first of the imagined statements; the same ids for the same seed.

    ``relays`` is called before the statements are sealed, which name their sources; ``seal`` after it.
    """

    def __init__(self, seed: int, tags: Sequence[str], *, by: User, sealed_at: datetime) -> None:
        self.random = Random(f"sources {seed}")  # noqa: S311 not for secrets
        self.tags, self.by, self.sealed_at = tags, by, sealed_at
        self.carried: list[tuple[ImaginedStatement, Source]] = []

    def relays(self, pairs: Sequence[tuple[ImaginedStatement, Statement]]) -> dict[int, list[Source]]:
        """Store two relays of each of the first statements, with their wordings; return them by statement."""
        found: dict[int, list[Source]] = {}
        for imagined, statement in pairs[:WITH_WORDINGS]:
            tag = "en" if "en" in imagined.texts else imagined.original
            bodies = _wordings(imagined, tag)
            for publisher, body, completeness in zip(_PUBLISHERS, bodies, ("full", "extract"), strict=True):
                source = self._source("wording", publisher, tag, imagined, statement)
                Witness.objects.create(
                    source=source, title=imagined.texts[tag].title, body=body, completeness=completeness,
                    rights=words()["fiction"][tag],
                )  # fmt: skip
                found.setdefault(statement.pk, []).append(source)
                self.carried.append((imagined, source))
        return found

    def seal(self, claimants: Mapping[str, Issuer]) -> list[SourceEdition]:
        """Seal the relays, and an agency's own figures about the event of the first one; enter a gap and a note."""
        imagined = self.carried[0][0]
        editions = [self._sealed(source, relayed.visible[-1]) for relayed, source in self.carried]
        editions.append(self._sealed(self._background(imagined, claimants), FIRST_MOMENT))
        Gap.objects.create(
            issuer=claimants[imagined.issuer.slug], dated=str(FIRST_YEAR - 1), url="https://example.org/mentioned",
            **self._in("note", words()["gap"]),
        )  # fmt: skip
        Event.objects.filter(slug=imagined.event.slug).update(**self._in("coverage", words()["coverage"]))
        sources_sealing.send(SourceEdition, editions=editions)
        transaction.on_commit(lambda: sources_sealed.send(SourceEdition, editions=editions))
        return editions

    def _background(self, imagined: ImaginedStatement, claimants: Mapping[str, Issuer]) -> Source:
        tag = "en" if "en" in self.tags else imagined.original
        source = self._source("background", _PUBLISHERS[0], tag, imagined, None)
        agency = next(issuer for _slug, issuer in sorted(claimants.items()) if issuer.kind == Issuer.Kind.NEWS_AGENCY)
        event = Event.objects.get(slug=imagined.event.slug)
        for measure, number in (("injured", imagined.injured + 21), ("missing", imagined.missing + 3)):
            Figure.objects.create(
                fid=self._id(), source=source, claimant=agency, event=event, measure=measure, minimum=number,
                claimed=imagined.day.isoformat(), **self._in("described", words()["counted"][measure]),
            )  # fmt: skip
        return source

    def _source(
        self, kind: str, publisher: str, language: str, imagined: ImaginedStatement, statement: Statement | None
    ) -> Source:
        ref = self._id()
        source: Source = Source.objects.create(
            ref=ref, statement=statement, publisher=publisher, url=f"https://example.org/{kind}/{ref}",
            language=language, published=f"{imagined.day.isoformat()}T18:30",
            what=Source.What.RELAY_FULL if statement else Source.What.BACKGROUND,
            **self._in("note", words()[kind]),
        )  # fmt: skip
        return source

    def _sealed(self, source: Source, moment: datetime) -> SourceEdition:
        edition = seal_source(
            SourceRecord.of(source), note="", visible_from=moment, sealed_at=self.sealed_at, by=self.by
        )
        edition.save()
        seal_figures([edition])
        return edition

    def _in(self, base: str, texts: Mapping[str, str]) -> dict[str, str]:
        return {column_name(base, tag): texts[tag] for tag in self.tags}

    def _id(self) -> str:
        return "".join(self.random.choices(SID_ALPHABET, k=8))


def _wordings(imagined: ImaginedStatement, tag: str) -> tuple[str, str]:
    """Two wordings of a text: one that says its figures otherwise and adds a sentence, one that leaves out the end."""
    kept = [block for block in blocks(imagined.texts[tag].bodies[-1]) if block.kind != "li"]
    numbers = {"number": str(imagined.injured), "missing": str(imagined.missing)}
    relayed = words()["relayed"][tag].format(**numbers)
    full = [(block.kind, relayed if block.key == FIGURES_BLOCK else block.html) for block in kept]
    full.append(("p", words()["added"][tag]))
    extract = [(block.kind, block.html) for block in kept[: max(3, len(kept) - 2)]]
    return _html(full), _html(extract)


def _html(paragraphs: Sequence[tuple[str, str]]) -> str:
    return "".join(f"<{kind}>{html}</{kind}>" for kind, html in paragraphs)
