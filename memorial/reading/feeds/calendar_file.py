"""Occasions as a calendar (RFC 5545): whole days that return every year, for people's own calendars."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDDDTypes, vText

from memorial.reading.addresses import absolute
from memorial.reading.names import name_of
from memorial.reading.paths import path_to
from memorial.statements.models import Occasion

# A year with a 29 February, for occasions that no year is counted from.
ANY_YEAR = 2000


def calendar(occasions: Iterable[Occasion], lang: str, *, name: str) -> bytes:
    """Return the calendar of ``occasions`` with their names in ``lang``: the same rows give the same bytes."""
    document = Calendar()
    document.add("prodid", f"-//{settings.SITE_NAME}//{lang}//")
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    document.add("method", "PUBLISH")
    document.add("x-wr-calname", name)
    for occasion in occasions:
        if (day := _first_day(occasion)) is not None:
            document.add_component(_yearly(occasion, day, lang))
    return bytes(document.to_ical())


def _first_day(occasion: Occasion) -> date | None:
    """The day from which it is counted; 29 February begins in the next leap year. None: there is no such day."""
    for year in range(occasion.first_year or ANY_YEAR, (occasion.first_year or ANY_YEAR) + 9):
        try:
            return date(year, occasion.month, occasion.day)
        except ValueError:
            continue
    return None


def _yearly(occasion: Occasion, day: date, lang: str) -> Event:
    label = name_of(occasion, lang)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event = Event()
    event.add("uid", f"occasion-{occasion.slug}@{host}")
    # When the calendar's own data were made. Derived, so that asking again does not look like a change.
    event.add("dtstamp", vDDDTypes(datetime.combine(day, time(), UTC)))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    rule = {"freq": "yearly", "bymonth": occasion.month, "bymonthday": occasion.day}
    event.add("rrule", rule)
    summary = vText(label.text)
    summary.params["language"] = label.lang
    event.add("summary", summary)
    event.add("url", absolute(path_to("occasion", lang=lang, slug=occasion.slug)))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PUBLIC")
    return event
