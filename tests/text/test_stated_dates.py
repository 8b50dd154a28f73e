"""A date is exactly as precise as it is stated."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from memorial.text.dates import StatedDay, parse


@pytest.mark.parametrize(
    ("stated", "precision", "earliest", "latest"),
    [
        ("1990", "year", date(1990, 1, 1), date(1990, 12, 31)),
        ("1994-03", "month", date(1994, 3, 1), date(1994, 3, 31)),
        ("1992-02", "month", date(1992, 2, 1), date(1992, 2, 29)),
        ("1990-01-20", "day", date(1990, 1, 20), date(1990, 1, 20)),
        ("1990-01-19/1990-01-20", "day", date(1990, 1, 19), date(1990, 1, 20)),
        ("1988/1990-01-20", "year", date(1988, 1, 1), date(1990, 1, 20)),
        ("1990-01/1990-03", "month", date(1990, 1, 1), date(1990, 3, 31)),
        ("1990~", "year", date(1990, 1, 1), date(1990, 12, 31)),
        ("2025-01-19T22:01", "minute", date(2025, 1, 19), date(2025, 1, 19)),
    ],
)
def test_precision_and_bounds(stated: str, precision: str, earliest: date, latest: date) -> None:
    parsed = parse(stated)
    assert (parsed.precision, parsed.earliest, parsed.latest) == (precision, earliest, latest)


def test_a_month_never_gets_a_day() -> None:
    assert parse("1994-03").start == StatedDay(1994, 3, None)
    assert parse("1994-03").end is None
    assert parse("1990-01/1990-01-05").end == StatedDay(1990, 1, 5)


def test_doubt_is_kept() -> None:
    parsed = {stated: parse(stated) for stated in ("1990", "1990~", "1990-01?", "1990%")}
    doubts = {stated: (one.is_approximate, one.is_uncertain) for stated, one in parsed.items()}
    assert doubts == {"1990": (False, False), "1990~": (True, False), "1990-01?": (False, True), "1990%": (True, True)}


def test_a_moment_is_a_point_in_time_only_if_its_zone_is_stated() -> None:
    baku = parse("2025-01-19T22:01+04:00")
    assert baku.moment == datetime(2025, 1, 19, 22, 1, tzinfo=timezone(timedelta(hours=4)))
    assert (baku.time_of_day, baku.offset) == (time(22, 1), "+04:00")
    assert parse("2025-01-19T22:01Z").moment == datetime(2025, 1, 19, 22, 1, tzinfo=UTC)
    assert parse("2025-01-19T22:01-03:30").moment == datetime(2025, 1, 20, 1, 31, tzinfo=UTC)
    assert parse("2025-01-19T22:01").moment is None
    assert parse("2025-01-19").moment is None


@pytest.mark.parametrize(
    "wrong",
    ["", "x", "1990-00", "1990-01-00",
      "1990-13", "1990-02-30", "1990-02-29", "0000", "-0044", "Y17000", "199X", "1990-XX", "1990S2", "1990-21",
     "1990/..", "../1990", "1991/1990", "[1990,1991]", "1990~/1991", "1990-1-2", "20 January 1990", "۱۹۹۰",
     "1990-01-20/21",
     "2025-01-19T24:00", "2025-01-19T22:60", "2025-01-19T22:01:05", "2025-01-19T22:01+14:30", "2025-01-19T22:01-12:30",
     "2025-01-19T22:01+04:60", "2025-01-19T22:01+۰۴:۰۰", "2025-02-30T22:01", "1990-01-20T10:00/1990-01-21"],
)  # fmt: skip
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the message is the value, for the form to explain
        parse(wrong)


@given(st.text(alphabet="0123456789-/~?%TZ:+.XuSEY[]", max_size=22))
def test_nothing_but_a_value_error_comes_out(value: str) -> None:
    try:
        parsed = parse(value)
    except ValueError:
        return
    assert parsed.earliest <= parsed.latest


@given(st.dates())
def test_every_day_is_itself(day: date) -> None:
    parsed = parse(day.isoformat())
    assert (parsed.earliest, parsed.latest, parsed.precision) == (day, day, "day")


@pytest.mark.parametrize("value", [
    "1990-01-19/1990-01-20", "1990-01/1990-03", "1990/1991-02", "1990-02/2000", "1990~", "1990-02?", "2000-02-29%",
    "0001", "9999-12", "1900-02/1900-02-28", "2024-02", "2023-02-29", "1990-00", "1990-12-00~", "0000", "1990-13/1991",
    "1991/1990", "1990-01-20/1990-01-19", "1990-04-31/1990-05", "1990-01/1990-02-30",
])  # fmt: skip
def test_the_library_of_the_format_reads_the_same_days(value: str) -> None:
    try:
        parsed = parse_edtf(value)
        bounds = [date(*bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict())]
    except (EDTFParseException, ValueError):
        bounds = []
    is_date = len(bounds) == 2 and bounds[0] <= bounds[1]
    if is_date:
        stated = parse(value)
        assert [stated.earliest, stated.latest] == bounds
    else:
        with pytest.raises(ValueError, match=f"{re.escape(value)}|month|day|year"):
            parse(value)
