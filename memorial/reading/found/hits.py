"""What was found, as the page and its formats show it: title, languages, and a passage of the original text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from memorial.languages.labels import Label, direction
from memorial.publishing.models import Edition
from memorial.reading.addresses import Alternate, of_statement
from memorial.reading.cards import issuers_of
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.reading.search.engine import Hit, Results
from memorial.reading.wording import kind_heading
from memorial.statements.models import Issuer
from memorial.text.analysis.marks import Marker
from memorial.text.blocks import blocks

# A piece of a text, and whether it is what was looked for.
Pieces = Sequence[tuple[str, bool]]
LENGTH = 240  # of a passage, in characters


@dataclass(frozen=True)
class Passage:
    """A piece of the text in which the words stand, with the address of its paragraph; a summary's ``key`` is empty."""

    tag: str
    key: str
    path: str
    pieces: Pieces
    is_foreign: bool

    @property
    def dir(self) -> str:
        """The direction of its language."""
        return direction(self.tag)

    @property
    def text(self) -> str:
        """The passage without its marks."""
        return "".join(text for text, _is_marked in self.pieces)

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Where in ``text`` each mark begins and ends."""
        found, at = [], 0
        for text, is_marked in self.pieces:
            if is_marked:
                found.append((at, at + len(text)))
            at += len(text)
        return found


@dataclass(frozen=True)
class Found:
    """One statement that was found."""

    edition: Edition
    title: Pieces
    issuer: Label
    issuer_slug: str
    languages: Sequence[Alternate]
    passage: Passage | None
    is_foreign: bool
    is_found_elsewhere: bool = False  # in no text that is shown: in a name, say

    @property
    def path(self) -> str:
        """The page of the edition whose title is shown."""
        return of_statement(self.edition)

    def issuer_path(self, lang: str) -> str:
        """The page of its issuer."""
        return path_to("issuer", lang=lang, slug=self.issuer_slug)

    @property
    def dir(self) -> str:
        """The direction of the title."""
        return direction(self.edition.language)

    @cached_property
    def kind(self) -> str:
        """The kind of statement, in the page's language."""
        return kind_heading(self.edition.kind)


def found(results: Results, lang: str) -> list[Found]:
    """Return the hits of ``results`` for a page in ``lang``, with no marks where no words were asked for.

    One query, for the names of the issuers.
    """
    issuers = issuers_of((hit.edition for hit in results.hits), lang)
    return [_found(hit, results.marker, issuers[hit.edition.issuer_id], lang) for hit in results.hits]


def _found(hit: Hit, marker: Marker | None, issuer: Issuer, lang: str) -> Found:
    edition = hit.edition
    title = marker.mark(edition.title, edition.language) if marker else [(edition.title, False)]
    passage = _passage(hit.quoted, marker, lang) if marker else None
    return Found(
        edition=edition,
        title=title,
        issuer=name_of(issuer, lang),
        issuer_slug=issuer.slug,
        languages=[
            Alternate(tag, of_statement(hit.editions[tag]), is_current=tag == lang)
            for tag in hit.matched
            if tag in hit.editions
        ],
        passage=passage,
        is_foreign=edition.language != lang,
        is_found_elsewhere=marker is not None and passage is None and not any(is_marked for _text, is_marked in title),
    )


def _passage(edition: Edition, marker: Marker, lang: str) -> Passage | None:
    """The piece of the text, else of the summary, that has the words; None where neither has them."""
    tag = edition.language
    for parts in (blocks(edition.body), [_Summary(edition.summary)]):
        snippet = marker.snippet(parts, tag, LENGTH)
        if snippet.has_marks:
            break
    else:
        return None
    pieces = [*[("… ", False)] * snippet.is_cut_before, *snippet.pieces, *[(" …", False)] * snippet.is_cut_after]
    fragment = f"#{snippet.key}" if snippet.key else ""
    return Passage(tag, snippet.key, of_statement(edition) + fragment, pieces, tag != lang)


class _Summary(NamedTuple):
    """The summary as if it were a paragraph."""

    text: str
    key: str = ""
