"""What CLDR (through Babel), and our own table where CLDR is silent, know about a language."""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from babel.core import get_global

# Languages that CLDR lacks: tag -> (English name, own name, script).
UNKNOWN_TO_CLDR = {
    "lez": ("Lezgian", "Лезги чӀал", "Cyrl"),
    "tly": ("Talysh", "Tolışi", "Latn"),
    "av": ("Avar", "Авар мацӀ", "Cyrl"),
}
RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"})


@dataclass(frozen=True)
class LanguageDescription:
    """A language's English name, own name, script (ISO 15924) and direction (``ltr`` or ``rtl``)."""

    name_en: str
    name_own: str
    script: str
    direction: str


def locale_of(tag: str) -> Locale | None:
    """Return Babel's locale for a BCP 47 tag, or None when CLDR has no such language."""
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def describe(tag: str) -> LanguageDescription:
    """Describe a language by CLDR, else by our own table, else by its tag alone."""
    locale = locale_of(tag)
    if tag in UNKNOWN_TO_CLDR or locale is None:
        name_en, name_own, script = UNKNOWN_TO_CLDR.get(tag, (tag, tag, "Latn"))
        return LanguageDescription(name_en, name_own, script, "rtl" if script in RTL_SCRIPTS else "ltr")
    script = locale.script or _likely_script(tag)
    own = locale.get_display_name(locale) or tag
    return LanguageDescription(
        locale.get_display_name("en") or tag,
        own[:1].upper() + own[1:] if script in ("Latn", "Cyrl") else own,
        script,
        "rtl" if script in RTL_SCRIPTS else "ltr",
    )


def _likely_script(tag: str) -> str:
    likely = get_global("likely_subtags").get(tag.split("-", maxsplit=1)[0], "")
    parts = likely.split("_")
    return parts[1] if len(parts) > 2 else "Latn"
