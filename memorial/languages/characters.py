"""Characters that are hard to type: what the palette of the workbench offers for a language."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .cldr import describe


@dataclass(frozen=True)
class Character:
    """One character; ``name`` says what it is where it cannot be seen, and is empty where it can."""

    character: str
    name: str = ""

    @property
    def shown(self) -> str:
        """What stands on its button."""
        return self.name or self.character


@dataclass(frozen=True)
class CharacterGroup:
    """Characters that belong together, under a heading."""

    heading: str
    characters: tuple[Character, ...]


_INVISIBLE: dict[str, Callable[[], str]] = {
    "\u00a0": lambda: str(_("no-break space")),
    "\u202f": lambda: str(_("narrow no-break space")),
    "\u200c": lambda: str(_("zero-width non-joiner")),
    "\u200d": lambda: str(_("zero-width joiner")),
}
_GENERAL = "“”„‘’«»–—…№§°\u00a0\u202f"

# Letters and marks by language; a language that is not here gets those of its script alone.
_BY_TAG = {
    "az": "əƏğĞıİöÖşŞüÜçÇ",
    "tr": "ğĞıİöÖşŞüÜçÇâÂîÎûÛ",
    "tk": "äÄçÇňŇöÖşŞüÜýÝžŽ",
    "ku": "çÇêÊîÎşŞûÛ",
    "ru": "ёЁъЪэЭ",
    "uk": "іІїЇєЄґҐʼ",
    "lez": "ӀӏёЁ",
    "en": "éèçöüñ",
    "fr": "àâæçéèêëîïôœùûüÿÀÇÉÈÊŒ",
    "de": "äÄöÖüÜßẞ",
    "pl": "ąĄćĆęĘłŁńŃóÓśŚźŹżŻ",
    "fa": "پچژگکیآأؤئۀة",
    "ps": "ټډړږښڼځڅېۍئګک",
    "ar": "أإآؤئءةىپچڤگ",
}
_BY_SCRIPT = {
    "Arab": "«»؟،؛٪ـ\u200c\u200d",
    "Hebr": "״׳־₪",
    "Cyrl": "«»„“",
    "Armn": "«»՛՜՞։՝",
    "Geor": "„“«»",
}
_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹", "ps": "۰۱۲۳۴۵۶۷۸۹", "ar": "٠١٢٣٤٥٦٧٨٩"}


def characters(tag: str) -> list[CharacterGroup]:
    """The palette for ``tag``: its own letters, the marks of its script, its digits, and what every language uses."""
    primary = tag.split("-", maxsplit=1)[0]
    own = _group(str(_("Letters")), _BY_TAG.get(tag, _BY_TAG.get(primary, "")))
    script = _group(str(_("Marks of the script")), _BY_SCRIPT.get(describe(tag).script, ""))
    digits = _group(str(_("Digits")), _DIGITS.get(tag, _DIGITS.get(primary, "")))
    general = _group(str(_("Quotation marks, dashes, spaces")), _GENERAL)
    return [group for group in (own, script, digits, general) if group.characters]


def _group(heading: str, text: str) -> CharacterGroup:
    made = (Character(char, _INVISIBLE[char]() if char in _INVISIBLE else "") for char in text)
    return CharacterGroup(heading, tuple(made))
