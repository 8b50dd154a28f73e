"""Lists: the home page, the statements and their filters, labels with what was stated."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.test import Client

from memorial.accounts.models import User
from memorial.reading import finding, paging
from memorial.reading.calendar import next_day
from memorial.reading.editions import in_language, neighbours
from memorial.reading.paging import PAGE_SIZE
from memorial.statements.models import Event, EventName, Issuer, PlaceSpelling, Statement
from tests.builders import an_issuer, an_occasion, named

from .conftest import a_place, address, an_event, published, published_again
from .many import many_more


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_home_page_shows_the_next_commemoration_and_the_latest_statements(
    client: Client, statement: Statement
) -> None:
    an_occasion("winter-day", month=12, day=1, first_year=None)
    with time_machine.travel("2030-05-21T12:00Z", tick=False):
        assert page(client, "/en/").index("/en/occasions/winter-day/") < page(client, "/en/").index("example-day")
    with time_machine.travel("2030-05-20T12:00Z", tick=False):
        content = page(client, "/en/")
    assert content.index("/en/occasions/example-day/") < content.index("winter-day")
    assert '<time datetime="2030-05-20">20 May 2030</time>' in content
    assert "40 years" in content
    assert address(statement, "en") in content


def test_an_empty_archive_has_a_home_page_in_every_language(client: Client) -> None:
    for lang in ("az", "en", "ru", "tr", "fa"):
        for path in ("", "statements/", "issuers/", "occasions/", "events/", "places/", "about/"):
            assert f'<html lang="{lang}"' in page(client, f"/{lang}/{path}")


def test_a_list_shows_only_its_own_language(client: Client, publisher: User) -> None:
    statement = published(publisher, languages=("az",))
    assert address(statement, "az") in page(client, "/az/statements/")
    assert statement.sid not in page(client, "/en/statements/")


def test_statements_of_one_day_stand_in_one_order_everywhere(client: Client, publisher: User) -> None:
    around = {"issuer": an_issuer(), "occasion": an_occasion(), "events": [an_event()], "places": [a_place()]}
    rows = [published(publisher, slug=f"part-{number}", **around) for number in range(4)]
    found = in_language(rows[2].sid, "en")[1]
    assert [edition and edition.statement for edition in neighbours(found)] == [rows[1], rows[3]]
    lists = ("", "statements/", "issuers/example-ministry/", "occasions/example-day/", "places/example-town/")
    for path in lists:
        content = page(client, f"/en/{path}").split("<main")[1]
        shown = sorted(rows, key=lambda row: content.find(f'href="{address(row, "en")}"'))
        assert [row.slug for row in shown[-2:]] == ["part-1", "part-0"], path


def test_statements_are_found_by_issuer_occasion_event_and_year(
    client: Client, statement: Statement, publisher: User
) -> None:
    other = published(
        publisher, slug="other", dated="2020", issuer=an_issuer("other"), occasion=an_occasion("other-day"),
        events=[an_event("other-event")],
    )  # fmt: skip
    for query in ("issuer=other", "occasion=other-day", "event=other-event", "year=2020", "issuer=other&year=2020"):
        content = page(client, f"/en/statements/?{query}")
        assert address(other, "en") in content, query
        assert address(statement, "en") not in content, query
        assert "1 statement" in content
        assert '<meta name="robots" content="noindex, follow">' in content
    assert '<option value="2020" selected>' in page(client, "/en/statements/?year=2020")


def test_a_filter_that_finds_nothing_is_no_error(client: Client, statement: Statement) -> None:
    for query in (
        "year=1812",
        "year=abc",
        "year=0000",
        "issuer=nobody",
        "issuer=%00",
        "event=a%20b",
        "occasion=x&year=1",
    ):
        content = page(client, f"/en/statements/?{query}")
        assert "No statement in this language matches these filters." in content, query


def test_a_long_list_has_pages_that_keep_the_filters(client: Client, publisher: User) -> None:
    issuer = an_issuer()
    statements = [
        published(publisher, languages=("en",), original_language="en", issuer=issuer, slug=f"example-{number}")
        for number in range(PAGE_SIZE + 1)
    ]
    first = page(client, "/en/statements/?issuer=example-ministry")
    assert 'rel="next" href="?issuer=example-ministry&amp;page=2"' in first
    second = page(client, "/en/statements/?issuer=example-ministry&page=2")
    assert 'rel="prev" href="?issuer=example-ministry"' in second
    assert 'rel="next"' not in second
    assert all((address(each, "en") in first) != (address(each, "en") in second) for each in statements)
    assert 'rel="canonical" href="http://memorial.test/en/statements/?page=2"' in page(client, "/en/statements/?page=2")
    for path in ("/en/issuers/example-ministry/",):
        assert client.get(f"{path}?page=2").status_code == 200
        assert client.get(f"{path}?page=3").status_code == 404


def test_an_occasion_shows_its_series_year_by_year(client: Client, statement: Statement, publisher: User) -> None:
    published(publisher, dated="2024-05-20", slug="before", issuer=statement.issuer, occasion=statement.occasion)
    content = page(client, "/en/occasions/example-day/")
    assert content.index("2025") < content.index("2024")
    assert "35 years" in content
    assert "34 years" in content


def test_a_timeline_is_a_list_in_the_order_of_dates_with_parts_and_statements(
    client: Client, statement: Statement
) -> None:
    event = Event.objects.get()
    an_event("decision", dated="1994-03", part_of=event, **named("Decision", "en"))
    EventName.objects.create(event=event, name="Nümunə", language="az", used_by_en="Example Gazette")
    content = page(client, "/en/events/example-event/")
    timeline = content[content.index('<ol class="timeline">') :].split("</ol>")[0]
    assert timeline.index("March 1990") < timeline.index("March 1994") < timeline.index("20 May 2025")
    assert address(statement, "en") in timeline
    assert '<q lang="az" dir="ltr">Nümunə</q>' in content
    assert "Example Gazette" in content


def test_parts_stand_on_the_page_of_the_timeline_that_their_date_is_in(client: Client, publisher: User) -> None:
    event, issuer = an_event(), an_issuer()
    for part, dated in (("early", "1980"), ("between", "2010-06-01"), ("late", "2090")):
        an_event(part, dated=dated, part_of=event)
    for number in range(PAGE_SIZE + 2):
        published(
            publisher, languages=("en",), original_language="en", issuer=issuer, slug=f"e-{number}", events=[event],
            dated="2010-05-20" if number < PAGE_SIZE else "2011-05-20",
        )  # fmt: skip
    first, second = page(client, "/en/events/example-event/"), page(client, "/en/events/example-event/?page=2")
    for part, number in (("early", 1), ("between", 2), ("late", 2)):
        assert (f"/en/events/{part}/" in first, f"/en/events/{part}/" in second) == (number == 1, number == 2), part


def test_a_place_shows_its_spellings_and_the_statements_that_name_it(client: Client, publisher: User) -> None:
    place = a_place()
    PlaceSpelling.objects.create(place=place, spelling="Нумунə", language="ru")
    PlaceSpelling.objects.create(place=place, spelling="Example Town (en)", language="en")
    statement = published(publisher, places=[place])
    content = page(client, "/en/places/example-town/")
    assert '<span lang="ru" dir="ltr">Нумунə</span>' in content
    assert "<li>Example Town (en)" not in content, "the name of the page is no other spelling of it"
    assert "40.5, 49.5" in content
    assert address(statement, "en") in content


def test_a_body_that_only_states_figures_is_listed_apart(client: Client, statement: Statement) -> None:
    Issuer.objects.create(slug="agency", kind="news-agency", **named("Example Agency", "en"))
    content = page(client, "/en/issuers/")
    assert content.index("example-ministry") < content.index("Also named here") < content.index("/en/issuers/agency/")
    assert "No statement of this issuer" in page(client, "/en/issuers/agency/")


def test_an_occasion_on_29_february_falls_in_leap_years() -> None:
    assert next_day(2, 29, date(2025, 1, 1)) == date(2028, 2, 29)
    assert next_day(2, 29, date(2028, 2, 29)) == date(2028, 2, 29)
    assert next_day(2, 30, date(2028, 2, 29)) is None
    assert next_day(1, 20, date(2025, 1, 21)) == date(2026, 1, 20)


def test_a_count_is_exact_up_to_a_thousand_and_beyond_says_that_there_are_more(
    client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = {"issuer": an_issuer(), "events": [an_event()]}
    for number in range(3):
        published(publisher, slug=f"part-{number}", dated=f"20{number}1-05-20", **around)
    monkeypatch.setattr(finding, "MOST_COUNTED", 3)
    for query in ("", "?event=example-event", "?issuer=example-ministry"):
        assert ">3 statements" in page(client, f"/en/statements/{query}"), query
    monkeypatch.setattr(finding, "MOST_COUNTED", 2)
    for query in ("", "?event=example-event", "?issuer=example-ministry"):
        content = page(client, f"/en/statements/{query}")
        assert "More than 2 statements" in content, query
        order = [content.find(f"/part-{number}/") for number in (2, 1, 0)]
        assert order == sorted(order), "all of them are there, in their order"
        assert order[0] > 0
    assert '<option value="2001">' in page(client, "/en/statements/")


def test_the_years_of_the_filter_are_those_that_dates_can_mean_and_of_visible_editions_alone(
    client: Client, statement: Statement, publisher: User
) -> None:
    published(publisher, slug="old", dated="1951/1953", issuer=statement.issuer)
    corrected = published(publisher, slug="wrong", dated="2090-05-20", issuer=statement.issuer)
    assert finding.extent(finding.Wish(), "en").years == range(2090, 1950, -1)
    corrected.dated = "2020-05-20"
    corrected.save()
    published_again(corrected, "en", publisher)
    assert finding.extent(finding.Wish(), "en").years == range(2025, 1950, -1), "what was corrected is not counted"
    assert "1953" in page(client, "/en/statements/?year=1953")
    assert finding.extent(finding.Wish(year="1952"), "en") == finding.Extent(1, range(2025, 1950, -1))


def test_the_pages_of_an_event_and_a_place_say_the_same_whether_few_statements_or_many_name_them(
    client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    event, place, issuer = an_event(), a_place(), an_issuer()
    rows = [
        published(publisher, slug=f"y-{year}", dated=f"{year}-05-20", issuer=issuer, events=[event], places=[place])
        for year in (2001, 2003, 2002)
    ]
    other = published(publisher, slug="other", issuer=issuer)
    hidden = published(publisher, languages=("az",), slug="hidden", issuer=issuer, events=[event], places=[place])
    for at_most in (1, 1_000):
        monkeypatch.setattr(finding, "MANY_NAMED", at_most)
        for path, years in (("events/example-event/", (0, 2, 1)), ("places/example-town/", (1, 2, 0))):
            content = page(client, f"/en/{path}")
            places = [content.find(address(rows[number], "en")) for number in years]
            assert places == sorted(places), (path, at_most)
            assert places[0] > 0
            assert other.sid not in content
            assert hidden.sid not in content


def test_far_down_a_list_goes_on_from_where_the_reader_is_and_back(
    client: Client, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE_SIZE", 2)
    monkeypatch.setattr(paging, "LAST_LINKED", 2)
    monkeypatch.setattr(paging.sheet, "__defaults__", (None, 2))
    pattern = published(
        publisher, languages=["en"], original_language="en", dated="1991-01-04", events=[an_event()], places=[a_place()]
    )
    many_more(pattern, 8)

    def found(query: str) -> tuple[list[str], str, str]:
        html = page(client, f"/en/statements/{query}")
        shown = re.findall(r'<time datetime="(1991-\d\d-\d\d)"', html)
        links = {rel: re.search(rf'rel="{rel}" href="([^"]+)"', html) for rel in ("prev", "next")}
        before, after = (unescape(link[1]) if link else "" for link in links.values())
        return shown, before, after

    read: list[str] = []
    sheets, query = [""], ""
    for _page in range(10):
        shown, _before, query = found(query)
        read += shown
        if not query:
            break
        sheets.append(query)
    assert len(read) == 9
    assert read == sorted(read, reverse=True)
    assert ["older" in each for each in sheets] == [False, False, True, True, True]
    back = [found(sheets[-1])[1]]
    while back[-1] not in ("", "."):
        back.append(found(back[-1])[1])
    assert ["newer" in each for each in back[:3]] == [True, True, True]
    assert found(back[0])[0] == found(sheets[-2])[0]


@pytest.mark.parametrize("query", ["older=x", "older=1991-13-01.1", "newer=1991-01-01", "older=0001-01-01.1"])
def test_a_place_that_is_none_or_has_nothing_behind_it_is_not_found(
    client: Client, statement: Statement, query: str
) -> None:
    assert client.get(f"/en/statements/?{query}").status_code == 404
