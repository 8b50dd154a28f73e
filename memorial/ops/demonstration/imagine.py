"""Draws fictional statements from the words by a seed; no database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from memorial.statements.fields import SID_ALPHABET

from .words import Name, Texts, events, issuers, occasions, places, words

KINDS = ("statement", "statement", "statement", "address", "resolution", "declaration", "message")
FIRST_YEAR, LAST_YEAR = 1950, 2024
FIRST_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
FIGURES_BLOCK = "p3"


@dataclass(frozen=True)
class Words:
    """One text in one language, in its first and, where there is a second edition, its second form."""

    title: str
    summary: str
    bodies: tuple[str, ...]


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
    visible: tuple[datetime, ...]


def imagine(statements: int, *, seed: int, tags: Sequence[str]) -> Iterator[ImaginedStatement]:
    """Yield fictional statements in the languages ``tags``; the same seed and languages give the same ones."""
    random = Random(seed)  # noqa: S311 not for secrets
    sids = _ids(random)
    refs, fids = _ids(Random(f"{seed} sources")), _ids(Random(f"{seed} figures"))  # noqa: S311
    for number in range(1, statements + 1):
        ids = {"sid": next(sids), "ref": next(refs), "fids": (next(fids), next(fids))}
        yield _statement(number, ids, random, tags)


def _ids(random: Random) -> Iterator[str]:
    """Yield public ids without end, each once."""
    drawn: set[str] = set()
    while True:
        each = "".join(random.choices(SID_ALPHABET, k=8))
        if each not in drawn:
            drawn.add(each)
            yield each


def _statement(number: int, ids: dict[str, Any], random: Random, tags: Sequence[str]) -> ImaginedStatement:
    speakers = [issuer for issuer in issuers() if issuer.facts["kind"] != "news-agency"]
    agencies = [issuer for issuer in issuers() if issuer.facts["kind"] == "news-agency"]
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
    injured, missing = random.randint(5, 900), random.randint(5, 40)
    shape = _shape(random)
    texts = {
        tag: _text(
            tag,
            {
                "issuer": issuer.name[tag],
                "place": named[0].name[tag],
                "occasion": occasion.name[tag],
                "event": event.name[tag],
                "year": str(year),
                "number": str(injured),
                "missing": str(missing),
            },
            shape,
            editions,
        )
        for tag in tags
        if tag == original or tag != lacks
    }
    return ImaginedStatement(
        **ids,
        slug=f"example-statement-{number}",
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
        visible=tuple(first_visible + timedelta(days=30 * edition) for edition in range(editions)),
    )


def _shape(random: Random) -> list[tuple[str, list[Texts]]]:
    """Draw what follows the first and the figures' paragraph: (element, its sentences), the same in every language."""
    sentences = words()["sentences"]
    shape: list[tuple[str, list[Texts]]] = [("h2", [random.choice(words()["headings"])])]
    for _paragraph in range(random.randint(2, 6)):
        shape.append(("p", random.sample(sentences, k=random.randint(1, 4))))
    if random.random() < 0.3:
        shape.append(("ul", random.sample(sentences, k=3)))
    return shape


def _text(tag: str, values: dict[str, str], shape: list[tuple[str, list[Texts]]], editions: int) -> Words:
    """Write the text; the paragraphs are p1 (that it is fictional), p2, p3 (the figures), and so on."""
    blocks = [
        ("p", words()["fiction"][tag]),
        ("p", words()["sentences"][0][tag]),
        ("p", words()["figures"][tag]),
    ]
    for element, sentences in shape:
        if element == "ul":
            blocks += [("li", sentence[tag]) for sentence in sentences]
        else:
            blocks.append((element, " ".join(sentence[tag] for sentence in sentences)))
    bodies = [_html(blocks, values)]
    if editions > 1:
        blocks[1] = ("p", f"{blocks[1][1]} {words()['correction'][tag]}")
        bodies.append(_html(blocks, values))
    return Words(words()["title"][tag].format(**values), words()["summary"][tag].format(**values), tuple(bodies))


def _html(blocks: list[tuple[str, str]], values: dict[str, str]) -> str:
    """Join the blocks with their keys, as saving and cleaning would leave them; list items stand at the end."""
    html: list[str] = []
    items: list[str] = []
    for number, (element, text) in enumerate(blocks, start=1):
        block = f'<{element} data-key="p{number}">{text.format(**values)}</{element}>'
        (items if element == "li" else html).append(block)
    return "".join(html) + (f"<ul>{''.join(items)}</ul>" if items else "")
