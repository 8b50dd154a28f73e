"""Enters the sample archive and publishes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from memorial.accounts.models import User
from memorial.accounts.refusal import Reason, Refused
from memorial.languages.columns import column_name, languages
from memorial.ops.demonstration.words import SLUG_PREFIX
from memorial.publishing.release import publish
from memorial.publishing.source_release import publish_source
from memorial.statements.models import (
    Event,
    EventName,
    Figure,
    Issuer,
    Occasion,
    Person,
    Place,
    Source,
    Statement,
)
from memorial.translations.models import Text
from memorial.translations.save import save_text

from . import files

Texts = Mapping[str, str]  # language tag -> text


@dataclass
class Loaded:
    """What a run did: new statements, editions and sources, and the languages of the files that the site lacks."""

    statements: list[Statement] = field(default_factory=list)
    editions: int = 0
    sources: int = 0
    missing_languages: tuple[str, ...] = ()


def reasons_against() -> list[Reason]:
    """List why the sample archive cannot be entered here; empty when it can."""
    reasons = []
    if Issuer.objects.filter(slug__startswith=SLUG_PREFIX).exists():
        reasons.append(
            Reason(
                "demonstration-data",
                _("This database holds demonstration data. Real statements are never kept beside it: use another."),
            )
        )
    if not set(files.LANGUAGES) & set(languages()):
        reasons.append(
            Reason(
                "no-language",
                _("The site has none of the languages of the sample archive (%(languages)s): add one first.")
                % {"languages": ", ".join(files.LANGUAGES)},
            )
        )
    return reasons


@transaction.atomic
def load_sample_archive(*, by: User) -> Loaded:
    """Enter whatever of the sample archive is missing, in the languages that the site has, and publish it.

    What is there already is left as it is, so that a second run changes nothing, and so that a language which came
    later is filled in. Raises Refused where demonstration data stands.
    """
    if reasons := reasons_against():
        raise Refused(reasons)
    tags = [tag for tag in files.LANGUAGES if tag in languages()]
    loaded = Loaded(missing_languages=tuple(tag for tag in files.LANGUAGES if tag not in tags))
    labels = files.labels()
    _enter_labels(labels, tags)
    claiming = [_enter_claims(claims, labels["counted"], tags) for claims in labels["claims"]]
    entered = files.statements()
    for facts in entered:
        _enter_statement(facts, labels["counted"], tags, loaded, by=by)
    for statement in loaded.statements:
        facts = next(facts for facts in entered if facts["sid"] == statement.sid)
        statement.related.add(*Statement.objects.filter(slug__in=facts["related"], sid__in=[f["sid"] for f in entered]))
    for facts in entered:
        _publish_texts(facts, tags, loaded, by=by)
    for source in claiming:
        if not source.editions.exists():
            publish_source(source, by=by)
            loaded.sources += 1
    return loaded


def _enter_labels(labels: Mapping[str, Any], tags: Iterable[str]) -> None:
    for slug, given in labels["issuers"].items():
        issuer = _label(Issuer, slug, given, tags, kind=given["kind"], country=given.get("country", ""))
        _enter_spellings(issuer, given)
    for slug, given in labels["places"].items():
        place = _label(Place, slug, given, tags, latitude=given["latitude"], longitude=given["longitude"])
        _enter_spellings(place, given)
    for slug, given in labels["persons"].items():
        _enter_spellings(_label(Person, slug, given, tags), given)
    for slug, given in labels["events"].items():
        part_of = Event.objects.filter(slug=given.get("part_of")).first()
        is_new = not Event.objects.filter(slug=slug).exists()
        event = _label(Event, slug, given, tags, dated=given["dated"], part_of=part_of)
        if is_new:
            event.places.set(Place.objects.filter(slug__in=given.get("places", [])))
        for name in given.get("names", []):
            keys = {"event": event, "name": name["name"], "language": name["language"]}
            _row(EventName, keys, {"used_by": name["used_by"]}, tags)
    for slug, given in labels["occasions"].items():
        day = {key: given[key] for key in ("month", "day", "first_year")}
        _label(Occasion, slug, given, tags, event=Event.objects.get(slug=given["event"]), **day)


def _enter_spellings(labelled: Any, given: Mapping[str, Any]) -> None:
    """Enter how else a name is written, by which a search finds it."""
    for tag, spelling in given.get("spellings", []):
        labelled.spellings.get_or_create(language=tag, spelling=spelling)


def _enter_claims(claims: Mapping[str, Any], counted: Mapping[str, Texts], tags: Iterable[str]) -> Source:
    """Enter what a claimant states in a source of its own, without a statement; return the source."""
    keys = {"statement": None, "publisher": claims["publisher"], "published": claims["published"]}
    rest = {"url": claims.get("url", ""), "language": claims["language"], "what": Source.What.BACKGROUND}
    found: Source = _row(Source, keys, {}, tags, **rest)
    about = {
        "statement": None,
        "source": found,
        "claimant": Issuer.objects.get(slug=claims["claimant"]),
        "event": Event.objects.get(slug=claims["event"]),
        "claimed": claims["claimed"],
    }
    for figure in claims["figures"]:
        keys = {**about, "measure": figure["measure"], "minimum": figure["number"]}
        _row(Figure, keys, {"described": counted[figure["counted"]]}, tags)
    return found


def _enter_statement(
    facts: Mapping[str, Any], counted: Mapping[str, Texts], tags: Iterable[str], loaded: Loaded, *, by: User
) -> None:
    """Enter one statement with its sources, figures and texts; only languages are added to one that is there."""
    statement = Statement.objects.filter(sid=facts["sid"]).first()
    is_new = statement is None
    if statement is None:
        plain = {key: facts[key] for key in ("sid", "slug", "dated", "issued", "original_language")}
        statement = Statement.objects.create(
            **plain,
            issuer=Issuer.objects.get(slug=facts["issuer"]),
            occasion=Occasion.objects.get(slug=facts["occasion"]),
            created_by=by,
        )
        statement.events.set(Event.objects.filter(slug__in=facts["events"]))
        statement.places.set(Place.objects.filter(slug__in=facts["places"]))
        loaded.statements.append(statement)
    for given in facts["sources"]:
        keys = {"statement": statement, "publisher": given["publisher"], "url": given.get("url", "")}
        rest = {key: given.get(key, "") for key in ("language", "published", "what")}
        _row(Source, keys, {"note": given.get("note", {})}, tags, may_create=is_new, **rest)
    event = Event.objects.get(slug=facts["events"][0])
    for given in facts["figures"]:
        keys = {"statement": statement, "measure": given["measure"], "minimum": given["number"]}
        rest = {"claimant": statement.issuer, "event": event, "block": given["block"], "claimed": statement.dated}
        _row(Figure, keys, {"described": counted[given["counted"]]}, tags, may_create=is_new, **rest)
    _save_texts(statement, facts["texts"], tags, by=by)


def _save_texts(statement: Statement, texts: Mapping[str, Texts], tags: Iterable[str], *, by: User) -> None:
    """Save the languages that the statement lacks: the original first, since the others are made from it.

    Where the site lacked the original's language, they are made from whichever stood there first.
    """
    there = {text.language: text.head for text in statement.texts.select_related("head")}
    original = statement.original_language
    for tag in sorted(set(tags) - set(there), key=lambda tag: tag != original):
        there[tag] = save_text(
            statement,
            tag,
            title=texts[tag]["title"],
            summary=texts[tag]["summary"],
            body=files.body_html(texts[tag]["body"]),
            seen=None,
            based_on=there.get(original) or next(iter(there.values()), None),
            by=by,
            origin=Text.Origin.ARCHIVE,
            completeness=Text.Completeness.SUMMARY,
        )


def _publish_texts(facts: Mapping[str, Any], tags: Iterable[str], loaded: Loaded, *, by: User) -> None:
    """Publish the languages that have no edition yet."""
    statement = Statement.objects.get(sid=facts["sid"])
    published = set(statement.editions.values_list("language", flat=True))
    if waiting := [tag for tag in tags if tag not in published]:
        loaded.editions += len(publish(statement, waiting, by=by))


def _label(model: type[models.Model], slug: str, given: Mapping[str, Any], tags: Iterable[str], **rest: Any) -> Any:
    texts = {base: given[base] for base in ("name", "description", "coverage") if base in given}
    return _row(model, {"slug": slug}, texts, tags, **rest)


def _row(
    model: Any,
    keys: Mapping[str, Any],
    texts: Mapping[str, Texts],
    tags: Iterable[str],
    *,
    may_create: bool = True,
    **rest: Any,
) -> Any:
    """Return the row with these keys, made with ``rest`` when missing, its empty translations filled in.

    ``texts`` is {base field: {language: text}}. None when the row is missing and may not be made.
    """
    row = model.objects.filter(**keys).first()
    is_changed = row is None
    if row is None:
        if not may_create:
            return None
        row = model(**keys, **rest)
    for base, by_language in texts.items():
        for tag in tags:
            column = column_name(base, tag)
            if by_language.get(tag) and not getattr(row, column):
                setattr(row, column, by_language[tag])
                is_changed = True
    if is_changed:
        row.save()
    return row
