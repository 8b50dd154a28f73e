"""The description of the API (OpenAPI 3.1): what ninja knows from the code, and what holds for every answer."""

from copy import deepcopy
from typing import Any

from .problems import CONTENT_TYPE

Data = dict[str, Any]

INTRODUCTION = """Everything that readers of the archive see, for programs. No key is needed; nothing can be written.

Every address ends with a slash and answers GET and HEAD; OPTIONS answers preflights of browsers: pages of any site may
read the answers, without credentials. Other methods are refused (405). Errors are problem details (RFC 9457) that say
what to do. A parameter that does not exist is refused, so that a misspelt filter does not find everything.

Lists come in pages. Follow the address in "next" until it is null; rows published meanwhile move no row from one page
to another. Each answer has an ETag: send it back as If-None-Match, and what has not changed is answered by 304.

A text that was withdrawn is in no list of statements. Where it can still be read, its editions say when and why it was
withdrawn; where it cannot, that is what its address answers (410). The log has every withdrawal.

Texts, names and notes are the words of those who are named with them. Figures of different claimants are never merged,
added up or averaged. Dates are as precise as they are stated (EDTF), with the first and last day that they can mean."""

_TEXT = {"schema": {"type": "string"}}
HEADERS: dict[str, Data] = {
    "ETag": {"description": "Changes when the answer does.", **_TEXT},
    "Last-Modified": {"description": "When the answer last changed, where that is known.", **_TEXT},
    "Cache-Control": {"description": "A copy may be kept; ask whether it still holds.", **_TEXT},
    "Link": {
        "description": "The next page (rel=next), this description (service-desc), the documentation (service-doc).",
        **_TEXT,
    },
    "Access-Control-Allow-Origin": {"description": "Always *.", **_TEXT},
    "Allow": {"description": "The methods that there are.", **_TEXT},
    "Retry-After": {"description": "After how many seconds to ask again.", **_TEXT},
}
PROBLEM: Data = {
    "title": "Problem",
    "description": "What is wrong, and what to do (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
        "withdrawals": {
            "description": "With status 410: the withdrawals that have removed it, the last one first.",
            "type": "array",
            "items": {
                "type": "object",
                "required": ["language", "at", "reason", "number"],
                "properties": {
                    "language": {"type": "string"},
                    "at": {"type": "string", "format": "date-time"},
                    "reason": {"type": "string"},
                    "number": {"type": "integer"},
                },
            },
        },
    },
}
REFUSALS = {
    "400": "A parameter does not exist here, is given twice, or has a value that it cannot have.",
    "404": "Nothing is published at this address, or no page begins at this cursor.",
    "405": "Another method than GET, HEAD and OPTIONS.",
}
REMOVED = "What was published here has been withdrawn, and nothing of it can be read: see withdrawals."
UNAVAILABLE = "The index for search is being made: ask again after the seconds in Retry-After."
CONDITIONS: list[Data] = [
    {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "An ETag, or several: answered by 304 if it still holds.",
        "schema": {"type": "string"},
        "example": '"0123456789abcdef0123456789abcdef"',
    }
]
_ALWAYS = ("ETag", "Cache-Control", "Link", "Access-Control-Allow-Origin")


_OWN_HEADERS = {"405": ("Allow",), "503": ("Retry-After",)}


def completed(schema: Any, site_url: str) -> Data:
    """Return the OpenAPI object with the answers and headers that all operations share; HEAD is like GET, said once."""
    found: Data = deepcopy(dict(schema))
    found["servers"] = [{"url": site_url}]
    for path, methods in found["paths"].items():
        methods.pop("head", None)
        methods["get"] = _completed(methods["get"], path)
    components = found.setdefault("components", {})
    components["headers"] = {**HEADERS}
    schemas = {**components.get("schemas", {}), "Problem": PROBLEM}
    components["schemas"] = {name: schemas[name] for name in sorted(_named(found["paths"], schemas))}
    return found


def _named(part: Any, schemas: Data) -> set[str]:
    """The schemas that a part of the description refers to, directly or through others."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
            name = str(each.get("$ref", "")).removeprefix("#/components/schemas/")
            if name in schemas and name not in found:
                found.add(name)
                waiting.append(schemas[name])
        elif isinstance(each, list):
            waiting += each
    return found


def _completed(operation: Data, path: str) -> Data:
    parameters = [_parameter(each) for each in operation.get("parameters", [])]
    answers = operation["responses"]
    ok = next(iter(answers.values()))
    names = (*_ALWAYS, "Last-Modified") if "/editions/{sid}/{lang}" in path else _ALWAYS
    responses: Data = {"200": {**ok, "description": "What was asked for.", "headers": _headers(*names)}}
    responses["304"] = {"description": "The copy that the asker has still holds.", "headers": _headers(*_ALWAYS)}
    refusals = dict(REFUSALS)
    if "{sid}" in path:
        refusals["410"] = REMOVED
    if any(each["name"] == "q" for each in parameters):
        refusals["503"] = UNAVAILABLE
    for status, meaning in refusals.items():
        headers = _headers("Access-Control-Allow-Origin", *_OWN_HEADERS.get(status, ()))
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        responses[status] = {"description": meaning, "content": content, "headers": headers}
    return {**operation, "parameters": [*parameters, *deepcopy(CONDITIONS)], "responses": responses}


def _parameter(found: Data) -> Data:
    """A parameter that need not be given has no default to be sent: leaving it out is the default."""
    schema = {name: value for name, value in found["schema"].items() if name not in ("title", "description")}
    if schema.get("default") == "":
        del schema["default"]
    kept = {name: value for name, value in found.items() if name != "examples"}
    return {**kept, "schema": schema}


def _headers(*names: str) -> Data:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
