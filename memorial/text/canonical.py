"""The one sequence of bytes that is hashed when an edition is sealed, readable by a person.

Form 1. First line ``memorial edition 1``; then lines ``key: value``; then an empty line; then one line a block. UTF-8,
NFC, lines end with LF, and the last one does too. A line end inside a value or a block is written as LF and one space,
so no line of the header begins with a space. A key with nothing to say is left out; a key may stand more than once.

No two editions have the same form, unless they differ only in Unicode normalisation or in how line ends are written:
``facts-sha256`` is the SHA-256 of the facts as JSON (UTF-8, keys sorted, no spaces, nothing escaped that need not be);
``body-sha256`` that of the stored HTML; they bind what the readable lines leave out or show in short. Among what the
lines leave out are the ids of figures and sources, which facts have from their format 2 on: the lines of an edition are
the same with and without them, and the form is the same one.

A source that is sealed by itself has the same form under the first line ``memorial source 1``, with the keys of
``_facts_of_source``. Its facts hold notes and labels in every language; the lines show those of the languages that
readers could see when it was sealed: a line ``source-note`` for each note, after its language tag; of a label the one
in the source's language, else the first of those languages that has it.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from .block import Block
from .blocks import blocks
from .clean import tree

#: The first line; a form with other rules gets another number, and the sealed ones keep theirs.
FIRST_LINE = "memorial edition 1"
FIRST_LINE_OF_SOURCE = "memorial source 1"

_HEADINGS = {"h2": "## ", "h3": "### "}


def canonical(
    facts: Mapping[str, Any],
    *,
    number: int,
    language: str,
    title: str,
    summary: str,
    body: str,
    note: str,
    visible_from: datetime,
    sealed_at: datetime,
) -> str:
    """Return the canonical form of an edition. ``body`` is cleaned HTML with keys.

    Raises ValueError for a moment without a time zone, TypeError for facts that are not JSON.
    """
    own = [
        ("title", title),
        ("summary", summary),
        ("language", language),
        ("edition", number),
        ("visible-from", _moment(visible_from)),
        ("sealed", _moment(sealed_at)),
        ("note", note),
    ]
    return _form(FIRST_LINE, [*own, *_facts(facts)], facts, body)


def canonical_of_source(
    facts: Mapping[str, Any],
    *,
    number: int,
    language: str,
    title: str,
    body: str,
    completeness: str,
    note: str,
    visible_from: datetime,
    sealed_at: datetime,
    languages: Sequence[str],
) -> str:
    """Return the canonical form of an edition of a source; ``body`` is its own wording or empty.

    ``languages`` are the tags of the public languages in their order, for labels and notes. Raises ValueError for a
    moment without a time zone, TypeError for facts that are not JSON.
    """
    own = [
        ("title", title),
        ("language", language),
        ("edition", number),
        ("visible-from", _moment(visible_from)),
        ("sealed", _moment(sealed_at)),
        ("note", note),
        ("completeness", completeness),
    ]
    return _form(FIRST_LINE_OF_SOURCE, [*own, *_facts_of_source(facts, [language, *languages])], facts, body)


def _form(first_line: str, lines: Sequence[tuple[str, object]], facts: Mapping[str, Any], body: str) -> str:
    header = [f"{key}: {_folded(value)}" for key, value in (*lines, *_hashes(facts, body)) if value not in (None, "")]
    written = [_written(block) for block in blocks(body)]
    return unicodedata.normalize("NFC", "\n".join((first_line, *header, "", *written))) + "\n"


def _hashes(facts: Mapping[str, Any], body: str) -> list[tuple[str, object]]:
    """The last lines of the header: what binds all that the others leave out."""
    return [("body-sha256", digest(body)), ("facts-sha256", digest(_json(facts)))]


def is_intact(exact: str, sha256: str, *, facts: Mapping[str, Any], body: str) -> bool:
    """Say whether a kept form still has its hash, and whether it is the form of these facts and this body."""
    header = exact.partition("\n\n")[0].splitlines()
    return digest(exact) == sha256 and header[-2:] == [f"{key}: {value}" for key, value in _hashes(facts, body)]


def digest(text: str) -> str:
    """Return the SHA-256 of the UTF-8 bytes of ``text``, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _json(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be sealed.")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def _folded(value: object) -> str:
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\n ")


def _facts(facts: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The readable lines of the facts, in the order of a statement page."""
    statement = facts.get("statement") or {}
    text = facts.get("text") or {}
    yield "statement", statement.get("sid")
    yield "slug", statement.get("slug")
    yield "kind", statement.get("kind")
    yield "issuer", _named(facts.get("issuer"))
    yield "person", _listed(statement.get("person"), statement.get("person_role"))
    yield "occasion", _occasion(facts.get("occasion"))
    yield "dated", statement.get("dated")
    yield "issued", statement.get("issued")
    yield "original-language", statement.get("original_language")
    yield "origin", text.get("origin")
    yield "completeness", text.get("completeness")
    yield "credit", text.get("credit")
    yield "based-on", _based_on(text.get("based_on"))
    for event in facts.get("events") or ():
        yield "event", _listed(_named(event), event.get("dated"))
    for place in facts.get("places") or ():
        yield "place", _named(place)
    for source in facts.get("sources") or ():
        yield "source", _chosen(source, ("publisher", "what", "language", "published", "url", "note"))
    for figure in facts.get("figures") or ():
        yield "figure", _figure(figure)
    for attachment in facts.get("attachments") or ():
        yield "attachment", _attachment(attachment)
    for related in facts.get("related") or ():
        yield "related", _listed(related.get("sid"), related.get("slug"))


def _facts_of_source(facts: Mapping[str, Any], tags: Sequence[str]) -> Iterator[tuple[str, object]]:
    """The readable lines of a source's facts, in the order of its page; labels and notes in ``tags`` alone."""
    source = facts.get("source") or {}
    statement = facts.get("statement") or {}
    yield "source", source.get("ref")
    yield "publisher", source.get("publisher")
    yield "what", source.get("what")
    yield "published", source.get("published")
    yield "url", source.get("url")
    for tag, note in sorted((source.get("note") or {}).items()):
        yield "source-note", f"{tag}: {note}" if tag in tags else None
    yield "statement", _listed(statement.get("sid"), statement.get("slug"))
    yield "rights", facts.get("rights")
    for figure in facts.get("figures") or ():
        labels = {name: _in_one(figure.get(name), tags) for name in ("claimant", "event")}
        described = _one_of(figure.get("described") or {}, tags)
        yield "figure", _listed(figure.get("fid"), _figure({**figure, **labels, "described": described}))


def _in_one(facts: Mapping[str, Any] | None, tags: Sequence[str]) -> Mapping[str, Any] | None:
    """A label of many languages as one of one."""
    return {**facts, "name": _one_of(facts.get("name") or {}, tags)} if facts else None


def _one_of(texts: Mapping[str, str], tags: Sequence[str]) -> str:
    return next((texts[tag] for tag in tags if texts.get(tag)), "")


def _listed(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def _chosen(facts: Mapping[str, Any], names: Sequence[str]) -> str:
    return _listed(*(facts.get(name) for name in names))


def _named(facts: Mapping[str, Any] | None) -> str:
    """A label with its slug: ``Example Ministry [example-ministry]``."""
    if not facts:
        return ""
    slug = facts.get("slug")
    return f"{facts.get('name') or ''}{f' [{slug}]' if slug else ''}".strip()


def _occasion(facts: Mapping[str, Any] | None) -> str:
    if not facts:
        return ""
    day = f"{facts['month']:02}-{facts['day']:02}" if facts.get("month") and facts.get("day") else None
    anniversary = facts.get("anniversary")
    return _listed(_named(facts), day, f"anniversary {anniversary}" if anniversary is not None else None)


def _based_on(facts: Mapping[str, Any] | None) -> str:
    if not facts:
        return ""
    edition = facts.get("edition")
    return _listed(facts.get("language"), f"edition {edition}" if edition is not None else None)


def _figure(facts: Mapping[str, Any]) -> str:
    """One figure as stated: ``killed 150 (exact), according to Example Ministry, "150 were killed" (en)``."""
    low, high = facts.get("minimum"), facts.get("maximum")
    number = low if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    wording, language = facts.get("wording"), facts.get("wording_language")
    return _listed(
        " ".join(str(part) for part in (facts.get("measure"), number) if part is not None)
        + (f" ({facts['precision']})" if facts.get("precision") else ""),
        facts.get("described"),
        f"according to {_named(facts.get('claimant'))}" if facts.get("claimant") else None,
        facts.get("claimed"),
        _named(facts.get("event")),
        facts.get("block"),
        f'"{wording}"' + (f" ({language})" if language else "") if wording else None,
    )


def _attachment(facts: Mapping[str, Any]) -> str:
    size, sha256 = facts.get("size"), facts.get("sha256")
    return _listed(
        _chosen(facts, ("name", "content_type")),
        f"{size} bytes" if size is not None else None,
        f"sha256 {sha256}" if sha256 else None,
        _chosen(facts, ("language", "caption")),
    )


def _written(block: Block) -> str:
    """One block as a line: ``[p4] > ## text``."""
    before = f"[{block.key or '-'}] {''.join(block.levels)}{_HEADINGS.get(block.kind, '')}"
    return before + _folded(_with_addresses(block.html))


def _with_addresses(html: str) -> str:
    """The text of a block, each link followed by its address in angle brackets."""
    root = tree(html)
    parts = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            parts.append("\n" if element.tag == "br" else element.text or "")
        else:
            parts.append(f" <{element.get('href')}>" if element.tag == "a" else "")
            parts.append(element.tail or "")
    return "".join(parts)
