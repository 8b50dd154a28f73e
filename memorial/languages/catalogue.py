"""Every language that CLDR or our own table can name, to be searched by any of its names or by its tag."""

import pickle
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers, resolve_locale_filename

from memorial.text.folding import folded

from .cldr import OUR_OWN, describe, direction_of, locale_of, script_of, with_capital
from .tags import BCP47

# What people call a language and CLDR does not.
ALSO_CALLED = {
    "av": ("Avaric",),
    "az": ("Azeri",),
    "azb": ("Southern Azeri", "Iranian Azerbaijani"),
    "ckb": ("Sorani",),
    "fa": ("Farsi",),
    "hy": ("Eastern Armenian",),
    "jdt": ("Juhuri", "Mountain Jewish"),
    "kmr": ("Kurmanji",),
    "ku": ("Kurmanji",),
    "lez": ("Lezgi",),
    "ps": ("Pushto", "Pakhto"),
    "tly": ("Talishi", "Talyshi"),
    "udm": ("Votyak",),
    "ug": ("Uighur",),
    "zh": ("Mandarin",),
}
# Codes of ISO 639 that name no language; and what CLDR files under another tag than we do (Dari).
NOT_LISTED = frozenset({"mis", "mul", "und", "zxx", "fa-af"})
_DASHES = str.maketrans(dict.fromkeys("-–—", " "))
MOST = 20
WHOLE, BEGINNING, BEGINNING_OF_WORD, WITHIN = range(4)


@dataclass(frozen=True)
class Entry:
    """A language as the catalogue knows it; ``names`` are all that it is found by, folded."""

    tag: str
    name_en: str
    name_own: str
    script: str
    names: tuple[str, ...]
    has_formats: bool

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return direction_of(self.script)


@dataclass(frozen=True)
class Found:
    """One answer to a search: the language, and whether the site has it already."""

    entry: Entry
    is_on_site: bool


def search(query: str, *, names_in: tuple[str, ...], on_site: Collection[str] = ()) -> list[Found]:
    """Languages that ``query`` names, the best answer first, ``MOST`` at most.

    A name is looked for in English, in the language itself and in the languages ``names_in``; letter case and marks
    make no difference. No query to the database.
    """
    wanted = folded_name(query)
    if not wanted:
        return []
    tag = query.strip().lower().replace("_", "-")
    ranked = []
    for entry in catalogue(names_in):
        # The tag itself comes before any name, and what CLDR can write dates in before what it only names.
        rank = -1 if entry.tag == tag else _rank(wanted, entry.names)
        if rank is not None:
            ranked.append((rank, not entry.has_formats, len(entry.name_en), entry.tag, entry))
    return [Found(entry, entry.tag in on_site) for *_order, entry in sorted(ranked, key=lambda row: row[:4])[:MOST]]


def folded_name(name: str) -> str:
    """A language's name reduced to what is compared: folded, without punctuation, with single spaces."""
    return " ".join(re.sub(r"[^\w\s]", "", folded(name).translate(_DASHES)).split())


@lru_cache(maxsize=4)
def catalogue(names_in: tuple[str, ...]) -> tuple[Entry, ...]:
    """Every language, with its names in English, in itself and in ``names_in``. A fifth of a second, once."""
    english = dict(Locale("en").languages)
    own = _own_names()
    others = [locale.languages for tag in names_in if tag != "en" and (locale := locale_of(tag))]
    entries = []
    for tag in sorted({*map(_as_tag, english), *OUR_OWN} - NOT_LISTED):
        if not BCP47.regex.fullmatch(tag):  # type: ignore[union-attr]
            continue
        key = _as_key(tag)
        script = OUR_OWN[tag][2] if tag in OUR_OWN else script_of(tag)
        name_en = OUR_OWN[tag][0] if tag in OUR_OWN else english[key]
        if tag in OUR_OWN:
            name_own = OUR_OWN[tag][1]
        elif key in own:
            name_own = with_capital(own[key], tag, script)
        else:
            name_own = describe(tag).name_own if "-" in tag else name_en
        called = {name_en, name_own, english.get(key, ""), *ALSO_CALLED.get(tag, ())}
        called |= {names.get(key, "") for names in others}
        names = tuple(sorted({name for each in called if (name := folded_name(each))}))
        entries.append(Entry(tag, name_en, name_own, script, names, _has_formats(tag, own)))
    return tuple(entries)


@cache
def scripts() -> tuple[str, ...]:
    """Codes (ISO 15924) of the scripts that the languages of the catalogue are written in."""
    return tuple(sorted({entry.script for entry in catalogue(())}))


def _rank(wanted: str, names: tuple[str, ...]) -> int | None:
    best: int | None = None
    for name in names:
        if wanted not in name:
            continue
        if name == wanted:
            return WHOLE
        rank = BEGINNING if name.startswith(wanted) else BEGINNING_OF_WORD if f" {wanted}" in name else WITHIN
        best = rank if best is None else min(best, rank)
    return best


def _as_tag(key: str) -> str:
    return key.replace("_", "-").lower()


def _as_key(tag: str) -> str:
    """CLDR's form of a tag: ``pt_BR``, ``zh_Hant``."""
    language, *rest = tag.split("-")
    return "_".join([language, *(part.capitalize() if len(part) == 4 else part.upper() for part in rest)])


def _has_formats(tag: str, own: dict[str, str]) -> bool:
    return tag.split("-", maxsplit=1)[0] in own


@cache
def _own_names() -> dict[str, str]:
    return {identifier: name for identifier, name, _has_rule in _of_cldr() if name}


@cache
def with_plural_rule() -> tuple[str, ...]:
    """Tags of the languages for which CLDR says when a number is one, few, many ..."""
    return tuple(identifier for identifier, _name, has_rule in _of_cldr() if has_rule)


@cache
def _of_cldr() -> tuple[tuple[str, str, bool], ...]:
    """Each language with a CLDR locale of its own: what it calls itself, and whether it has a plural rule.

    Babel's files are read here one by one and forgotten: asked through ``Locale``, Babel would keep all three hundred
    in memory for as long as the process lives.
    """
    found = []
    for identifier in sorted(locale_identifiers()):
        if "_" not in identifier:
            data = pickle.loads(Path(resolve_locale_filename(identifier)).read_bytes())  # noqa: S301 Babel's own files
            found.append((identifier, data.get("languages", {}).get(identifier, ""), "plural_form" in data))
    return tuple(found)
