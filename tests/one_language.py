"""Finds what a page says in another language than it claims: untranslated interface, foreign script, English words.

Each text is held to the nearest ``lang`` around it, so a passage that carries its own language is judged by that one.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from lxml import html

from memorial.languages.labels import direction

LOCALE = Path(__file__).resolve().parents[1] / "memorial" / "locale"
SPOKEN = ("title", "aria-label", "alt", "placeholder", "content")  # attributes that are read out or shown
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SCRIPTS = {
    "Cyrillic": re.compile(r"[Ѐ-ӿ]"),
    "Arabic script": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"),
    "a Latin word": re.compile(r"[A-Za-zÀ-ɏəƏ]{2,}"),
    "the letter ə": re.compile("[əƏ]"),
    "an English word": re.compile(r"(?<!\w)(?:the|of|and|with|for)(?!\w)", re.IGNORECASE),
}
FORBIDDEN = {
    "az": ("Cyrillic", "Arabic script", "an English word"),
    "en": ("Cyrillic", "Arabic script", "the letter ə"),
    "ru": ("a Latin word", "Arabic script", "the letter ə"),
    "tr": ("Cyrillic", "Arabic script", "an English word", "the letter ə"),
    "fa": ("a Latin word", "Cyrillic"),
}  # fmt: skip
# What has one form in every language: addresses, hashes, the keys of paragraphs, units, abbreviations and formats.
FORMATS = "Atom|BibTeX|CSL-JSON|CSV|GeoJSON|JSON-LD|JSON|RIS|TMX|TSV|unAPI"
ANYWHERE = re.compile(
    rf"https?://\S+|\b[0-9a-f]{{64}}\b|\bSHA-256\b|\bUTC\b|\b(?:{FORMATS})\b|\bp\d+\b|\b[0-9a-z]{{8}}:[-a-z]+:\d+\b"
)


def foreign(root: html.HtmlElement, names: Collection[str]) -> list[str]:
    """Return what on the page is not in the language it is marked with, one line each; empty is good.

    ``names`` are proper names with one form only, such as those of publishers, which may stand in any text.
    """
    found = []
    spelled = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")
    for lang, text in texts(root):
        if original := untranslated(text, lang):
            found.append(f"[{lang}] is the interface's {original!r}, untranslated")
        rest = spelled.sub(" ", ANYWHERE.sub(" ", text))
        for what in FORBIDDEN.get(lang, ()):
            if match := SCRIPTS[what].search(rest):
                found.append(f"[{lang}] {what}, {match.group()!r}, in {text[:120]!r}")
    for element in root.iter():
        # What a meta element says is never shown, and has no direction.
        if isinstance(element.tag, str) and element.tag != "meta" and (lang := element.get("lang")):
            # In a drawing (SVG) the direction is an attribute by its full name.
            around = element.xpath("ancestor-or-self::*[@dir or @direction][1]/@*[name()='dir' or name()='direction']")
            if around != [direction(lang)]:
                found.append(f"[{lang}] lacks its direction: {html.tostring(element, encoding='unicode')[:120]!r}")
    return found


def texts(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each text of the page, spoken attributes among them, with the language of the nearest ``lang``."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        lang = _lang(element)
        if element.text and element.text.strip():
            yield lang, " ".join(element.text.split())
        if element.tail and element.tail.strip() and element.getparent() is not None:
            yield _lang(element.getparent()), " ".join(element.tail.split())
        for name in SPOKEN:
            is_spoken = element.tag != "meta" or element.get("name") == "description"
            if is_spoken and (value := element.get(name)):
                yield lang, value


@cache
def untranslated(text: str, lang: str) -> str:
    """Return the message of the interface that ``text`` is without a translation into ``lang``, or an empty string."""
    plain, patterns = _english(lang)
    if text in plain:
        return text
    return next((message for pattern, message in patterns if pattern.fullmatch(text)), "")


def _lang(element: html.HtmlElement) -> str:
    return next((each.get("lang") for each in (element, *element.iterancestors()) if each.get("lang")), "")


@cache
def _english(lang: str) -> tuple[set[str], list[tuple[re.Pattern[str], str]]]:
    """The messages that read otherwise in ``lang``: plain ones, and patterns of those with placeholders."""
    path = LOCALE / lang / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return set(), []
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    # A word that is right in this language too ("Not" in Turkish) is somebody's translation of something.
    right = {form for each in catalogue for form in ([each.string] if isinstance(each.string, str) else each.string)}
    plain, patterns = set(), []
    for each in catalogue:
        for message in [each.id] if isinstance(each.id, str) else each.id:
            if not message or message in right:
                continue
            words = PLACEHOLDER.split(message)
            if len(words) == 1:
                plain.add(" ".join(message.split()))
            elif any(re.search(r"\w{3,}", part) for part in words):
                patterns.append((re.compile(".+".join(re.escape(part.strip("\n")) for part in words)), message))
    return plain, patterns
