"""What CLDR (through Babel), and our own table where CLDR is silent, know about a language."""

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.localedata import load

# Languages without a CLDR locale, or with a locale whose names do not serve: tag -> (English name, own name, script).
OUR_OWN = {
    "ady": ("Adyghe", "Адыгабзэ", "Cyrl"),
    "av": ("Avar", "Авар мацӀ", "Cyrl"),
    "azb": ("South Azerbaijani", "تۆرکجه", "Arab"),
    "crh": ("Crimean Tatar", "Qırımtatarca", "Latn"),
    "gag": ("Gagauz", "Gagauzça", "Latn"),
    "glk": ("Gilaki", "گیلکی", "Arab"),
    "inh": ("Ingush", "ГӀалгӀай мотт", "Cyrl"),
    "jdt": ("Judeo-Tat", "Жугьури", "Cyrl"),
    "kbd": ("Kabardian", "Адыгэбзэ", "Cyrl"),
    "kmr": ("Northern Kurdish", "Kurmancî", "Latn"),
    "ku": ("Kurdish", "Kurdî", "Latn"),
    "kum": ("Kumyk", "Къумукъ тил", "Cyrl"),
    "lbe": ("Lak", "Лакку маз", "Cyrl"),
    "lez": ("Lezgian", "Лезги чӀал", "Cyrl"),
    "nog": ("Nogai", "Ногай тили", "Cyrl"),
    "prs": ("Dari", "دری", "Arab"),
    "tly": ("Talysh", "Tolışi", "Latn"),
}
# ISO 15924 codes of the scripts that run from right to left (Unicode, bidirectional class R or AL).
RTL_SCRIPTS = frozenset(
    {"Adlm", "Arab", "Aran", "Armi", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)
# Scripts in which a name at the head of a line takes a capital. (Georgian has capitals that are not used so.)
WITH_CAPITALS = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
# Where the capital of i is İ.
DOTTED_CAPITAL = frozenset({"az", "tr", "crh", "gag", "tt", "tly"})


@dataclass(frozen=True)
class LanguageDescription:
    """A language's English name, own name, script (ISO 15924) and direction (``ltr`` or ``rtl``)."""

    name_en: str
    name_own: str
    script: str
    direction: str


def locale_of(tag: str) -> Locale | None:
    """Return Babel's locale for a BCP 47 tag, or None when CLDR has no such language.

    An alias that CLDR itself records is followed: Dari (``prs``) has the locale of Persian in Afghanistan.
    """
    alias: str = get_global("language_aliases").get(tag, tag)
    try:
        return Locale.parse(alias.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def describe(tag: str) -> LanguageDescription:
    """Describe a language by our own table, else by CLDR, else by its tag alone.

    A script or region in the tag decides the script: ``az-arab`` and ``az-ir`` are written from right to left.
    """
    if tag in OUR_OWN:
        name_en, name_own, script = OUR_OWN[tag]
    else:
        script = script_of(tag)
        locale = locale_of(tag)
        english = Locale("en")
        name_en = _name(tag, locale, english) or _known_language(tag) or tag
        name_own = with_capital(_name(tag, locale, locale) or name_en, tag, script)
    return LanguageDescription(name_en, name_own, script, direction_of(script))


def direction_of(script: str) -> str:
    """Return ``rtl`` or ``ltr`` for an ISO 15924 script."""
    return "rtl" if script in RTL_SCRIPTS else "ltr"


@cache
def has_plural_rule(tag: str) -> bool:
    """Say whether CLDR has a plural rule for a language: when a number is one, few, many ..."""
    locale = locale_of(tag)
    # Asked through ``Locale.plural_form``, Babel would answer with a rule of its own for a language without one.
    return locale is not None and "plural_form" in load(str(locale))


def _name(tag: str, locale: Locale | None, in_locale: Locale | None) -> str | None:
    """The name of a locale in another; CLDR names some pairs of language and region as one (``fa_AF``: Dari)."""
    if locale is None or in_locale is None:
        return None
    name: str | None = in_locale.languages.get(str(locale)) or locale.get_display_name(in_locale)
    return name


def _known_language(tag: str) -> str | None:
    """CLDR's English name of a language for which it has no locale."""
    name: str | None = Locale("en").languages.get(tag.split("-", maxsplit=1)[0])
    return name


def script_of(tag: str) -> str:
    """The script (ISO 15924) that a tag names, or that CLDR says is the likely one; Latin where it says nothing."""
    language, *rest = tag.split("-")
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return part.capitalize()
    likely = get_global("likely_subtags")
    regions = [f"{language}_{part.upper()}" for part in rest if len(part) == 2]
    for key in (*regions, language):
        parts = likely.get(key, "").split("_")
        if len(parts) > 2:
            return str(parts[1])
    return "Latn"


def region_of(tag: str) -> str:
    """The region (ISO 3166) that a tag names, or that CLDR says is the likely one; empty where it says nothing."""
    language, *rest = tag.split("-")
    for part in rest:
        if len(part) == 2:
            return part.upper()
    likely = get_global("likely_subtags")
    keys = [f"{language}_{part.capitalize()}" for part in rest if len(part) == 4] or [language]
    parts = likely.get(keys[0], "").split("_")
    return str(parts[2]) if len(parts) > 2 else ""


def with_capital(name: str, tag: str, script: str) -> str:
    """A name as it stands at the head of a line, in a script that has capitals."""
    if not name or script not in WITH_CAPITALS:
        return name
    first = "İ" if name[0] == "i" and tag.split("-", maxsplit=1)[0] in DOTTED_CAPITAL else name[0].upper()
    return first + name[1:]
