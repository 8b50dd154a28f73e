"""Carries the content of this project's archive over to the usual site.

``python -m tests.benchmarks.usual.content dump`` writes it as lines of JSON, in a process with this project's settings;
``... load`` reads them in a process with those of the usual site, after making its tables.
"""

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import django

LANGUAGES = ("en", "az", "ru", "tr")
LABELS = {"issuer": ["name"], "occasion": ["name", "month", "day"], "event": ["name", "dated"], "place": ["name"]}
BATCH = 500


def dump() -> None:
    """Write labels first, then statements in the order in which they were made."""
    from memorial.publishing.models import Edition
    from memorial.statements.models import Event, Issuer, Occasion, Place

    def say(kind: str, content: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps([kind, content], default=str) + "\n")

    for model in (Issuer, Occasion, Event, Place):
        kind = model.__name__.lower()
        for row in model.objects.all():
            names = {f"name_{tag}": getattr(row, f"name_{tag}") for tag in LANGUAGES}
            other = {field: getattr(row, field) for field in LABELS[kind] if field != "name"}
            say(kind, {"slug": row.slug, **names, **other})
    editions = Edition.objects.visible().order_by("statement_id", "language").iterator(BATCH)
    for _, group in groupby(editions, key=lambda edition: edition.statement_id):
        rows = list(group)
        say("statement", _statement({row.language: row for row in rows}, rows[0]))


def _statement(by_language: dict[str, Any], any_one: Any) -> dict[str, Any]:
    facts = any_one.facts
    figures = []
    for number, figure in enumerate(facts["figures"]):
        those = {tag: row.facts["figures"] for tag, row in by_language.items()}
        said = {f"described_{tag}": those[tag][number]["described"] for tag in those if number < len(those[tag])}
        names = ("measure", "minimum", "maximum", "wording", "block", "claimed")
        one = {name: figure[name] for name in names}
        figures.append({**one, **said, "claimant": figure["claimant"]["slug"], "event": figure["event"]["slug"]})
    sources = [{name: each[name] for name in ("publisher", "url", "language", "published", "what")}
               for each in facts["sources"]]  # fmt: skip
    return {
        **{f"{name}_{tag}": getattr(row, name) for tag, row in by_language.items()
           for name in ("title", "summary", "body")},
        "slug": facts["statement"]["slug"], "kind": any_one.kind, "issued": any_one.earliest,
        "published": any_one.visible_from, "original_language": facts["statement"]["original_language"],
        "issuer": facts["issuer"]["slug"], "occasion": (facts["occasion"] or {}).get("slug"),
        "events": [each["slug"] for each in facts["events"]], "places": [each["slug"] for each in facts["places"]],
        "sources": sources, "figures": figures, "related": [each["slug"] for each in facts["related"]],
    }  # fmt: skip


def load() -> None:
    """Make the tables, which have no migrations, and fill them."""
    from django.core.management import call_command
    from django.db import connection, transaction

    from tests.benchmarks.usual.archive.models import Event, Issuer, Occasion, Place, Source

    call_command("migrate", run_syncdb=True, verbosity=0)
    models: dict[str, Any] = {"issuer": Issuer, "occasion": Occasion, "event": Event, "place": Place}
    made: dict[str, dict[str, int]] = {kind: {} for kind in models}
    with transaction.atomic():
        related: list[tuple[int, list[str]]] = []
        ids: dict[str, int] = {}
        for kind, content in _lines():
            if kind in models:
                # The untranslated column is that of the first language.
                made[kind][content["slug"]] = models[kind].objects.create(name=content["name_en"] or "", **content).pk
                continue
            sources = Source.objects.bulk_create(Source(**each) for each in content.pop("sources"))
            others = content.pop("related")
            ids[content["slug"]] = number = _store(content, made, sources)
            related.append((number, others))
        from tests.benchmarks.usual.archive.models import Statement

        through = Statement.related.through
        pairs = {(number, ids[slug]) for number, others in related for slug in others if slug in ids}
        both = pairs | {(there, here) for here, there in pairs}
        through.objects.bulk_create(
            [through(from_statement_id=here, to_statement_id=there) for here, there in sorted(both)], batch_size=BATCH
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _store(content: dict[str, Any], made: dict[str, dict[str, int]], sources: list[Any]) -> int:
    from tests.benchmarks.usual.archive.models import Figure, Statement

    figures, events, places = (content.pop(name) for name in ("figures", "events", "places"))
    content["issuer_id"] = made["issuer"][content.pop("issuer")]
    occasion = content.pop("occasion")
    content["occasion_id"] = made["occasion"][occasion] if occasion else None
    statement = Statement.objects.create(**content)
    statement.events.set([made["event"][slug] for slug in events])
    statement.places.set([made["place"][slug] for slug in places])
    statement.sources.set(sources)
    for figure in figures:
        claimant, event = made["issuer"][figure.pop("claimant")], made["event"][figure.pop("event")]
        Figure.objects.create(statement=statement, claimant_id=claimant, event_id=event, **figure)
    return int(statement.pk)


def _lines() -> Iterator[tuple[str, dict[str, Any]]]:
    for line in sys.stdin:
        kind, content = json.loads(line)
        yield kind, content


if __name__ == "__main__":
    django.setup()
    {"dump": dump, "load": load}[sys.argv[1]]()
