"""Dates, moments and numbers as CLDR (through Babel) writes them in each language.

A language that CLDR has no month names for gets the international form (ISO 8601, Latin digits): plain, but never in
another language's words. The calendar is always Gregorian, since the sources' is.
"""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal
from django.utils import translation
from django.utils.translation import gettext as _

from memorial.text.case import capitalised
from memorial.text.dates import StatedDate, StatedDay, parse

from .cldr import describe, locale_of

# Zero of each numbering system that a language may use by default (CLDR numberingSystems.xml).
ZEROS = {
    "adlm": 0x1E950, "arab": 0x0660, "arabext": 0x06F0, "beng": 0x09E6, "cakm": 0x11136, "deva": 0x0966,
    "hmnp": 0x1E140, "mtei": 0xABF0, "mymr": 0x1040, "nkoo": 0x07C0, "olck": 0x1C50, "rohg": 0x10D30, "tibt": 0x0F20,
}  # fmt: skip


@lru_cache(maxsize=256)
def locale_for(tag: str) -> Locale | None:
    """Babel's locale to format with, or None where CLDR lacks the language or its month names."""
    # English dates are read all over the world: day before month, as in the subject's own "20 January".
    locale = Locale.parse("en_001") if tag == "en" else locale_of(tag)
    if locale is None or str(locale.months["format"]["wide"][1]).startswith("M0"):
        return None
    return locale


def _digits(text: str, locale: Locale) -> str:
    zero = ZEROS.get(locale.default_numbering_system)
    return text.translate({ord(str(n)): chr(zero + n) for n in range(10)}) if zero else text


def _iso(day: StatedDay) -> str:
    parts = [f"{day.year:04d}"]
    parts += [f"{part:02d}" for part in (day.month, day.day) if part]
    return "-".join(parts)


def _one(day: StatedDay, locale: Locale) -> str:
    exact = date(day.year, day.month or 1, day.day or 1)
    if day.day:
        return format_date(exact, "long", locale=locale)
    return format_skeleton("yMMMM" if day.month else "y", exact, locale=locale)


def _interval(start: StatedDay, end: StatedDay, locale: Locale) -> str:
    between: str = locale.interval_formats.get(None, "{0} – {1}")
    if start.day and end.day and (start.year, start.month) == (end.year, end.month):
        # CLDR has day intervals with short month names only, so the long pattern gets both days in its day's place.
        days = re.sub(r"\s–\s", "–", between.format(start.day, end.day))
        pattern: Any = locale.date_formats["long"]
        marked: str = pattern.format % {
            name: "\0" if name == "d" else format_date(date(end.year, end.month or 1, end.day), name, locale=locale)
            for name in _fields_of(pattern.format)
        }
        return marked.replace("\0", days)
    return between.format(_one(start, locale), _one(end, locale))


def _fields_of(pattern: str) -> list[str]:
    """Names of the fields in Babel's form of a pattern, such as ``d`` and ``MMMM`` in ``%(d)s %(MMMM)s``."""
    return [part.split(")s", maxsplit=1)[0] for part in pattern.split("%(")[1:]]


def format_stated(value: str | StatedDate, tag: str) -> str:
    """Write a stated date (EDTF) in the language ``tag``, as precise as it is. Raises ValueError if unreadable."""
    stated = parse(value) if isinstance(value, str) else value
    text = _plainly(stated.start, stated.end, tag)
    if not (stated.is_approximate or stated.is_uncertain):
        return text
    with translation.override(tag):
        if stated.is_approximate:
            text = _("about %(date)s") % {"date": text}
        if stated.is_uncertain:
            text = _("%(date)s (uncertain)") % {"date": text}
    return text


@lru_cache(maxsize=8192)
def _plainly(start: StatedDay, end: StatedDay | None, tag: str) -> str:
    """A date or an interval without qualifiers. A list has the same few again and again."""
    locale = locale_for(tag)
    if locale is None:
        return _iso(start) + (f"/{_iso(end)}" if end else "")
    return _digits(_interval(start, end, locale) if end else _one(start, locale), locale)


def format_moment(value: str | StatedDate, tag: str) -> str:
    """Write a stated moment: the date, and the time and zone only as far as the source gives them."""
    stated = parse(value) if isinstance(value, str) else value
    day = format_stated(stated, tag)
    if stated.time_of_day is None:
        return day
    clock = format_time(stated.time_of_day, tag)
    with translation.override(tag):
        if not stated.offset:
            return _("%(date)s, %(time)s (time zone not stated)") % {"date": day, "time": clock}
        offset = "" if stated.offset in ("Z", "+00:00") else stated.offset
        return _("%(date)s, %(time)s (UTC%(offset)s)") % {"date": day, "time": clock, "offset": offset}


def format_day(day: date, tag: str) -> str:
    """Write an exact day in full: 20 yanvar 2025."""
    return format_stated(StatedDate(StatedDay(day.year, day.month, day.day), None, day, day), tag)


def format_datetime(moment: datetime, tag: str) -> str:
    """Write an aware moment of the site itself in UTC, and say so."""
    utc = moment.astimezone(UTC)
    day = StatedDay(utc.year, utc.month, utc.day)
    return format_moment(StatedDate(day, None, utc.date(), utc.date(), time_of_day=utc.time(), offset="Z"), tag)


def format_time(clock: time, tag: str) -> str:
    """Write a time of day by the 24-hour clock."""
    locale = locale_for(tag)
    text = clock.strftime("%H:%M")
    return _digits(text, locale) if locale else text


@lru_cache(maxsize=4096)
def format_month_day(month: int, day: int, tag: str) -> str:
    """Write a day that returns every year: 20 yanvar, 20 January."""
    locale = locale_for(tag)
    if locale is None:
        return f"{month:02d}-{day:02d}"
    return _digits(format_skeleton("MMMMd", date(2000, month, day), locale=locale), locale)


@lru_cache(maxsize=4096)
def format_number(number: int, tag: str) -> str:
    """Write a whole number with the language's digits and grouping."""
    locale = locale_for(tag)
    return _digits(format_decimal(number, locale=locale, numbering_system="default"), locale) if locale else str(number)


def format_year(year: int, tag: str) -> str:
    """Write a year with the language's digits, without grouping."""
    locale = locale_for(tag)
    return _digits(str(year), locale) if locale else str(year)


def format_range(minimum: int, maximum: int | None, tag: str) -> str:
    """Write a number, or a range where ``maximum`` is not None."""
    if maximum is None:
        return format_number(minimum, tag)
    return f"{format_number(minimum, tag)}–{format_number(maximum, tag)}"


@lru_cache(maxsize=4096)
def language_name(tag: str, in_tag: str, *, in_sentence: bool = False) -> str:
    """The name of a language in another: Azerbaijani, Азербайджанский. Its own name where CLDR has no other.

    ``in_sentence``: with the letter case that it has amid a sentence, such as азербайджанский.
    """
    locale = locale_of(in_tag)
    names = locale.languages if locale else {}
    named: str | None = names.get(tag.replace("-", "_"))
    if named is None:
        return own_name(tag)
    return named if in_sentence else capitalised(named, in_tag)


def language_here() -> str:
    """The language of the page or the message that is being made; where there is none, the site's own."""
    from django.conf import settings

    return translation.get_language() or str(settings.LANGUAGE_CODE)


def capitalised_here(text: object) -> str:
    """``text`` with the capital first letter that it has in the language of the page: İstifadəçilər."""
    return capitalised(str(text), language_here())


def in_words(tag: str) -> str:
    """What a sentence of the page calls a language: Azerbaijani, азербайджанский."""
    return language_name(tag, language_here(), in_sentence=True) or tag


@lru_cache(maxsize=512)
def own_name(tag: str) -> str:
    """What a language calls itself, as the site's own row says, else as CLDR says."""
    from django.conf import settings

    for row in settings.SITE_LANGUAGE_ROWS:
        if row.tag == tag:
            return str(row.name_own)
    return describe(tag).name_own


def format_age(moment: datetime, tag: str, now: datetime | None = None) -> str:
    """Write how long ago a moment was, roughly: 3 days ago. The day itself where CLDR lacks the language."""
    locale = locale_for(tag)
    if locale is None:
        return format_day(moment.astimezone(UTC).date(), tag)
    age = moment - (now or datetime.now(UTC))
    return _digits(format_timedelta(age, add_direction=True, locale=locale), locale)
