"""The facts and the canonical form of an edition, put together out of pieces that are made once for each label.

They are what ``publishing.facts`` and ``text.canonical`` make of the same record: ``prove`` has one compared with the
recipe itself, and the tests compare all.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from django.utils.functional import cached_property

from memorial.languages.columns import column_name
from memorial.publishing.facts import FORMAT
from memorial.statements.models import Occasion, Statement
from memorial.text.canonical import canonical, digest

from .imagine import FIGURES_BLOCK, MEASURES, ImaginedStatement, Words, body
from .plan import Plan, stated
from .words import events, issuers, occasions, places, words


@lru_cache(maxsize=100_000)
def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True)
class _Label:
    """A name in one language: as JSON, and as it stands in a line."""

    facts: str
    line: str


@cache
def _labels(tag: str) -> dict[str, _Label]:
    """Every name by its slug: no two have the same."""
    return {
        name.slug: _Label(
            f'"lang":"{tag}","name":{_json(name.name[tag])},"slug":"{name.slug}"', f"{name.name[tag]} [{name.slug}]"
        )
        for name in (*issuers(), *places(), *events(), *occasions())
    }


@cache
def _counted(tag: str) -> dict[str, str]:
    """What each measure counts, in one language."""
    return {measure: str(texts[tag]) for measure, texts in words()["counted"].items()}


@cache
def _occasion(month: int, day: int, first_year: int) -> Occasion:
    return Occasion(month=month, day=day, first_year=first_year)


@cache
def _counted_facts(tag: str) -> dict[str, str]:
    return {measure: _json(text) for measure, text in _counted(tag).items()}


@lru_cache(maxsize=100_000)
def _anniversary(month: int, day: int, first_year: int, middle: date) -> int | None:
    occasion = _occasion(month, day, first_year)
    return occasion.anniversary(occasion.year_of(middle))


@dataclass
class _Source:
    """What is said of a source."""

    ref: str
    publisher: str
    what: str
    language: str
    published: str
    url: str
    note: str

    def facts(self, tag: str) -> str:
        """The facts as JSON, ``tag`` being the language of the note."""
        return (
            f'{{"language":"{self.language}","note":{_json(self.note)},"note_lang":"{tag}",'
            f'"published":"{self.published}","publisher":{_json(self.publisher)},"ref":"{self.ref}",'
            f'"url":"{self.url}","what":"{self.what}"}}'
        )

    @cached_property
    def line(self) -> str:
        """The line in the canonical form."""
        said = (self.publisher, self.what, self.language, self.published, self.url, self.note)
        return f"source: {', '.join(filter(None, said))}"


class Sealing:
    """One statement, about to be sealed."""

    def __init__(self, plan: Plan, number: int, imagined: ImaginedStatement) -> None:
        self.plan, self.number, self.imagined = plan, number, imagined
        self.pk = plan.first[Statement] + number
        self.stated, self.earliest, self.latest = stated(imagined.dated)
        self.issuer, self.occasion, self.event, self.claimant = (
            plan.keys[name.slug] for name in (imagined.issuer, imagined.occasion, imagined.event, imagined.claimant)
        )
        self.places = sorted(imagined.places, key=lambda place: place.slug)
        self.place_keys = [plan.keys[place.slug] for place in self.places]
        both = zip(imagined.fids, MEASURES, (imagined.injured, imagined.missing), strict=True)
        self.figures = [figure for figure in both if figure[1] in imagined.counted]
        self.url = f"https://example.org/{imagined.slug}"
        self.published = imagined.day.isoformat()
        self.moments = [plan.moment(moment) for moment in imagined.visible]

    @cached_property
    def own_source(self) -> _Source:
        """The source that the statement alone has."""
        imagined = self.imagined
        return _Source(imagined.ref, "example.org", "relay-full", imagined.original, self.published, self.url, "")

    @cached_property
    def anniversary(self) -> int | None:
        """The number of the occasion's return."""
        facts, stated = self.imagined.occasion.facts, self.stated
        middle = stated.earliest + (stated.latest - stated.earliest) // 2
        return _anniversary(facts["month"], facts["day"], facts["first_year"], middle)

    def origin(self, tag: str) -> str:
        """Who wrote the text in this language."""
        return "issued" if tag == self.imagined.original else "archive"

    def note(self, tag: str, edition: int) -> str:
        """What readers are told of the edition."""
        return str(words()["note"][tag]) if edition > 1 else ""

    @cached_property
    def statement_facts(self) -> str:
        """The facts that are the same in every language."""
        imagined, dated = self.imagined, self.imagined.dated
        return (
            f'"statement":{{"dated":"{dated}","issued":"{dated}","kind":"{imagined.kind}",'
            f'"original_language":"{imagined.original}","person":"","person_role":"","sid":"{imagined.sid}",'
            f'"slug":"{imagined.slug}"}}'
        )

    @cached_property
    def day_facts(self) -> tuple[str, str]:
        """What the facts say of the occasion before and after its language."""
        day, anniversary = self.imagined.occasion.facts, self.anniversary
        said = "null" if anniversary is None else anniversary
        return f'"anniversary":{said},"day":{day["day"]}', f'"month":{day["month"]}'

    def facts(self, tag: str, edition: int) -> str:
        """The facts of an edition as JSON in the form that is hashed."""
        imagined, dated, labels, counted = self.imagined, self.imagined.dated, _labels(tag), _counted_facts(tag)
        occasion, (day, month) = labels[imagined.occasion.slug].facts, self.day_facts
        event, claimant = labels[imagined.event.slug].facts, labels[imagined.claimant.slug].facts
        based_on = "null" if tag == imagined.original else f'{{"edition":{edition},"language":"{imagined.original}"}}'
        figures = ",".join([
            f'{{"block":"{FIGURES_BLOCK}","claimant":{{{claimant}}},"claimed":"{dated}",'
            f'"described":{counted[measure]},"described_lang":"{tag}","event":{{{event}}},'
            f'"fid":"{fid}","maximum":null,"measure":"{measure}","minimum":{minimum},"precision":"exact","source":"",'
            '"wording":"","wording_language":""}'
            for fid, measure, minimum in self.figures
        ])  # fmt: skip
        sources = ",".join([source.facts(tag) for source in self.sources(tag)])
        return (
            f'{{"attachments":[],"events":[{{"dated":"{imagined.event.facts["dated"]}",{event}}}],"figures":[{figures}],'
            f'"format":{FORMAT},"issuer":{{"kind":"{imagined.issuer.facts["kind"]}",'
            f'{labels[imagined.issuer.slug].facts}}},"occasion":{{{day},"lang":"{tag}",{month},'
            f"{occasion.partition(',')[2]}}},"
            f'"places":[{",".join([f"{{{labels[place.slug].facts}}}" for place in self.places])}],"related":[],'
            f'"sources":[{sources}],{self.statement_facts},'
            f'"text":{{"based_on":{based_on},"completeness":"full","credit":"",'
            f'"origin":"{self.origin(tag)}"}}}}'
        )

    def sources(self, tag: str) -> list[_Source]:
        """The sources in the order of their keys."""
        if self.number not in self.plan.relays:
            return [self.own_source]
        relays = [
            _Source(
                relay.ref, relay.publisher, str(relay.what), relay.language, relay.published, relay.url,
                getattr(relay, column_name("note", tag)),
            )
            for relay in self.plan.relays[self.number]
        ]  # fmt: skip
        return [*relays, self.own_source]

    @cached_property
    def statement_lines(self) -> tuple[str, str, str]:
        """What is the same in every language: before the issuer's name, after the occasion's, before the origin."""
        imagined, dated, day = self.imagined, self.imagined.dated, self.imagined.occasion.facts
        times = "" if self.anniversary is None else f", anniversary {self.anniversary}"
        return (
            f"statement: {imagined.sid}\nslug: {imagined.slug}\nkind: {imagined.kind}\nissuer: ",
            f", {day['month']:02}-{day['day']:02}{times}\n",
            f"dated: {dated}\nissued: {dated}\noriginal-language: {imagined.original}\norigin: ",
        )

    def exact(self, tag: str, edition: int, facts: str, digest_of_body: str) -> str:
        """The canonical form of an edition."""
        imagined, text, dated = self.imagined, self.imagined.texts[tag], self.imagined.dated
        labels, counted = _labels(tag), _counted(tag)
        statement, day, origin = self.statement_lines
        note, event = self.note(tag, edition), labels[imagined.event.slug].line
        claim = f"according to {labels[imagined.claimant.slug].line}, {dated}, {event}, {FIGURES_BLOCK}"
        lines = [
            f"memorial edition 1\ntitle: {text.title}\nsummary: {text.summary}\nlanguage: {tag}\nedition: {edition}\n"
            f"visible-from: {_utc(imagined.visible[edition - 1])}\nsealed: {_utc(self.plan.sealed_at)}",
            *([f"note: {note}"] if note else ()),
            f"{statement}{labels[imagined.issuer.slug].line}\noccasion: {labels[imagined.occasion.slug].line}{day}"
            f"{origin}{self.origin(tag)}\ncompleteness: full",
            *(() if tag == imagined.original else [f"based-on: {imagined.original}, edition {edition}"]),
            f"event: {event}, {imagined.event.facts['dated']}",
            *[f"place: {labels[place.slug].line}" for place in self.places],
            *[source.line for source in self.sources(tag)],
            *[
                f"figure: {measure} {minimum}.. (exact), {counted[measure]}, {claim}"
                for _fid, measure, minimum in self.figures
            ],
            f"body-sha256: {digest_of_body}\nfacts-sha256: {digest(facts)}\n",
            *_lines(text, edition),
            "",
        ]
        return "\n".join(lines)

    def prove(self, tag: str, edition: int) -> None:
        """Compare an edition with what the recipe makes of it. Raises AssertionError where they differ."""
        text = self.imagined.texts[tag]
        html = body(text.forms[edition - 1])
        facts = self.facts(tag, edition)
        made = self.exact(tag, edition, facts, digest(html))
        exact = canonical(
            json.loads(facts), number=edition, language=tag, title=text.title, summary=text.summary, body=html,
            note=self.note(tag, edition), visible_from=self.imagined.visible[edition - 1],
            sealed_at=self.plan.sealed_at,
        )  # fmt: skip
        if exact != made:
            raise AssertionError(f"not what is sealed: {made!r} instead of {exact!r}")


@lru_cache(maxsize=1_000)
def _utc(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat() + "Z"


_MARKS: Mapping[str, str] = {"h2": "## ", "li": "- "}


def _lines(text: Words, edition: int) -> list[str]:
    """The blocks of a text, as they stand in the canonical form."""
    return [
        f"[p{number}] {_MARKS.get(element, '')}{sentences[0] if len(sentences) == 1 else ' '.join(sentences)}"
        for number, (element, sentences) in enumerate(text.forms[edition - 1], start=1)
    ]
