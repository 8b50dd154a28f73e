"""Words that say nothing of what a reader looks for: left out of a query that has others."""

_COMMON = {
    "az": "ve ile bu o da de ki ucun",
    "tr": "ve ile bu o da de ki icin",
    "en": "the a an of in on at to for and or by with from is was were are",
    "ru": "и в во на о об с со к ко по за из от для не",
    "fa": "و در به از که را این ان با برای ای می اند",
    "ar": "و في من الي علي عن مع ان هذا هذه التي الذي",
    "de": "der die das und in von zu",
    "fr": "le la les de du des et en à un une",
    "es": "el la los las de del y en un una",
}
_WORDS = {tag: frozenset(words.translate(str.maketrans("يà", "یa")).split()) for tag, words in _COMMON.items()}


def is_common(form: str, tag: str) -> bool:
    """Say whether a folded word is so common in the language ``tag`` that it tells no text from another."""
    return form in _WORDS.get(tag.split("-", maxsplit=1)[0].casefold(), ())
