"""The one address of the protocol."""

import re
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from memorial.languages.formats import language_name
from memorial.languages.labels import label
from memorial.reading.addresses import absolute

from . import xml
from .asked import OaiError, Question, host, identifier, question, sid_of, written
from .dublin_core import FORMATS
from .harvest import Harvest, sets

_DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")
# What a set of sets is called.
_KINDS: Final = {"issuer": "Issuers", "occasion": "Occasions", "event": "Events", "language": "Languages"}
Element = Any


@csrf_exempt  # Nothing is written, whatever the method.
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a question of the protocol. Errors are answers too, with status 200, as it wants them."""
    harvest, asked = Harvest(), None
    try:
        asked = question(request.POST if request.method == "POST" else request.GET)
        root = xml.document(_base_url(), harvest.now, asked)
        _ANSWERS[asked.verb](root, asked, harvest)
    except OaiError as error:
        # A question that could not be understood is not repeated (OAI-PMH 2.0, 3.6).
        is_repeated = error.code not in ("badVerb", "badArgument", "badResumptionToken")
        root = xml.document(_base_url(), harvest.now, asked if is_repeated else None)
        xml.add_error(root, error)
    return HttpResponse(
        xml.as_bytes(root), content_type="text/xml; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


def _base_url() -> str:
    return absolute(reverse("oai"))


def _identify(root: Element, asked: Question, harvest: Harvest) -> None:
    found = xml.child(root, asked.verb)
    xml.child(found, "repositoryName", settings.SITE_NAME)
    xml.child(found, "baseURL", _base_url())
    xml.child(found, "protocolVersion", "2.0")
    xml.child(found, "adminEmail", f"webmaster@{host()}")  # RFC 2142
    xml.child(found, "earliestDatestamp", written(harvest.first_moment()))
    xml.child(found, "deletedRecord", "persistent")
    xml.child(found, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    if _DOMAIN.fullmatch(host()):
        xml.add_identifier_scheme(
            found,
            scheme="oai",
            repositoryIdentifier=host(),
            delimiter=":",
            sampleIdentifier=identifier("2b3c4d5f"),
        )


def _formats(root: Element, asked: Question, harvest: Harvest) -> None:
    if "identifier" in asked.arguments:
        harvest.record(sid_of(asked["identifier"]))
    found = xml.child(root, asked.verb)
    for prefix, there in FORMATS.items():
        each = xml.child(found, "metadataFormat")
        xml.child(each, "metadataPrefix", prefix)
        xml.child(each, "schema", there.schema)
        xml.child(each, "metadataNamespace", there.namespace)


def _sets(root: Element, asked: Question, harvest: Harvest) -> None:
    xml.add_sets(xml.child(root, asked.verb), ((spec, _set_name(spec, what)) for spec, what in sets(harvest)))


def _set_name(spec: str, what: Any) -> str:
    if what is None:
        return _KINDS[spec]
    if isinstance(what, str):
        return language_name(what, settings.LANGUAGE_CODE)
    return label(what, "name", settings.LANGUAGE_CODE).text or what.slug


def _record(root: Element, asked: Question, harvest: Harvest) -> None:
    _check_format(asked)
    record = harvest.record(sid_of(asked["identifier"]))
    xml.add_record(xml.child(root, asked.verb), record, asked["metadataPrefix"])


def _headers(root: Element, asked: Question, harvest: Harvest) -> None:
    _check_format(asked)
    part = harvest.part(asked)
    found = xml.child(root, asked.verb)
    for record in part.records:
        xml.add_header(found, record)
    xml.add_token(found, part)


def _records(root: Element, asked: Question, harvest: Harvest) -> None:
    _check_format(asked)
    part = harvest.part(asked)
    found = xml.child(root, asked.verb)
    for record in part.records:
        xml.add_record(found, record, asked["metadataPrefix"])
    xml.add_token(found, part)


def _check_format(asked: Question) -> None:
    if asked["metadataPrefix"] not in FORMATS:
        raise OaiError("cannotDisseminateFormat", f"Records are given as: {', '.join(FORMATS)}.")


_ANSWERS: Final[dict[str, Callable[[Element, Question, Harvest], None]]] = {
    "Identify": _identify,
    "ListMetadataFormats": _formats,
    "ListSets": _sets,
    "GetRecord": _record,
    "ListIdentifiers": _headers,
    "ListRecords": _records,
}
