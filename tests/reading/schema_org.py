"""Holds linked data against the vocabulary of schema.org, as another project has written it down in classes."""

import json
import re
from typing import Any

import msgspec_schemaorg.models as vocabulary
from rdflib import RDF, Graph, Literal, Namespace
from rdflib.term import Node

SCHEMA = Namespace("https://schema.org/")
OURS = vocabulary.__name__
# The classes have one parent each; of a type with two in the vocabulary, this is the other one.
OTHER_PARENTS = {"EventSeries": "Event"}


def graph(document: dict[str, Any]) -> Graph:
    """Read a document of JSON-LD. The context is not fetched: all of schema.org's terms are in one namespace."""
    assert document["@context"] == "https://schema.org"
    data = json.dumps({**document, "@context": {"@vocab": str(SCHEMA)}})
    return Graph().parse(data=data, format="json-ld")


def lineage(name: str) -> dict[str, dict[str, Any]]:
    """A type and its ancestors, each with the properties that it brings."""
    kind = getattr(vocabulary, name)
    found = {each.__name__: each.__annotations__ for each in kind.__mro__ if each.__module__.startswith(OURS)}
    return {**found, **(lineage(OTHER_PARENTS[name]) if name in OTHER_PARENTS else {})}


def faults(found: Graph) -> list[str]:
    """What the vocabulary does not have: types, properties of a type, and nodes that a property does not take."""
    wrong = []
    for subject in set(found.subjects()):
        names = _types(found, subject)
        known = {name: lineage(name) for name in names if hasattr(vocabulary, name)}
        wrong += [f"{subject}: there is no type {name}" for name in names - known.keys()]
        properties = {key: value for each in known.values() for one in each.values() for key, value in one.items()}
        for predicate, value in found.predicate_objects(subject):
            name = str(predicate).removeprefix(str(SCHEMA))
            if predicate == RDF.type:
                continue
            if name not in properties:
                wrong.append(f"{sorted(names)} {subject} has no {name}")
            elif not isinstance(value, Literal) and (kinds := _types(found, value)):
                taken = set(re.findall(r"\w+", str(properties[name])))
                if not any(taken & lineage(kind).keys() for kind in kinds):
                    wrong.append(f"{name} takes no {sorted(kinds)}")
    return wrong


def _types(found: Graph, node: Node) -> set[str]:
    return {str(each).removeprefix(str(SCHEMA)) for each in found.objects(node, RDF.type)}
