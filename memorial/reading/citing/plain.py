"""A citation as sentences, in the language of the text that is cited."""

from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from memorial.languages.formats import format_number
from memorial.languages.labels import direction

from .citation import Citation


def plain(citation: Citation) -> str:
    """Return the citation for a list of sources; the day of access, which is the reader's, is left to the reader."""
    with translation.override(citation.language):
        return " ".join([*(words % values for words, values in _sentences(citation)), citation.permalink])


def marked(citation: Citation) -> SafeString:
    """Return the same sentences as HTML, without the address: names and titles say which language they are in."""
    with translation.override(citation.language):
        sentences = [
            conditional_escape(words)
            % {name: _passage(str(value), _language_of(name, citation), citation) for name, value in values.items()}
            for words, values in _sentences(citation)
        ]
    return SafeString(" ".join(sentences))


def _sentences(citation: Citation) -> list[tuple[str, dict[str, object]]]:
    """The sentences and what stands in them. A value's name says what it is."""
    first = _(
        "%(issuer)s: “%(title)s”, %(date)s. %(site)s; language: %(language)s; edition %(number)s, "
        "published here on %(day)s."
    )
    values: dict[str, object] = {
        "issuer": citation.issuer,
        "title": citation.title,
        "date": citation.date_in_words,
        "site": citation.archive,
        "language": citation.language_in_words,
        "number": format_number(citation.edition, citation.language),
        "day": citation.published_in_words,
    }
    sentences = [(first, values)]
    if citation.original_title:
        sentences.append((_("Title of the original: “%(original)s”."), {"original": citation.original_title}))
    return [*sentences, ("%(standing)s", {"standing": citation.standing})]


def _language_of(name: str, citation: Citation) -> str:
    return {"issuer": citation.issuer_language, "original": citation.original_language}.get(name, citation.language)


def _passage(text: str, lang: str, citation: Citation) -> str:
    escaped = conditional_escape(text)
    if lang == citation.language:
        return escaped
    return f'<span lang="{conditional_escape(lang)}" dir="{direction(lang)}">{escaped}</span>'
