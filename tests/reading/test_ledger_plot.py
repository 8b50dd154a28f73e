"""The drawing of a ledger: every row is drawn where its number and its date put it, or named as not drawn."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from memorial.languages.labels import Label
from memorial.reading.ledger.labels import lines_of, moved_apart
from memorial.reading.ledger.marks import SHAPES
from memorial.reading.ledger.plot import NAMES, WIDTH, plot
from memorial.reading.ledger.rows import LedgerRow, Standing, in_order
from memorial.reading.ledger.scales import day_ticks, number_ticks
from memorial.statements.models import Event
from memorial.text.dates import parse
from tests.builders import named

SVG = {"s": "http://www.w3.org/2000/svg"}
NOTHING = Label("", "en", "ltr")


def a_row(number: int | None = 150, claimed: str = "2025-01-19", **fields: Any) -> LedgerRow:
    """A row of the Example Ministry."""
    stated = parse(claimed)
    claimant = fields.pop("claimant", "Example Ministry")
    defaults: dict[str, Any] = {
        "fid": "bcdfghjk", "event": "example-event", "claimant_slug": claimant.lower().replace(" ", "-"),
        "claimant": Label(claimant, "en", "ltr"), "measure": "killed", "precision": "exact", "minimum": number,
        "maximum": None, "described": NOTHING, "wording": NOTHING, "claimed": claimed, "earliest": stated.earliest,
        "latest": stated.latest, "standing": Standing(Label("Title", "en", "ltr"), "/en/", 1, "bcdfghjk"),
    }  # fmt: skip
    return LedgerRow(**{**defaults, **fields})


def rows_of(*rows: LedgerRow) -> list[LedgerRow]:
    """The rows in the order of a table, each with an id of its own."""
    return in_order(LedgerRow(**{**vars(row), "fid": f"fid{number:05}"}) for number, row in enumerate(rows))


def drawn(rows: Sequence[LedgerRow], lang: str = "en") -> etree._Element:
    """The drawing as it stands in a page."""
    event = Event(slug="example-event", **named("Example Event", "en", "fa"))
    with translation.override(lang):
        written = render_to_string("components/ledger_plot.html", {"plot": plot(rows, lang), "event": event})
    assert "style=" not in written
    # As a browser reads it, elements of SVG in HTML have its namespace.
    return etree.fromstring(written.replace("<svg ", f'<svg xmlns="{SVG["s"]}" '))


def marks(root: etree._Element) -> dict[str, etree._Element]:
    """The group of each mark, by the id of its row."""
    return {str(group.get("data-fid")): group for group in root.xpath("//s:g[@data-fid]", namespaces=SVG)}


def x_of(group: etree._Element) -> float:
    return float(re.fullmatch(r"translate\(([-\d.]+)\)", str(group.get("transform")))[1])  # type: ignore[index]


def ys_of(group: etree._Element) -> list[float]:
    outlines = group.xpath("./s:path[@transform]/@transform", namespaces=SVG)
    return [float(re.fullmatch(r"translate\(0 ([-\d.]+)\)", each)[1]) for each in outlines]  # type: ignore[index]


def parts(group: etree._Element) -> set[str]:
    return {str(path.get("class")) for path in group.xpath("./s:path", namespaces=SVG)}


def test_a_greater_number_stands_higher_and_a_later_date_further_on() -> None:
    rows = rows_of(*(a_row(140 + 3 * n, f"20{10 + n}-01-19") for n in range(8)))
    groups = marks(drawn(rows))
    assert all(x_of(groups[a.fid]) < x_of(groups[b.fid]) for a, b in pairwise(rows))
    assert all(ys_of(groups[a.fid]) > ys_of(groups[b.fid]) for a, b in pairwise(rows))


def test_on_a_page_from_right_to_left_time_runs_so_too_and_digits_are_the_languages_own() -> None:
    rows = rows_of(*(a_row(140 + 3 * n, f"20{10 + n}-01-19") for n in range(8)))
    root = drawn(rows, "fa")
    groups = marks(root)
    assert all(x_of(groups[a.fid]) > x_of(groups[b.fid]) for a, b in pairwise(rows))
    assert all(x_of(group) > NAMES for group in groups.values()), "the names stand on the left"
    assert "۱۴۰" in root.xpath("//s:g[@class='numbers']/s:text/text()", namespaces=SVG)
    assert "۲۰۱۲" in root.xpath("//s:g[@class='days']/s:text/text()", namespaces=SVG)


def test_equal_distances_of_numbers_are_equal_distances_on_the_axis() -> None:
    low, middle, high = rows_of(a_row(100, "2010"), a_row(150, "2015"), a_row(200, "2020"))
    groups = marks(drawn([low, middle, high]))
    [first], [second], [third] = (ys_of(groups[row.fid]) for row in (low, middle, high))
    assert first - second == pytest.approx(second - third, abs=0.2)


def test_ranges_qualifications_and_inexact_dates_have_signs_of_their_own() -> None:
    rows = rows_of(
        a_row(150, "2010-01-19"),
        a_row(140, "2012-01-19", maximum=170),
        a_row(145, "2014-01-19", precision="at-least"),
        a_row(155, "2016-01-19", precision="about"),
        a_row(160, "2018"),
        a_row(150, "2020-01", precision="at-least", maximum=160),
    )
    root = drawn(rows)
    exact, ranged, at_least, about, inexact, both = (marks(root)[row.fid] for row in rows)
    assert parts(exact) == parts(about) == {"circle"}
    assert (exact.get("class"), about.get("class")) == ("mark", "mark about")
    assert parts(ranged) == {"circle", "range"}
    low, high = ys_of(ranged)
    [line] = ranged.xpath("./s:path[@class='range']/@d", namespaces=SVG)
    assert line.startswith(f"M0 {low:.1f}V{high:.1f}")
    assert low > high, "both ends are marked, and nothing between them"
    assert parts(at_least) == {"circle", "arrow"}
    [arrow] = at_least.xpath("./s:path[@class='arrow']/@d", namespaces=SVG)
    begin, tip = map(float, re.match(r"M0 ([\d.]+)V([\d.]+)", arrow).groups())  # type: ignore[union-attr]
    assert [begin] == ys_of(at_least)
    assert 0 < tip < begin
    assert parts(inexact) == {"circle", "level"}
    [level] = inexact.xpath("./s:path[@class='level']/@d", namespaces=SVG)
    half = float(re.match(r"M-([\d.]+)", level)[1])  # type: ignore[index]
    year = x_of(marks(root)[rows[1].fid]) - x_of(marks(root)[rows[0].fid])
    assert 2 * half == pytest.approx(year / 2, rel=0.02), "as wide as the year that the date can mean"
    assert parts(both) == {"circle", "range", "arrow", "level"}
    explained = [" ".join(text.split()) for text in root.xpath("//ul[@class='signs']/li//text()") if text.strip()]
    assert len(explained) == 4


def test_only_signs_that_occur_are_explained() -> None:
    assert not drawn(rows_of(a_row())).xpath("//ul[@class='signs']")


def test_a_figure_in_words_is_named_and_not_drawn() -> None:
    words = a_row(None, precision="words", wording=Label("onlarla", "az", "ltr", is_foreign=True))
    number, in_words = rows_of(a_row(), words)
    root = drawn([number, in_words])
    assert set(marks(root)) == {number.fid}
    [item] = root.xpath("//ul[@class='undrawn']/li")
    assert item.xpath("./a/@href") == [f"#{in_words.fid}"]
    assert item.xpath("./q[@lang='az']/text()") == ["onlarla"]
    only_words = drawn([in_words])
    assert not only_words.xpath("//s:svg", namespaces=SVG)
    assert len(only_words.xpath("//ul[@class='undrawn']/li")) == 1


def test_each_claimant_has_a_shape_and_a_name_beside_the_drawing() -> None:
    rows = rows_of(*(a_row(150 + n % 2, f"20{10 + n}", claimant=f"Claimant {n % 3}") for n in range(9)))
    root = drawn(rows)
    shapes = {row.claimant_slug: parts(marks(root)[row.fid]) - {"level"} for row in rows}
    assert sorted(map(sorted, shapes.values())) == [["circle"], ["square"], ["triangle"]]
    assert root.xpath("//s:g[@class='names']//s:text/text()", namespaces=SVG) == [
        "Claimant 0",
        "Claimant 1",
        "Claimant 2",
    ]
    assert [text.strip() for text in root.xpath("//ul[@class='keys']/li/text()") if text.strip()] == [
        "Claimant 0", "Claimant 1", "Claimant 2"
    ]  # fmt: skip


def test_with_more_claimants_than_shapes_the_others_have_a_number_too() -> None:
    count = len(SHAPES) + 2
    rows = rows_of(*(a_row(150 + n, "2025-01-19", claimant=f"Claimant {n:02}") for n in range(count)))
    root = drawn(rows)
    told_apart = {(*parts(group), *group.xpath("./s:text/text()", namespaces=SVG)) for group in marks(root).values()}
    assert len(told_apart) == count
    assert root.xpath("//s:g[@class='names']//s:text[@class='key']/text()", namespaces=SVG) == ["9", "10"]


def test_marks_of_the_same_number_and_day_stand_side_by_side_on_one_height() -> None:
    rows = rows_of(*(a_row(744, "2024-01-19", claimant=f"Claimant {n}") for n in range(4)))
    groups = [marks(drawn(rows))[row.fid] for row in rows]
    assert len({ys_of(group)[0] for group in groups}) == 1
    places = sorted(x_of(group) for group in groups)
    assert all(b - a > 10 for a, b in pairwise(places))


def test_each_measure_has_a_panel_with_the_same_days_and_a_name() -> None:
    rows = rows_of(a_row(150, "2020"), a_row(744, "2024", measure="injured"), a_row(4, "2022", measure="missing"))
    root = drawn(rows)
    images = root.xpath("//figure//s:svg[@role='img']", namespaces=SVG)
    assert len(images) == 3
    days = [image.xpath(".//s:g[@class='days']/s:text/text()", namespaces=SVG) for image in images]
    assert days[0] == days[1] == days[2] != []
    ids = set(root.xpath("//@id"))
    for image in images:
        for name in ("aria-labelledby", "aria-describedby"):
            assert image.get(name) in ids
        assert "Example Event" in image.xpath("./s:title/text()", namespaces=SVG)[0]
        assert "table" in image.xpath("./s:desc/text()", namespaces=SVG)[0]


def test_it_says_where_the_numbers_do_not_begin_at_zero() -> None:
    assert "not at zero" in etree.tostring(drawn(rows_of(a_row(147, "2024"), a_row(150, "2025"))), encoding="unicode")
    assert "not at zero" not in etree.tostring(drawn(rows_of(a_row(4, "2024"), a_row(150, "2025"))), encoding="unicode")


def test_a_foreign_name_keeps_its_language_and_direction() -> None:
    persian = Label("وزارت نمونه", "fa", "rtl", is_foreign=True)
    [text] = drawn([a_row(claimant_slug="x", fid="bcdfghjk") for _ in "1"]).xpath(
        "//s:g[@class='names']//s:text", namespaces=SVG
    )
    assert (text.get("direction"), text.get("text-anchor"), text.get("lang")) == ("ltr", "start", None)
    row = LedgerRow(**{**vars(a_row()), "claimant": persian})
    [text] = drawn([row]).xpath("//s:g[@class='names']//s:text", namespaces=SVG)
    assert (text.get("direction"), text.get("text-anchor"), text.get("lang")) == ("rtl", "end", "fa")


DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
DATES = st.one_of(DAYS.map(str), DAYS.map(lambda day: f"{day:%Y-%m}"), DAYS.map(lambda day: f"{day:%Y}"))


@st.composite
def any_row(draw: st.DrawFn) -> LedgerRow:
    number = draw(st.integers(0, draw(st.sampled_from((5, 200, 100_000)))))
    precision = draw(st.sampled_from(("exact", "at-least", "about", "words")))
    return a_row(
        None if precision == "words" else number, draw(DATES), precision=precision,
        maximum=number + draw(st.integers(1, 50)) if precision != "words" and draw(st.booleans()) else None,
        measure=draw(st.sampled_from(("killed", "injured"))), claimant=f"Claimant {draw(st.integers(0, 12))}",
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(any_row(), min_size=1, max_size=25), st.sampled_from(("en", "fa")))
def test_every_row_is_drawn_within_the_picture_or_named(given_rows: list[LedgerRow], lang: str) -> None:
    rows = rows_of(*given_rows)
    found = plot(rows, lang)
    shown = [mark.row.fid for panel in found.panels for mark in panel.marks]
    assert sorted([*shown, *(row.fid for row in found.undrawn)]) == sorted(row.fid for row in rows)
    for panel in found.panels:
        assert all(0 < mark.x < WIDTH for mark in panel.marks)
        assert all(0 <= y <= panel.floor for mark in panel.marks for y in mark.ys)
        by_number = sorted((mark.row.minimum or 0, -mark.ys[0]) for mark in panel.marks)
        assert all(a[1] <= b[1] for a, b in pairwise(by_number)), "a number is never moved"
        names = sorted((name.mark_y, len(name.lines)) for name in panel.names)
        assert all(b[0] - a[0] >= 15 * a[1] for a, b in pairwise(names)), "names do not lie on each other"
        assert names[-1][0] + 15 * names[-1][1] <= panel.height


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_beside_the_axis_are_round_few_and_around_all(first: int, second: int) -> None:
    lowest, highest = sorted((first, second))
    ticks = number_ticks(lowest, highest)
    assert ticks[0] <= lowest
    assert ticks[-1] > highest
    assert 3 <= len(ticks) <= 8
    assert len({b - a for a, b in pairwise(ticks)}) == 1


@given(DAYS, st.integers(0, 40_000))
def test_days_below_the_axis_lie_on_it(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 5
    assert all(first <= tick.day <= last for tick in ticks)
    assert all(parse(tick.stated).earliest == tick.day for tick in ticks)


def test_long_names_are_broken_and_names_without_spaces_too() -> None:
    assert lines_of("Ministry of Foreign Affairs of the Republic of Azerbaijan", 27) == [
        "Ministry of Foreign Affairs", "of the Republic of", "Azerbaijan"
    ]  # fmt: skip
    assert lines_of("外交部外交部外交部外交部外交部", 10) == ["外交部外交", "部外交部外", "交部外交部"]
    long = lines_of("word " * 40, 20)
    assert len(long) == 3
    assert long[-1].endswith("…")
    assert moved_apart([5, 5, 100], [10, 10, 10], 0, 100) == [5, 15, 90]
