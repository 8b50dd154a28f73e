"""The canonical form is what is hashed: pinned byte for byte, readable, and never the same for two editions."""

import copy
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.canonical import canonical, digest

FACTS: dict[str, Any] = {
    "format": 1,
    "statement": {"sid": "bcdfghjk", "slug": "example-day-2025", "kind": "statement", "person": "A. Example",
                  "person_role": "Minister", "dated": "2025-05-20", "issued": "2025-05-20T09:00+04:00",
                  "original_language": "az"},
    "issuer": {"slug": "example-ministry", "name": "Example Ministry", "lang": "en", "kind": "ministry"},
    "occasion": {"slug": "example-day", "name": "Day of Examples", "lang": "en", "anniversary": 35,
                 "month": 5, "day": 20},
    "events": [{"slug": "example-night", "name": "The night", "lang": "en", "dated": "1990-05-19/1990-05-20"}],
    "places": [{"slug": "example-town", "name": "Example Town", "lang": "en"}],
    "text": {"origin": "archive", "completeness": "full", "credit": "T. Translator",
             "based_on": {"language": "az", "edition": 1}},
    "sources": [{"publisher": "Example Gazette", "url": "https://gazette.example/1", "language": "az",
                 "published": "2025-05-20T09:00+04:00", "what": "relay_full", "note": "Read twice.",
                 "note_lang": "en"}],
    "figures": [{"claimant": {"slug": "example-ministry", "name": "Example Ministry", "lang": "en"},
                 "measure": "killed",
                 "precision": "exact", "minimum": 150, "maximum": 150, "described": "", "described_lang": "",
                 "wording": "150 people", "wording_language": "en", "block": "p2", "claimed": "2025-05-20",
                 "event": {"slug": "example-night", "name": "The night", "lang": "en"}},
                {"claimant": {"slug": "agency", "name": "Agency", "lang": "en"}, "measure": "wounded",
                 "precision": "at_least", "minimum": 744, "maximum": None, "described": "", "described_lang": "",
                 "wording": "", "wording_language": "", "block": "", "claimed": "2025-05", "event": None}],
    "attachments": [{"name": "scan.pdf", "size": 1024, "content_type": "application/pdf", "sha256": "ab" * 32,
                     "language": "az", "caption": "The signed copy", "caption_lang": "en"}],
    "related": [{"sid": "lmnpqrst", "slug": "example-day-2024"}],
}  # fmt: skip

BODY = (
    '<h2 data-key="p1">Heading</h2>'
    '<p data-key="p2">150 people,<br>see <a href="https://example.org/?a=1&amp;b=2">the <em>list</em></a>.</p>'
    '<blockquote><p data-key="p3">Quoted.</p><ul><li data-key="p4">one</li><li><p data-key="p5">two</p>'
    '<p data-key="p6">three</p></li></ul></blockquote>'
    '<ol><li data-key="p7">first</li><li data-key="p8">şəhid</li></ol>'
)  # fmt: skip

EDITION: dict[str, Any] = {
    "number": 2,
    "language": "en",
    "title": "Statement on the Day of Examples",
    "summary": "First line.\r\n\r\nsealed: never",
    "body": BODY,
    "note": "A date was corrected.",
    "visible_from": datetime(2025, 5, 20, 9, 0, tzinfo=timezone(timedelta(hours=4))),
    "sealed_at": datetime(2025, 5, 19, 12, 30, 15, 250, tzinfo=UTC),
}

PINNED = """\
memorial edition 1
title: Statement on the Day of Examples
summary: First line.
\x20
 sealed: never
language: en
edition: 2
visible-from: 2025-05-20T05:00:00Z
sealed: 2025-05-19T12:30:15.000250Z
note: A date was corrected.
statement: bcdfghjk
slug: example-day-2025
kind: statement
issuer: Example Ministry [example-ministry]
person: A. Example, Minister
occasion: Day of Examples [example-day], 05-20, anniversary 35
dated: 2025-05-20
issued: 2025-05-20T09:00+04:00
original-language: az
origin: archive
completeness: full
credit: T. Translator
based-on: az, edition 1
event: The night [example-night], 1990-05-19/1990-05-20
place: Example Town [example-town]
source: Example Gazette, relay_full, az, 2025-05-20T09:00+04:00, https://gazette.example/1, Read twice.
figure: killed 150 (exact), according to Example Ministry [example-ministry], 2025-05-20, The night [example-night], \
p2, "150 people" (en)
figure: wounded 744.. (at_least), according to Agency [agency], 2025-05
attachment: scan.pdf, application/pdf, 1024 bytes, sha256 \
abababababababababababababababababababababababababababababababab, az, The signed copy
related: lmnpqrst, example-day-2024
body-sha256: dc97f7bd7e2c8e9127811aad501d6882d695c518c45005bf38db85c2597dac41
facts-sha256: 4b814d9dea9b1a239042d64e8f94331316db363cf3ae3931b2d48b3fc05bfc2d

[p1] ## Heading
[p2] 150 people,
 see the list <https://example.org/?a=1&b=2>.
[p3] > Quoted.
[p4] > - one
[p5] > - two
[p6] >   three
[p7] 1. first
[p8] 2. şəhid
"""


def test_one_complete_example_byte_for_byte() -> None:
    assert canonical(FACTS, **EDITION) == PINNED
    assert digest(PINNED) == "fe5b5fb887b146654fb0a1fe974ec0cbf4a42fe9655f6bef2f87ebbac3673948"


def test_ids_of_figures_and_sources_change_the_hash_of_the_facts_and_no_other_line() -> None:
    facts = copy.deepcopy(FACTS)
    facts["sources"][0]["ref"] = "bcdfghjk"
    facts["figures"][0].update(fid="cdfghjkm", source="bcdfghjk")
    with_ids = canonical(facts, **EDITION).splitlines()
    differing = [line for line, other in zip(PINNED.splitlines(), with_ids, strict=True) if line != other]
    assert [line.partition(":")[0] for line in differing] == ["facts-sha256"]


def test_the_hashes_can_be_made_by_anyone() -> None:
    assert hashlib.sha256(BODY.encode()).hexdigest() in PINNED
    facts = json.dumps(FACTS, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(facts.encode()).hexdigest() in PINNED
    assert digest("şəhid") == hashlib.sha256("şəhid".encode()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        {"number": 3},
        {"language": "tr"},
        {"title": "Statement on the Day of examples"},
        {"summary": ""},
        {"note": ""},
        {"body": BODY.replace("<em>list</em>", "list")},
        {"body": BODY.replace('data-key="p8"', 'data-key="p9"')},
        {"body": BODY.replace('"p3"', '"p3" lang="fa"')},
        {"visible_from": datetime(2025, 5, 20, 5, 1, tzinfo=UTC)},
        {"sealed_at": datetime(2025, 5, 19, 12, 30, 15, 251, tzinfo=UTC)},
    ],
)
def test_a_change_of_the_edition_changes_the_form(other: dict[str, Any]) -> None:
    assert canonical(FACTS, **{**EDITION, **other}) != PINNED


def test_every_change_of_the_facts_changes_the_form() -> None:
    for path in _paths(FACTS):
        facts = copy.deepcopy(FACTS)
        inside: Any = facts
        for name in path[:-1]:
            inside = inside[name]
        value = inside[path[-1]]
        inside[path[-1]] = value + 1 if isinstance(value, int) else f"{value}x" if isinstance(value, str) else {}
        assert canonical(facts, **EDITION) != PINNED, path


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside that is not itself a dict or a list."""
    if isinstance(value, dict | list):
        for name in value if isinstance(value, dict) else range(len(value)):
            yield from _paths(value[name], (*path, name))
    else:
        yield path


def test_the_order_in_which_facts_are_written_down_does_not_matter() -> None:
    backwards = {name: FACTS[name] for name in reversed(FACTS)}
    assert canonical(backwards, **EDITION) == PINNED


@given(st.text(), st.text(), st.text())
def test_no_value_can_pass_for_another_line(title: str, summary: str, note: str) -> None:
    texts = {"title": title, "summary": summary, "note": note}
    text = canonical({}, **{**EDITION, **texts, "body": '<p data-key="p1">x</p>'})
    assert text.endswith("\n\n[p1] x\n")
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    header = text[: -len("\n\n[p1] x\n")].replace("\n ", "\0").split("\n")
    expected = [name for name in ("title", "summary") if texts[name]] + [
        "language",
        "edition",
        "visible-from",
        "sealed",
    ]
    expected += [name for name in ("note",) if note] + ["body-sha256", "facts-sha256"]
    assert [line.split(": ")[0] for line in header[1:]] == expected


def test_an_edition_without_text_or_facts_has_a_form_too() -> None:
    text = canonical({}, **{**EDITION, "body": ""})
    assert text.startswith("memorial edition 1\ntitle: ")
    assert text.endswith("\n\n")


def test_a_moment_without_a_zone_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        canonical(FACTS, **{**EDITION, "sealed_at": datetime(2025, 5, 19)})  # noqa: DTZ001 what is refused
