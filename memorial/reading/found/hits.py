"""What was found, as the page and its formats show it: title, languages, and a passage of the original text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from memorial.languages.labels import Label, direction
from memorial.publishing.models import Edition
from memorial.reading.addresses import Alternate, of_statement
from memorial.reading.names import name_of
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
    """A piece of the text in which the words stand, with the address of its paragraph.

    ``key`` is empty where the text has no such words, only the title or a name does: then it is the text's beginning.
    """

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

    @property
    def path(self) -> str:
        """The page of the edition whose title is shown."""
        return of_statement(self.edition)

    @property
    def is_found_by_a_name(self) -> bool:
        """Whether the words stand neither in the title nor in the text, only in a name that goes with the statement."""
        return self.passage is not None and not self.passage.key and not any(marked for _text, marked in self.title)

    def issuer_path(self, lang: str) -> str:
        """The page of its issuer."""
        return reverse("reading:issuer", kwargs={"lang": lang, "slug": self.issuer_slug})

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
    wanted = {hit.edition.issuer_id for hit in results.hits}
    issuers = Issuer.objects.in_language(lang, without=["description"]).in_bulk(wanted) if wanted else {}
    return [_found(hit, results.marker, issuers[hit.edition.issuer_id], lang) for hit in results.hits]


def _found(hit: Hit, marker: Marker | None, issuer: Issuer, lang: str) -> Found:
    edition = hit.edition
    return Found(
        edition=edition,
        title=marker.mark(edition.title, edition.language) if marker else [(edition.title, False)],
        issuer=name_of(issuer, lang),
        issuer_slug=issuer.slug,
        languages=[
            Alternate(tag, of_statement(hit.editions[tag]), is_current=tag == lang)
            for tag in hit.matched
            if tag in hit.editions
        ],
        passage=_passage(hit.quoted, marker, lang) if marker else None,
        is_foreign=edition.language != lang,
    )


def _passage(edition: Edition, marker: Marker, lang: str) -> Passage:
    tag = edition.language
    snippet = marker.snippet(blocks(edition.body), tag, LENGTH)
    key = snippet.key if snippet.has_marks else ""
    pieces = [*[("… ", False)] * snippet.is_cut_before, *snippet.pieces, *[(" …", False)] * snippet.is_cut_after]
    return Passage(tag, key, of_statement(edition) + (f"#{key}" if key else ""), pieces, tag != lang)
