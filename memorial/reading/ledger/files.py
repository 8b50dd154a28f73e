"""The ledger as files: the columns of the table for spreadsheets, and the same with names as JSON."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from memorial.languages.labels import Label
from memorial.publishing.facts import Facts
from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.reading.wording import measure

from .definitions import definitions
from .page import Ledger
from .rows import LedgerRow

HEADER = (
    "fid", "event", "measure", "claimant", "claim_date", "as_of", "value_kind", "value_min", "value_max", "wording",
    "wording_lang", "scope_place", "scope_time", "basis", "statement_sid", "version", "paragraph", "source_url",
    "capture_sha256", "replaces", "checked",
)  # fmt: skip

_NOT_RECORDED = _("The archive does not record this yet: the column is empty.")
_COLUMNS: dict[str, Promise] = {
    "fid": _("The permanent id of the figure."),
    "event": _("The event, by the words of its address."),
    "measure": _("What is counted: killed, injured, missing, detained, displaced or other."),
    "claimant": _("Who states the figure, by the words of its address."),
    "claim_date": _("The date of the claim, as precise as it is stated (EDTF, ISO 8601-2)."),
    "as_of": _NOT_RECORDED,
    "value_kind": _("How the number is stated: exact, at-least, about, range, or words where no number is given."),
    "value_min": _("The number, or the lowest of a range."),
    "value_max": _("The number again, or the highest of a range; empty where the claim sets no limit."),
    "wording": _("The verbatim wording, where it is recorded."),
    "wording_lang": _("The language of the wording (BCP 47)."),
    "scope_place": _NOT_RECORDED,
    "scope_time": _NOT_RECORDED,
    "basis": _NOT_RECORDED,
    "statement_sid": _("The permanent id of the statement; empty for a figure that stands in a source alone."),
    "version": _("The number of the edition that was read, of the statement or of the source."),
    "paragraph": _("The key of the paragraph in that edition."),
    "source_url": _("The address of the source, where one alone is given."),
    "capture_sha256": _NOT_RECORDED,
    "replaces": _NOT_RECORDED,
    "checked": _NOT_RECORDED,
}  # fmt: skip


def columns() -> list[tuple[str, str]]:
    """Return (column, what stands in it) in the order of the header, in the active language."""
    return [(name, str(_COLUMNS[name])) for name in HEADER]


def record(row: LedgerRow) -> list[Any]:
    """Return one row in the order of the header. What the archive does not record is empty."""
    known = {
        "fid": row.fid,
        "event": row.event,
        "measure": row.measure,
        "claimant": row.claimant_slug,
        "claim_date": row.claimed,
        "value_kind": row.kind,
        "value_min": row.lowest,
        "value_max": row.highest,
        "wording": row.wording.text,
        "wording_lang": row.wording.lang if row.wording else "",
        "statement_sid": row.standing.sid,
        "version": row.standing.number,
        "paragraph": row.standing.block,
        "source_url": row.standing.url,
    }
    return [known.get(name) for name in HEADER]


def document(found: Ledger, lang: str) -> Facts:
    """Return one sheet of a ledger as JSON: the columns as keys, with names and words beside them."""
    return {
        "event": {"slug": found.event.slug, "name": _text(name_of(found.event, lang)), "dated": found.event.dated},
        "language": lang,
        "asked": found.asked.params if found.asked.is_possible else {},
        "measures": [
            {"measure": value, "name": measure(value), "definition": text}
            for value, text in definitions(found.measures)
        ],
        "claimants": [{"slug": slug, "name": _text(name)} for slug, name in found.claimants],
        "figures": [_figure(row) for row in found.rows],
        "is_whole": found.is_whole,
    }


def _figure(row: LedgerRow) -> Facts:
    standing = row.standing
    path = standing.path
    return {
        **dict(zip(HEADER, record(row), strict=True)),
        "claimant_name": _text(row.claimant),
        "described": _text(row.described),
        "stands_in": {
            "kind": "source" if standing.is_source else "statement",
            "title": _text(standing.title),
            "url": path if standing.is_source else absolute(path),
        },
    }


def _text(label: Label) -> Facts | None:
    return {"text": label.text, "lang": label.lang, "dir": label.dir} if label else None
