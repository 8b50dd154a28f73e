"""What a language will look like: its dates, numbers, plural categories and direction, before it is added."""

from dataclasses import dataclass
from datetime import UTC, datetime

from .cldr import has_plural_rule
from .formats import format_datetime, format_month_day, format_number, format_stated, locale_for
from .models import Language
from .phrases.plurals import categories, examples

# The day and the numbers that every preview shows.
DAY, DAYS, MONTH, MOMENT = "1990-01-20", "1990-01-19/1990-01-20", "1990-01", datetime(2025, 5, 20, 18, 1, tzinfo=UTC)
NUMBERS = (7, 147, 1234567)


@dataclass(frozen=True)
class PluralForm:
    """A plural category of CLDR (one, few, many ...) and some numbers that take it, as the language writes them."""

    category: str
    examples: list[str]


@dataclass(frozen=True)
class Preview:
    """Examples in one language; ``knows_dates`` says that CLDR has them, so that they are not just ISO 8601."""

    tag: str
    name_own: str
    direction: str
    knows_dates: bool
    knows_plurals: bool
    day: str
    days: str
    month: str
    month_day: str
    moment: str
    numbers: list[str]
    plurals: list[PluralForm]


def preview(language: Language) -> Preview:
    """Show a language, stored or only described by hand. No query."""
    tag = language.tag
    like = tag if has_plural_rule(tag) else language.plurals_like
    return Preview(
        tag=tag,
        name_own=language.name_own,
        direction=language.direction,
        knows_dates=locale_for(tag) is not None,
        knows_plurals=bool(like),
        day=format_stated(DAY, tag),
        days=format_stated(DAYS, tag),
        month=format_stated(MONTH, tag),
        month_day=format_month_day(1, 20, tag),
        moment=format_datetime(MOMENT, tag),
        numbers=[format_number(number, tag) for number in NUMBERS],
        plurals=[
            PluralForm(name, [format_number(number, tag) for number in examples(like or tag, name)])
            for name in categories(like or tag)
        ],
    )
