"""Which of the sealed facts around a text have changed, each as readers see it on the statement's page."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from memorial.languages.formats import format_moment, format_stated, language_here, language_name
from memorial.reading import wording
from memorial.reading.templatetags.reading import stated_number
from memorial.translations.models import Text

Facts = dict[str, Any]
Changed = tuple[str, str, str]  # where, what was removed, what was added


def changed_facts(old: Facts, new: Facts) -> Iterator[Changed]:
    """Yield what differs. Left out is what changes when other texts are published: related statements, among others."""
    before, after = dict(_single(old)), dict(_single(new))
    for where in before | after:
        if before.get(where, "") != after.get(where, ""):
            yield where, before.get(where, ""), after.get(where, "")
    yield from _listed(_("Event"), old["events"], new["events"], _name, _slug)
    yield from _listed(_("Place"), old["places"], new["places"], _name, _slug)
    yield from _listed(
        pgettext("of a statement", "Source"),
        old["sources"],
        new["sources"],
        _source,
        lambda each: each.get("ref") or each["url"],
    )
    yield from _listed(_("Figure"), old["figures"], new["figures"], _figure, _same_figure)
    yield from _listed(_("Attachment"), old["attachments"], new["attachments"], _attachment, lambda each: each["name"])


def _single(facts: Facts) -> Iterator[tuple[str, str]]:
    """Each fact that there is one of: its name, and how readers see it."""
    lang, statement, text = language_here(), facts["statement"], facts["text"]
    yield _("Issued by"), facts["issuer"]["name"]
    yield _("Speaker"), " · ".join(filter(None, (statement["person"], statement["person_role"])))
    yield _("Kind"), wording.kind_heading(statement["kind"])
    yield _("On the occasion of"), facts["occasion"]["name"] if facts["occasion"] else ""
    yield _("Date on the document"), format_stated(statement["dated"], lang)
    yield pgettext("when", "Issued"), format_moment(statement["issued"], lang) if statement["issued"] else ""
    yield _("Original language"), language_name(statement["original_language"], lang)
    origin, completeness = text["origin"], text["completeness"]
    yield _("Origin of the text"), str(Text.Origin(origin).label)
    yield _("Completeness"), str(Text.Completeness(completeness).label)
    yield _("Translator"), text["credit"]
    yield (
        _("Made from the text in this language"),
        (language_name(text["based_on"]["language"], lang) if text["based_on"] else ""),
    )


def _listed(
    where: str,
    old: Sequence[Facts],
    new: Sequence[Facts],
    described: Callable[[Facts], str],
    identity: Callable[[Facts], Any],
) -> Iterator[Changed]:
    """What was removed, added, or described otherwise under the same identity; each repeated fact counts."""
    kept = Counter(map(described, old)) & Counter(map(described, new))
    gone, come = _without(old, kept, described), _without(new, kept, described)
    for each in gone:
        partner = next((other for other in come if identity(other) == identity(each)), None)
        if partner is not None:
            come.remove(partner)
        yield where, described(each), described(partner) if partner is not None else ""
    for each in come:
        yield where, "", described(each)


def _without(facts: Sequence[Facts], kept: Counter[str], described: Callable[[Facts], str]) -> list[Facts]:
    left, found = kept.copy(), []
    for each in facts:
        if left[described(each)]:
            left[described(each)] -= 1
        else:
            found.append(each)
    return found


def _name(labelled: Facts) -> str:
    return str(labelled["name"])


def _slug(labelled: Facts) -> str:
    return str(labelled["slug"])


def _source(source: Facts) -> str:
    lang = language_here()
    published = format_moment(source["published"], lang) if source["published"] else ""
    language = language_name(source["language"], lang)
    parts = (source["publisher"], published, wording.source_kind(source["what"]), language, source["url"])
    return " · ".join(filter(None, (*parts, source["note"])))


def _figure(figure: Facts) -> str:
    claimed = format_moment(figure["claimed"], language_here()) if figure["claimed"] else ""
    return " · ".join(
        filter(
            None,
            (
                wording.measure(figure["measure"]),
                stated_number(figure) or _("no number, in words only"),
                figure["described"],
                figure["wording"],
                figure["claimant"]["name"],
                claimed,
                figure["event"]["name"],
                figure["block"],
            ),
        )
    )


def _same_figure(figure: Facts) -> Any:
    """Its permanent id; before figures were sealed with one, what it counts according to whom."""
    return figure.get("fid") or (figure["claimant"]["slug"], figure["measure"], figure["event"]["slug"])


def _attachment(attachment: Facts) -> str:
    return " · ".join(filter(None, (attachment["name"], attachment["caption"], attachment["sha256"])))
