"""The documentation of the machines' door: a page of ours, made from the description of the API, without a script."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from memorial.languages.negotiate import best
from memorial.reading.addresses import absolute, in_all_languages, public_languages
from memorial.reading.page import render_page

from .description import INTRODUCTION
from .door import announcement

Data = dict[str, Any]
FILTERS = {"lang": "en", "year": "2025"}
EXAMPLES = {"sid": "{sid}", "lang": "en", "number": "1", "slug": "{slug}"}


@dataclass(frozen=True)
class Row:
    """A parameter, or a field of an answer."""

    name: str
    type: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One address and what is known of it."""

    id: str
    path: str
    description: str
    parameters: list[Row]
    answer: str
    example: str


@dataclass(frozen=True)
class Shape:
    """What an answer, or a part of one, looks like."""

    name: str
    description: str
    fields: list[Row]


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the documentation. It is in English; what is around it is in the language that the browser asks for."""
    from .v1 import api

    tags = [language.tag for language in public_languages(request)]
    default = settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in tags or not tags else tags[0]
    lang = best(request.headers.get("Accept-Language", ""), tags, default)
    with translation.override(lang):
        response = render_page(
            request,
            "api/documentation.html",
            {**described(api.described()), "addresses": _addresses(), "is_in_english": lang == "en"},
            lang=lang,
            languages=in_all_languages(request, lang, "home"),
            canonical="",
            is_indexed=False,
        )
    response["Link"] = announcement()
    patch_vary_headers(response, ["Accept-Language"])
    return response


def described(schema: Data) -> Data:
    """Return what the page shows of an OpenAPI object."""
    groups: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        groups[operation["tags"][0]].append(_operation(path, operation))
    shapes = schema["components"]["schemas"]
    meanings = {
        status: answer["description"]
        for methods in schema["paths"].values()
        for status, answer in methods["get"]["responses"].items()
    }
    return {
        "introduction": [" ".join(part.split()) for part in INTRODUCTION.split("\n\n")],
        "groups": [
            {"name": name, "id": f"group-{number}", "operations": operations}
            for number, (name, operations) in enumerate(groups.items(), start=1)
        ],
        "answers": [{"status": status, "meaning": meaning} for status, meaning in sorted(meanings.items())],
        "shapes": [_shape(name, shapes[name]) for name in sorted(shapes)],
    }


def _addresses() -> Data:
    names = {"description": "api-description", "oai": "oai", "log": "api-v1:log", "catalogue": "api-catalog"}
    return {name: absolute(reverse(value)) for name, value in names.items()}


def _operation(path: str, operation: Data) -> Operation:
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    parameters = [each for each in operation["parameters"] if each["in"] != "header"]
    return Operation(
        operation["operationId"].rsplit("_v1_", maxsplit=1)[-1],
        path,
        " ".join(operation["description"].split()),
        [Row(each["name"], _type(each["schema"]), each.get("description", "")) for each in parameters],
        _type(answer),
        _example(path, [each["name"] for each in parameters]),
    )


def _example(path: str, parameters: list[str]) -> str:
    """A request that can be copied into a terminal."""
    filled = path
    for name, value in EXAMPLES.items():
        filled = filled.replace(f"{{{name}}}", value)
    query = "&".join(f"{name}={FILTERS[name]}" for name in parameters if name in FILTERS and f"{{{name}}}" not in path)
    return f"curl '{absolute(filled)}{f'?{query}' if query else ''}'"


def _shape(name: str, schema: Data) -> Shape:
    fields = schema.get("properties", {})
    rows = [Row(field, _type(each), each.get("description", "")) for field, each in fields.items()]
    return Shape(name, " ".join(schema.get("description", "").split()), rows)


def _type(schema: Data) -> str:
    """The type of a value in a few words: ``list of Reference``, ``text (date)``, ``number or null``."""
    if reference := schema.get("$ref"):
        return str(reference).rsplit("/", maxsplit=1)[-1]
    if choices := schema.get("anyOf"):
        return " or ".join(_type(each) for each in choices)
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{tag: {_type(schema['additionalProperties'])}}}"
    named = {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind)
    return f"{named} ({schema['format']})" if "format" in schema else str(named)
