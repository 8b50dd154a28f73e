"""What a list repeats many times: written here, since a template takes ten times as long for each."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

from django import template
from django.template.defaultfilters import truncatewords
from django.utils.safestring import SafeString

from memorial.languages.formats import format_stated, format_year, language_here
from memorial.languages.labels import Label
from memorial.reading.cards import Card
from memorial.reading.citing.citation import unapi_id

register = template.Library()
#: Of a summary, in a list.
WORDS_SHOWN = 40
_DOT = '<span class="dot" aria-hidden="true">·</span>'


def language_of(label: Label) -> str:
    """Return the attributes of an element that holds a name: none where the name is in the page's language."""
    return f' lang="{escape(label.lang)}" dir="{label.dir}"' if label.is_foreign else ""


def marked(label: Label) -> str:
    """Return a name, as a passage of its own language where that is not the page's."""
    text = escape(label.text)
    return f"<span{language_of(label)}>{text}</span>" if label.is_foreign else text


def elements(card: Card, lang: str, *, is_aside: bool) -> str:
    """Return what a list shows of a statement; ``is_aside``: not as one of those that the page is about."""
    edition = card.edition
    identifier = unapi_id(edition.statement.sid, edition.language, edition.number)
    unapi = "" if is_aside else f'<abbr class="unapi-id" title="{escape(identifier)}"></abbr>'
    begun = escape(_beginning(edition.summary))
    summary = f'<p class="card-summary">{begun}</p>' if begun else ""
    return (
        f'<li class="card">\n<p class="card-line"><time datetime="{card.first_day}">'
        f"{escape(format_stated(edition.dated, lang))}</time> {_DOT} {escape(card.kind)} {_DOT} {marked(card.issuer)}"
        f'</p>\n<p class="card-title"><a href="{escape(card.path)}">{escape(edition.title)}</a>{unapi}</p>\n'
        f"{summary}\n</li>\n"
    )


def _beginning(summary: str) -> str:
    words = summary.split()
    return " ".join(words) if len(words) <= WORDS_SHOWN else truncatewords(summary, WORDS_SHOWN)


@register.simple_tag
def cards_of(cards: Iterable[Card], *, is_aside: bool = False) -> SafeString:
    """The items of a list of statements: ``{% cards_of cards %}``."""
    lang = language_here()
    return SafeString("\n".join(elements(card, lang, is_aside=is_aside) for card in cards))


@register.simple_tag
def options(choices: Iterable[tuple[str, Label]], chosen: str = "") -> SafeString:
    """The items of a choice: ``{% options choices.issuer wish.issuer %}``."""
    return SafeString(
        "".join(
            f'<option value="{escape(value)}"{language_of(text)}{_selected(value, chosen)}>{escape(text.text)}</option>'
            for value, text in choices
        )
    )


@register.simple_tag
def options_of_years(years: Sequence[int], chosen: str = "") -> SafeString:
    """The items of a choice of years."""
    return _options_of_years(tuple(years), chosen, language_here())


@lru_cache(maxsize=256)
def _options_of_years(years: Sequence[int], chosen: str, lang: str) -> SafeString:
    return SafeString(
        "".join(
            f'<option value="{year:04d}"{_selected(f"{year:04d}", chosen)}>{escape(format_year(year, lang))}</option>'
            for year in years
        )
    )


def _selected(value: str, chosen: str) -> str:
    return " selected" if value == chosen else ""
