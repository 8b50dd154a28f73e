"""Letter case that knows its language: where ``i`` becomes ``İ``, and the dotless ``ı`` becomes ``I``."""

# Languages in which small i keeps its dot (Unicode SpecialCasing.txt: az, tr; and others written with ı).
DOTTED = frozenset({"az", "tr", "crh", "gag", "tt", "kk-latn"})


def _has_dotted_i(tag: str) -> bool:
    return tag in DOTTED or tag.split("-", maxsplit=1)[0] in ("az", "tr", "crh", "gag")


def upper(text: str, tag: str) -> str:
    """Return ``text`` in capital letters, as the language ``tag`` (BCP 47) writes them."""
    return text.replace("i", "İ").upper() if _has_dotted_i(tag) else text.upper()


def lower(text: str, tag: str) -> str:
    """Return ``text`` in small letters, as the language ``tag`` (BCP 47) writes them."""
    return text.replace("I", "ı").replace("İ", "i").lower() if _has_dotted_i(tag) else text.lower()


def capitalised(text: str, tag: str) -> str:
    """Return ``text`` with a capital first letter and the rest as it is."""
    return upper(text[:1], tag) + text[1:]
