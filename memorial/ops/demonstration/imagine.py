"""Draws fictional statements from the words by a seed; no database, no clock.

An archive is drawn in parts of ``PART`` statements, each by a seed of its own: any part can be drawn without those
before it, in another process too. What varies in a text is bounded, so that what follows from a sentence (its words in
the index) can be found once and kept.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from operator import itemgetter
from random import Random
from string import Formatter
from typing import Any

from memorial.statements.fields import SID_ALPHABET

from .words import Name, events, issuers, occasions, places, words

KINDS = ("statement", "statement", "statement", "address", "resolution", "declaration", "message")
FIRST_YEAR, LAST_YEAR = 1950, 2024
FIRST_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
FIGURES_BLOCK = "p3"
MEASURES = ("injured", "missing")


PART = 500
_INJURED, _MISSING = range(5, 900, 15), range(5, 41, 3)
_IDS = len(SID_ALPHABET) ** 8
_PAIRS = [one + other for other in SID_ALPHABET for one in SID_ALPHABET]
_PAIRED = len(_PAIRS)
# It shares no divisor with _IDS: no number is met twice before all have been.
_STRIDE = 174_551_052_713

Block = tuple[str, tuple[str, ...]]  # element, sentences


@dataclass(frozen=True)
class Words:
    """One text in one language, in its first and, where there is a second edition, its second form."""

    title: str
    summary: str
    forms: tuple[tuple[Block, ...], ...]

    @property
    def bodies(self) -> tuple[str, ...]:
        """Each form as it is stored."""
        return tuple(body(form) for form in self.forms)


@dataclass(frozen=True)
class ImaginedStatement:
    """A fictional statement. ``visible`` holds the moment of each edition: one or two."""

    sid: str
    ref: str  # of its source
    fids: tuple[str, str]  # of the injured and the missing
    slug: str
    issuer: Name
    claimant: Name
    occasion: Name
    event: Name
    places: tuple[Name, ...]
    kind: str
    dated: str
    day: date
    original: str
    texts: dict[str, Words]
    injured: int
    missing: int
    counted: tuple[str, ...]  # which of both are figures of the record
    visible: tuple[datetime, ...]


def imagine(statements: int, *, seed: int, tags: Sequence[str], is_short: bool = False) -> Iterator[ImaginedStatement]:
    """Yield fictional statements in the languages ``tags``; the same seed and languages give the same ones.

    With ``is_short`` their texts have four short paragraphs, and one of both numbers is a figure of the record.
    """
    for number in range(-(-statements // PART)):
        yield from islice(imagine_part(number, seed=seed, tags=tags, is_short=is_short), statements - number * PART)


def imagine_part(part: int, *, seed: int, tags: Sequence[str], is_short: bool = False) -> Iterator[ImaginedStatement]:
    """Yield the statements of one part of the archive, the first one being number 0."""
    random = Random(f"{seed} part {part}")  # noqa: S311 not for secrets
    for number in range(part * PART, (part + 1) * PART):
        yield _statement(number, seed, random, tags, is_short)


@cache
def _first_id(seed: int, what: str) -> int:
    return Random(f"{seed} {what}").randrange(_IDS)  # noqa: S311


def public_id(seed: int, what: str, number: int) -> str:
    """Return the id of the thing ``number`` of its kind, which no other one of its kind has."""
    rest, first = divmod((_first_id(seed, what) + number * _STRIDE) % _IDS, _PAIRED)
    rest, second = divmod(rest, _PAIRED)
    last, third = divmod(rest, _PAIRED)
    return _PAIRS[first] + _PAIRS[second] + _PAIRS[third] + _PAIRS[last]


@cache
def _speakers() -> tuple[list[Name], list[Name]]:
    """Those who issue statements, and the agencies."""
    agencies = [issuer for issuer in issuers() if issuer.facts["kind"] == "news-agency"]
    return [issuer for issuer in issuers() if issuer not in agencies], agencies


def _statement(number: int, seed: int, random: Random, tags: Sequence[str], is_short: bool) -> ImaginedStatement:
    speakers, agencies = _speakers()
    issuer, occasion = random.choice(speakers), random.choice(occasions())
    year = random.randint(FIRST_YEAR, LAST_YEAR)
    day = date(year, occasion.facts["month"], occasion.facts["day"]) - timedelta(days=random.randint(0, 2))
    original = random.choice(tags)
    # One statement in ten lacks a language, one in twenty has been corrected, one in fifty is dated by its month alone.
    lacks = random.choice(tags) if random.random() < 0.1 else original
    editions = 2 if random.random() < 0.05 else 1
    dated = f"{day:%Y-%m}" if random.random() < 0.02 else day.isoformat()
    first_visible = FIRST_MOMENT + timedelta(minutes=random.randrange(60 * 24 * 365))
    named = tuple(random.sample(places(), k=random.randint(1, 3)))
    event = random.choice(events())
    injured, missing = random.choice(_INJURED), random.choice(_MISSING)
    shape = _shape(random, is_short)
    numbers = {"year": str(year), "number": str(injured), "missing": str(missing)}
    issued, place, day_of, happened = issuer.name, named[0].name, occasion.name, event.name
    texts = {
        tag: _text(
            tag,
            {**numbers, "issuer": issued[tag], "place": place[tag], "occasion": day_of[tag], "event": happened[tag]},
            shape,
            editions,
        )
        for tag in tags
        if tag == original or tag != lacks
    }
    return ImaginedStatement(
        sid=public_id(seed, "statements", number),
        ref=public_id(seed, "sources", number),
        fids=(public_id(seed, "figures", 2 * number), public_id(seed, "figures", 2 * number + 1)),
        slug=f"example-statement-{number + 1}",
        issuer=issuer,
        claimant=issuer if random.random() < 0.7 else random.choice(agencies),
        occasion=occasion,
        event=event,
        places=named,
        kind=random.choice(KINDS),
        dated=dated,
        day=day,
        original=original,
        texts=texts,
        injured=injured,
        missing=missing,
        counted=(random.choice(MEASURES),) if is_short else MEASURES,
        visible=tuple(first_visible + timedelta(days=30 * edition) for edition in range(editions)),
    )


def _shape(random: Random, is_short: bool) -> list[tuple[str, list[int]]]:
    """Draw what follows the first and the figures' paragraph: (element, its sentences), the same in every language."""
    sentences = range(len(words()["sentences"]))
    if is_short:
        return [("p", random.sample(sentences, k=random.randint(1, 3)))]
    shape: list[tuple[str, list[int]]] = [("h2", [random.randrange(len(words()["headings"]))])]
    for _paragraph in range(random.randint(2, 6)):
        shape.append(("p", random.sample(sentences, k=random.randint(1, 4))))
    if random.random() < 0.3:
        shape.append(("ul", random.sample(sentences, k=3)))
    return shape


def _text(tag: str, values: dict[str, str], shape: list[tuple[str, list[int]]], editions: int) -> Words:
    """Write the text; the paragraphs are p1 (that it is fictional), p2, p3 (the figures), and so on."""
    phrases = _phrases(tag)
    sentences = phrases["sentences"]
    blocks: list[Block] = [
        ("p", (phrases["fiction"][0].said(values),)),
        ("p", (sentences[0].said(values),)),
        ("p", (phrases["figures"][0].said(values),)),
    ]
    for element, chosen in shape:
        if element == "h2":
            blocks.append((element, (phrases["headings"][chosen[0]].said(values),)))
            continue
        written = [sentences[one].said(values) for one in chosen]
        blocks += [("li", (one,)) for one in written] if element == "ul" else [(element, tuple(written))]
    forms = [tuple(blocks)]
    if editions > 1:
        blocks[1] = ("p", (*blocks[1][1], phrases["correction"][0].said(values)))
        forms.append(tuple(blocks))
    return Words(phrases["title"][0].said(values), phrases["summary"][0].said(values), tuple(forms))


class _Phrase:
    """What is said of some values: there are few of them, so that each sentence is written once and kept."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names = [name for _before, name, _form, _conversion in Formatter().parse(text) if name]
        self.of = itemgetter(*self.names) if self.names else None
        self.known: dict[Any, str] = {}

    def said(self, values: Mapping[str, str]) -> str:
        """Return the sentence."""
        if not self.of:
            return self.text
        chosen = self.of(values)
        found = self.known.get(chosen)
        if found is None:
            found = self.known[chosen] = self.text.format(**values)
        return found


@cache
def _phrases(tag: str) -> dict[str, list[_Phrase]]:
    """The phrases in one language, by what they are for."""
    found = {name: [words()[name][tag]] for name in ("fiction", "figures", "correction", "title", "summary")}
    found |= {name: [each[tag] for each in words()[name]] for name in ("sentences", "headings")}
    return {name: [_Phrase(text) for text in texts] for name, texts in found.items()}


def body(form: Sequence[Block]) -> str:
    """Join the blocks with their keys, as saving and cleaning would leave them; list items stand at the end."""
    html: list[str] = []
    items: list[str] = []
    for number, (element, sentences) in enumerate(form, start=1):
        said = sentences[0] if len(sentences) == 1 else " ".join(sentences)
        block = f'<{element} data-key="p{number}">{said}</{element}>'
        (items if element == "li" else html).append(block)
    return "".join(html) + (f"<ul>{''.join(items)}</ul>" if items else "")
