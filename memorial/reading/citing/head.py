"""What the head of a page says of an edition to machines: Highwire and Dublin Core ``meta``, Open Graph, links.

The issuer is an institution. Readers of ``citation_author`` and ``DC.creator`` take what they find for the name of a
person and divide it: neither is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from memorial.languages.cldr import region_of
from memorial.reading.addresses import absolute
from memorial.reading.schema_org import in_a_script, moment

from .card.kept import HEIGHT, WIDTH, address_of_card
from .citation import Citation
from .cited import Cited
from .formats import METADATA
from .linked_data import in_page
from .signposting import Link, header, links


@dataclass(frozen=True)
class Meta:
    """One ``meta`` element; ``lang`` is empty for what is in no language."""

    name: str
    content: str
    lang: str = ""


DCTERMS = "http://purl.org/dc/terms/"  # a name, which nobody fetches
# Repeated in the page for what reads no header: where to cite, what describes it, and the link set, which has the rest
# and, like the header, the type of each.
IN_THE_PAGE = {"cite-as", "describedby", "linkset"}


@dataclass(frozen=True)
class Head:
    """What ``components/citing_head.html`` and ``components/cite.html`` show: sets of names and contents, links.

    ``formats`` are names and addresses; ``linked_data`` can stand in a ``script`` element.
    """

    citation: Citation
    highwire: list[Meta]
    dublin_core: list[Meta]
    open_graph: list[tuple[str, str]]
    links: list[Link]
    link_header: str
    formats: list[tuple[str, str]]
    linked_data: SafeString

    @property
    def elements(self) -> SafeString:
        """All of it but the linked data, as elements of the page's head: there are some fifty, each on a line."""
        metas = [*self.highwire, *(Meta(f"DCTERMS.{meta.name}", meta.content, meta.lang) for meta in self.dublin_core)]
        lines = [f'<link rel="{escape(link.rel)}" href="{escape(link.href)}">\n' for link in self.links]
        lines += [
            f'<meta name="{escape(meta.name)}" content="{escape(meta.content)}"{_attribute("lang", meta.lang)}>\n'
            for meta in metas
        ]
        lines += [f'<meta property="{escape(name)}" content="{escape(text)}">\n' for name, text in self.open_graph]
        return SafeString("".join(lines))


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def head(cited: Cited) -> Head:
    """Return the head of the page that shows the edition, in the active language, which is its own."""
    found = links(cited, METADATA)
    return Head(
        citation=cited.citation,
        highwire=list(_highwire(cited)),
        dublin_core=[meta for meta in _dublin_core(cited) if meta.content],
        open_graph=list(_open_graph(cited)),
        links=[
            *(Link(link.rel, link.href) for link in found if link.rel in IN_THE_PAGE),
            Link("schema.DCTERMS", DCTERMS),
        ],
        link_header=header(found),
        formats=[(each.name, cited.address(each.suffix)) for each in METADATA],
        linked_data=in_a_script(in_page(cited)),
    )


def _highwire(cited: Cited) -> Iterator[Meta]:
    """As Google Scholar and Zotero read them; the institution makes it a report."""
    said = cited.citation
    yield Meta("citation_title", said.title)
    yield Meta("citation_technical_report_institution", said.issuer)
    yield Meta("citation_publication_date", _slashed(said.dated))
    yield Meta("citation_online_date", f"{said.published:%Y/%m/%d}")
    yield Meta("citation_language", said.language)
    yield Meta("citation_public_url", said.permalink)


def _slashed(stated: str) -> str:
    """The start of a stated date, as far as it is stated: ``2025/05/20``, ``2025/05``, ``2025``."""
    return stated.partition("/")[0].partition("T")[0].rstrip("~?%").replace("-", "/")


def _dublin_core(cited: Cited) -> Iterator[Meta]:
    """DCMI Metadata Terms, as far as something is known: which text it is, of when, a version of which, and from where.

    Its language is that of its title. What it is about stands in the linked data; a whole record is in OAI-PMH and in
    the formats that the page links to.
    """
    said, edition, facts = cited.citation, cited.edition, cited.edition.facts
    lang = said.language
    yield Meta("title", said.title, lang)
    yield Meta("alternative", said.original_title, said.original_language)
    yield Meta("created", said.dated)
    yield Meta("issued", said.issued)
    yield Meta("type", said.kind_in_words, lang)
    yield Meta("identifier", said.address)
    yield Meta("isVersionOf", said.permalink)
    if edition.number > 1:
        yield Meta("replaces", said.address.removesuffix(f"{edition.number}/") + f"{edition.number - 1}/")
    for source in facts["sources"]:
        yield Meta("source", source["url"] or source["publisher"])


def _open_graph(cited: Cited) -> Iterator[tuple[str, str]]:
    """The Open Graph protocol: what a link to the page looks like elsewhere.

    The other languages are said once in the head, as ``hreflang``.
    """
    said, edition = cited.citation, cited.edition
    values = {"kind": said.kind_in_words, "issuer": said.issuer, "date": said.date_in_words}
    yield "og:type", "article"
    yield "og:title", said.title
    yield "og:description", _("%(kind)s by %(issuer)s, %(date)s") % values
    yield "og:url", cited.own_page
    yield "og:site_name", said.archive
    if own := territorial(said.language):
        yield "og:locale", own
    first = cited.editions.numbered(said.language, 1) or edition
    yield "article:published_time", moment(first.visible_from)
    yield "article:modified_time", moment(edition.visible_from)
    yield "og:image", absolute(address_of_card(edition))
    yield "og:image:width", str(WIDTH)
    yield "og:image:height", str(HEIGHT)
    yield "og:image:alt", f"{said.issuer}: {said.title}"


def territorial(tag: str) -> str:
    """Return a language with its likely territory, as Open Graph wants it: ``az_AZ``. Empty where CLDR knows none."""
    region = region_of(tag)
    return f"{tag.split('-', maxsplit=1)[0]}_{region}" if region else ""
