"""The words of an edition as the index keeps them: a pure function of what is sealed and of the analyser.

Every form stands in a *channel* and a *field*. The fields are ``a`` (anywhere: title, names and text, one after the
other), ``t`` (the title again) and ``n`` (the names again). A form's place in its list is its position, the same in
every channel, so that phrases can be found; an empty string keeps two passages apart. *Keys* are what an edition is
filtered by, beside its words.

Both databases get the same: what PostgreSQL cannot hold (a tsvector ends at 16,383 positions, at 255 positions a
lexeme, and at a megabyte) is not indexed on SQLite either.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from memorial.publishing.models import Edition
from memorial.text.analysis import analyse
from memorial.text.analysis.condition import Term
from memorial.text.blocks import blocks

#: The letter of each channel of the analyser.
CHANNELS = {"exact": "e", "folded": "f", "folded_a": "x", "stem": "s", "stem_a": "y"}
#: The channels that hold nothing but what another one holds too, unless the edition has a letter that is read twice.
SAME_AS = {"x": "f", "y": "s"}
FIELDS = {None: "a", "title": "t", "names": "n"}

MOST_POSITIONS = 16_000
MOST_OF_ONE_FORM = 250
#: In each channel; of title and names it is reached by nothing but nonsense.
MOST_BYTES = {"a": 120_000, "t": 20_000, "n": 20_000}
MOST_YEARS = 120
LONGEST_FORM = 64
#: The channels whose forms readers are shown when they have mistyped one.
READABLE = "fx"
Words = dict[str, dict[str, list[str]]]

#: What no edition has.
NOTHING = "\uf8fe"

# ASCII is where databases have opinions: punctuation would end a token, and be an operator of their query languages.
_SAFE = {
    **dict.fromkeys((*range(0x21), 0x7F, 0xF8FE, 0xF8FF, *range(0xD800, 0xE000))),
    **{code: 0xE000 + code for code in range(0x21, 0x7F) if not chr(code).isalnum()},
    **{code: code + 0x20 for code in range(ord("A"), ord("Z") + 1)},
}


@lru_cache(maxsize=100_000)
def safe(form: str) -> str:
    """Return a form as it is kept: letters, digits and what is not ASCII, 64 characters at most; perhaps nothing."""
    return form[:LONGEST_FORM].translate(_SAFE)


def channels_of(term: Term) -> list[str]:
    """The letter of a term's channel, and of the one that may hold its forms instead."""
    channel = CHANNELS[term.channel]
    return [channel, SAME_AS[channel]] if channel in SAME_AS else [channel]


def stands_in(term: Term) -> list[str]:
    """Wherever a term may stand: the letters of channel and field."""
    return [channel + FIELDS[term.field] for channel in channels_of(term)]


@dataclass(frozen=True)
class Document:
    """``words``: by channel and field, the forms by position; ``keys``: what the edition is filtered by."""

    words: Words
    keys: tuple[str, ...]
    readable: Mapping[tuple[str, str], str]


def document_of(edition: Edition, events: Iterable[int], places: Iterable[int]) -> Document:
    """Return the words of an edition with the keys of its sealed events and places. No query.

    ``readable`` has the spelling of each form, by channel and form.
    """
    writer = _Writer()
    tag, facts = edition.language, edition.facts
    writer.write("t", edition.title, tag)
    for name, lang in _names(facts, tag):
        writer.write("n", name, lang)
    writer.write("", edition.summary, tag)
    for block in blocks(edition.body):
        writer.write("", block.text, block.lang or tag)
    for figure in facts.get("figures") or ():
        if figure.get("wording"):
            writer.write("", figure["wording"], figure.get("wording_language") or tag)
    return Document(writer.finished(), keys_of(edition, events, places), writer.readable)


def keys_of(edition: Edition, events: Iterable[int], places: Iterable[int]) -> tuple[str, ...]:
    """Return what an edition is filtered by."""
    facts = edition.facts
    first, last = edition.earliest.year, edition.latest.year
    found = [
        key("issuer", edition.issuer_id),
        key("kind", edition.kind),
        key("original", facts["statement"]["original_language"]),
        key("language", edition.language),
        *(key("event", event) for event in events),
        *(key("place", place) for place in places),
        *(key("year", year) for year in range(first, min(last, first + MOST_YEARS) + 1)),
    ]
    if edition.occasion_id:
        found.append(key("occasion", edition.occasion_id))
    if facts.get("figures"):
        found.append(key("has_figures", 1))
    return tuple(dict.fromkeys(found))


def key(name: str, value: object) -> str:
    """Return the key of one value of a filter."""
    return safe(f"{_KEYS[name]}{value}")


_KEYS = {
    "issuer": "i", "kind": "c", "original": "g", "language": "l", "event": "v", "place": "p", "year": "y",
    "occasion": "o", "has_figures": "h",
}  # fmt: skip


def _names(facts: Mapping[str, Any], tag: str) -> Iterator[tuple[str, str]]:
    """The names that stand in the facts, each with its language."""
    statement = facts.get("statement") or {}
    yield statement.get("person") or "", statement.get("original_language") or tag
    yield statement.get("person_role") or "", statement.get("original_language") or tag
    figures = facts.get("figures") or ()
    labels = [facts.get("issuer"), facts.get("occasion"), *(facts.get("events") or ()), *(facts.get("places") or ())]
    labels += [figure.get(part) for figure in figures for part in ("claimant", "event")]
    told = set()
    for label in labels:
        if label and label["name"] not in told:
            told.add(label["name"])
            yield label["name"], label.get("lang") or tag


class _Writer:
    """Puts tokens at positions, within what both databases hold."""

    def __init__(self) -> None:
        self.lists: Words = {channel: {field: [] for field in FIELDS.values()} for channel in CHANNELS.values()}
        self.readable: dict[tuple[str, str], str] = {}

    def write(self, field: str, text: str, tag: str) -> None:
        """Write a passage to where everything stands and, for ``t`` and ``n``, to its own field too."""
        room = MOST_POSITIONS - len(self.lists["e"]["a"])
        tokens = analyse(text, tag)[:room] if text and room > 0 else []
        if not tokens:
            return
        for name, channel in CHANNELS.items():
            forms = [safe(getattr(token, name)) for token in tokens]
            if channel in READABLE:
                for form, token in zip(forms, tokens, strict=True):
                    self.readable.setdefault((channel, form), text[token.start : token.end])
            for where in ("a", field) if field else ("a",):
                self.lists[channel][where] += [*forms, ""]

    def finished(self) -> Words:
        """What was written, bounded, without the channels that would only repeat another."""
        if len(self.lists["e"]["a"]) > MOST_OF_ONE_FORM:
            for field in FIELDS.values():
                self._bound(field)
        return {
            channel: lists
            for channel, lists in self.lists.items()
            if channel not in SAME_AS or lists["a"] != self.lists[SAME_AS[channel]]["a"]
        }

    def _bound(self, field: str) -> None:
        """Leave out what stands too often, and everything after the position where the space is used up."""
        counts: Counter[str] = Counter()
        used = 0
        for channel, lists in self.lists.items():
            forms = lists[field]
            for position, form in enumerate(forms):
                seen = counts[channel + form]
                counts[channel + form] = seen + 1
                if seen >= MOST_OF_ONE_FORM:
                    forms[position] = ""
                used += 2 if seen else len(form.encode()) + 10
                if used >= MOST_BYTES[field]:
                    del forms[position:]
                    break
            counts.clear()
            used = 0
