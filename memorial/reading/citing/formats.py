"""The formats in which an edition is cited, each under the suffix of its address."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from memorial.reading import schema_org

from . import bibtex, csl, linked_data, ris, signposting
from .cited import Cited


@dataclass(frozen=True)
class Format:
    """One format: ``suffix`` of its address, ``media_type``, and how it is written.

    ``name`` is what readers call it. ``is_saved``: whether browsers save it rather than show it.
    """

    suffix: str
    name: str
    media_type: str
    write: Callable[[Cited], str]
    profile: str = ""
    is_saved: bool = False


def as_json(data: Any) -> str:
    """Write JSON for people and machines: indented, letters as they are."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


RIS = Format("ris", "RIS", ris.MEDIA_TYPE, lambda cited: ris.ris(cited.citation), is_saved=True)
BIBTEX = Format("bib", "BibTeX", bibtex.MEDIA_TYPE, lambda cited: bibtex.bibtex(cited.citation), is_saved=True)
CSL = Format("csl.json", "CSL-JSON", csl.MEDIA_TYPE, lambda cited: as_json([csl.csl(cited.citation)]), is_saved=True)
JSON_LD = Format(
    "jsonld", "JSON-LD", schema_org.MEDIA_TYPE, lambda cited: as_json(linked_data.document(cited)),
    profile=linked_data.PROFILE,
)  # fmt: skip
LINKSET = Format(
    "linkset.json", "Linkset", signposting.MEDIA_TYPE, lambda cited: as_json(signposting.linkset(cited, METADATA)),
    profile=signposting.PROFILE,
)  # fmt: skip
METADATA: tuple[Format, ...] = (RIS, BIBTEX, CSL, JSON_LD)
BY_SUFFIX = {each.suffix: each for each in (*METADATA, LINKSET)}
