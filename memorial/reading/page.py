"""What every page has around its own content: its address, its languages, and whether it is to be indexed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .addresses import Alternate, absolute
from .paths import path_to

SECTIONS = frozenset({"statements", "occasions", "events", "issuers", "places", "about"})


@dataclass(frozen=True)
class Page:
    """The head and the language switcher of a page.

    ``languages`` are the alternates in the order of the site, those without a path among them; ``default`` is the
    path for readers of no listed language. A page without ``canonical`` is not indexed and has no alternates.
    """

    lang: str
    section: str
    canonical: str
    default: str
    languages: Sequence[Alternate]
    is_indexed: bool

    @property
    def canonical_url(self) -> str:
        """The absolute canonical address, or an empty string."""
        return absolute(self.canonical) if self.canonical else ""

    @property
    def default_url(self) -> str:
        """The absolute address for readers of any other language."""
        return absolute(self.default)

    @property
    def is_the_section(self) -> bool:
        """Whether it is the first page of a section that every page leads to, and not one further in."""
        return self.section in SECTIONS and self.canonical == path_to(self.section, lang=self.lang)

    @cached_property
    def available(self) -> list[Alternate]:
        """The languages that this page exists in."""
        return [each for each in self.languages if each.path]

    @cached_property
    def missing(self) -> list[Alternate]:
        """The public languages that this page does not exist in."""
        return [each for each in self.languages if not each.path]

    @property
    def missing_tags(self) -> tuple[str, ...]:
        """Their tags; that of the original stands there twice."""
        return tuple(tag for each in self.missing for tag in [each.tag] * (1 + each.is_original))


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    lang: str,
    languages: Sequence[Alternate],
    section: str = "",
    canonical: str | None = None,
    default: str | None = None,
    is_indexed: bool = True,
    status: int = 200,
) -> HttpResponse:
    """Render a page. ``canonical`` is by default the page's own path, ``default`` its path in the first language."""
    own = next((each.path for each in languages if each.is_current), "")
    page = Page(
        lang=lang,
        section=section,
        canonical=own if canonical is None else canonical,
        default=default or next((each.path for each in languages if each.path), ""),
        languages=languages,
        is_indexed=is_indexed,
    )
    response = render(request, template, {"page": page, **context}, status=status)
    response["Content-Language"] = lang
    return response
