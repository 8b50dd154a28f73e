"""The words of the demonstration data, and the names that are made of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

SLUG_PREFIX = "example-"
LANGUAGES = ("az", "en", "ru", "tr", "fa")
LATIN, CYRILLIC, ARABIC = range(3)  # the spellings of a syllable
SCRIPTS = {"ru": CYRILLIC, "fa": ARABIC}

Texts = Mapping[str, str]  # language tag -> text


@dataclass(frozen=True)
class Name:
    """An issuer, place, event or occasion before it has a row: its address, its name in each language, and facts."""

    slug: str
    name: Texts
    facts: Mapping[str, Any] = field(default_factory=dict)


@cache
def words() -> dict[str, Any]:
    """Return the phrases as the file has them."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def issuers() -> list[Name]:
    """Every body in every land."""
    return [
        Name(
            f"{SLUG_PREFIX}{body['slug']}-{land['slug']}",
            {tag: body[tag].format(land=land[tag]) for tag in LANGUAGES},
            {"kind": body["kind"]},
        )
        for body, land in product(words()["bodies"], words()["lands"])
    ]


@cache
def places() -> list[Name]:
    """Every first syllable with every second one, on a grid in the middle of the Atlantic."""
    names = []
    syllables = words()["places"]
    for row, first in enumerate(syllables["first"]):
        for column, second in enumerate(syllables["second"]):
            spelled = [(one + other).capitalize() for one, other in zip(first, second, strict=True)]
            name = {tag: spelled[SCRIPTS.get(tag, LATIN)] for tag in LANGUAGES}
            where = {"latitude": f"{30 + row}.5", "longitude": f"-{40 + column}.5"}
            names.append(Name(SLUG_PREFIX + spelled[LATIN].lower(), name, where))
    return names


@cache
def events() -> list[Name]:
    """Every kind of event at every fourth place, each with a date of another precision."""
    names = []
    for number, (event, place) in enumerate(product(words()["events"], places()[::4])):
        year = 1900 + number * 2
        dated = [f"{year}", f"{year}-03", f"{year}-05-20", f"{year}-01-19/{year}-01-20", f"{year}~"][number % 5]
        name = {tag: event[tag].format(place=place.name[tag]) for tag in LANGUAGES}
        slug = f"{SLUG_PREFIX}{event['slug']}-{place.slug.removeprefix(SLUG_PREFIX)}"
        names.append(Name(slug, name, {"dated": dated, "place": place}))
    return names


@cache
def occasions() -> list[Name]:
    """The days, one every six weeks, each of them counted from another year."""
    return [
        Name(
            SLUG_PREFIX + "day-of-the-" + day["slug"],
            {tag: day[tag] for tag in LANGUAGES},
            {"month": number + 2, "day": 3 * number + 4, "first_year": 1930 + number, "event": events()[2 * number]},
        )
        for number, day in enumerate(words()["occasions"])
    ]
