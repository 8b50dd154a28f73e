"""What a search finds, in which order, and what it never lets out."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from memorial.accounts.models import User
from memorial.languages.columns import column_name
from memorial.languages.models import Language
from memorial.publishing.models import Edition
from memorial.reading.search.engine import Results, Wish, search
from memorial.statements.models import Issuer, Person, PersonSpelling, Place, PlaceSpelling, Statement
from tests.builders import an_issuer, an_occasion

from .conftest import a_figure, a_place, a_text, an_event, only_public, published, published_again


def find(query: str = "", lang: str = "en", **options: Any) -> Results:
    """What an address with this query finds."""
    return search(Wish.of(QueryDict(query)), lang=lang, **options)


def found(query: str = "", **options: Any) -> list[str]:
    """The slugs of what is found, in order."""
    return [hit.edition.statement.slug for hit in find(query, **options).hits]


def a_find(by: User, slug: str, title: str = "Example", body: str = "Nothing else.", **fields: Any) -> Statement:
    """A published statement with these words, in English unless said."""
    fields.setdefault("languages", ["en"])
    fields.setdefault("original_language", fields["languages"][0])
    text = {"title": title, "summary": "", "body": f"<p>{body}</p>"}
    return published(by, slug=slug, text=text, **fields)


def test_a_word_is_found_in_title_text_and_names(publisher: User) -> None:
    a_find(publisher, "in-text", body="A memorial was opened.")
    a_find(publisher, "in-title", "A memorial")
    a_find(publisher, "elsewhere", body="Something else.")
    assert found("q=memorial") == ["in-title", "in-text"]
    assert len(found("q=ministry")) == 3
    assert found("q=absent") == []


def test_title_as_typed_comes_before_title_before_names_before_text_and_then_the_newest(publisher: User) -> None:
    town = a_place()
    Place.objects.filter(pk=town.pk).update(**{column_name("name", "en"): "Gardens"})
    a_find(publisher, "text-old", body="The gardens.", dated="2001-01-01")
    a_find(publisher, "text-new", body="The gardens.", dated="2009-01-01")
    a_find(publisher, "names", dated="1995-01-01", places=[town])
    a_find(publisher, "stem", "The garden", dated="1994-01-01")
    a_find(publisher, "exact", "The gardens", dated="1993-01-01")
    assert found("q=gardens") == ["exact", "stem", "names", "text-new", "text-old"]


def test_every_word_is_needed_and_excluded_ones_are_left_out(publisher: User) -> None:
    a_find(publisher, "both", body="Red roses and white lilies.")
    a_find(publisher, "one", body="Red roses alone.")
    assert found("q=roses+lilies") == ["both"]
    assert found("q=roses+-lilies") == ["one"]
    assert found("q=%22white+lilies%22") == ["both"]
    assert found("q=%22lilies+white%22") == []
    assert found("q=-lilies") == []


def test_a_phrase_does_not_reach_over_paragraphs(publisher: User) -> None:
    a_find(publisher, "apart", body="It ends here.</p><p>There it goes on.")
    a_find(publisher, "together", body="It is here there.")
    assert found("q=%22here+there%22") == ["together"]


def test_a_statement_is_one_hit_that_says_which_languages_matched(publisher: User) -> None:
    statement = a_find(publisher, "many", "Jubilee", languages=["az", "en"])
    a_text(statement, "en", publisher, title="Other", body="<p>Words.</p>")
    Edition.objects.filter(statement=statement)
    published_again(statement, "en", publisher, title="Other", body="<p>Words.</p>", summary="")
    (hit,) = find("q=jubilee").hits
    assert (hit.edition.language, hit.edition.title, hit.matched, hit.quoted.language) == ("en", "Other", ("az",), "az")
    assert set(hit.editions) == {"az", "en"}
    assert hit.is_shown_in_another_language
    (hit,) = find("q=words", lang="fa").hits
    assert (hit.edition.language, hit.matched) == ("en", ("en",))
    assert "Words" in hit.quoted.body
    assert found("q=jubilee&in=en") == []
    assert found("q=jubilee&in=az&in=en") == ["many"]


def test_what_is_not_public_never_comes_out(publisher: User) -> None:
    later = timezone.now().replace(microsecond=0) + timedelta(days=1)
    open_one = a_find(publisher, "open", body="Lanterns were lit.", languages=["en", "az"], original_language="en")
    a_find(publisher, "scheduled", body="Lanterns too.", at=later)
    published_again(open_one, "az", publisher, title="Yeni", body="<p>Candles.</p>", at=later)
    draft = a_find(publisher, "draft", body="Nothing")
    a_text(draft, "en", publisher, body="<p>Lanterns in a draft.</p>")
    result = find("q=lanterns")
    assert (result.total, [hit.matched for hit in result.hits]) == (1, [("az", "en")])
    assert {each.value: each.count for each in result.facets["available"]} == {"az": 1, "en": 1}
    assert found("q=candles") == []

    after = find("q=lanterns", now=later)
    assert {hit.edition.statement.slug for hit in after.hits} == {"open", "scheduled"}
    assert [hit.matched for hit in after.hits if hit.edition.statement.slug == "open"] == [("en",)]
    assert [hit.edition.statement.slug for hit in find("q=candles", now=later).hits] == ["open"]

    only_public("az")
    result = find("q=lanterns", lang="az")
    assert [(hit.edition.language, set(hit.editions)) for hit in result.hits] == [("az", {"az"})]
    assert [each.value for each in result.facets["available"]] == ["az"]
    assert find("q=lanterns&in=en", lang="az").total == 0
    assert find("q=lanterns&available=en", lang="az").total == 0
    Language.objects.update(state="preparing")
    assert find("q=lanterns").total == 0


def test_a_superseded_edition_is_not_found(publisher: User) -> None:
    statement = a_find(publisher, "corrected", body="A mistaken word.")
    published_again(statement, "en", publisher, body="<p>A right word.</p>", summary="")
    assert found("q=mistaken") == []
    assert found("q=right") == ["corrected"]


def test_the_nearest_spelling_is_one_that_stands_in_something_visible(publisher: User) -> None:
    a_find(publisher, "open", body="A lantern was lit.")
    a_find(publisher, "waiting", body="A lantorn.", at=timezone.now().replace(microsecond=0) + timedelta(days=1))
    (word,) = find("q=lentern").asked.words
    assert (word.text, word.nearest, word.wider) == ("lentern", ("lantern",), "")
    assert [each.wider for each in find("q=lante+lantor").asked.words] == ["lante*", ""]
    assert found("q=lante*") == ["open"]
    assert found("q=lantern") == ["open"]
    only_public("az")
    assert find("q=lentern").asked.words[0].nearest == ()


def test_a_name_is_found_from_any_of_its_spellings(publisher: User) -> None:
    town = a_place("sumqayit")
    names = {"az": "Sumqayıt", "en": "Sumgait", "ru": "Сумгаит", "tr": "Sumgayıt", "fa": "سومقاییت"}
    Place.objects.filter(pk=town.pk).update(**{column_name("name", tag): name for tag, name in names.items()})
    PlaceSpelling.objects.create(place=town, spelling="Sumgayit")
    person = Person.objects.create(slug="somebody", **{column_name("name", "en"): "Some Body"})
    PersonSpelling.objects.create(person=person, spelling="Som Bodi")
    a_find(publisher, "in-english", body="In Sumgait it rained.")
    a_find(publisher, "in-russian", body="Сумгаит под дождём.", languages=["ru"])
    a_find(publisher, "person", body="Then Some Body spoke.")
    for typed in ("Sumqayıt", "sumgait", "Sumgayit", "Сумгаит", "sumqayit"):
        assert sorted(found(f"q={typed}")) == ["in-english", "in-russian"], typed
    (word,) = find("q=Sumgayit").asked.words
    assert {"Sumgait", "Сумгаит"} <= set(word.variants)
    assert found("q=som+bodi") == ["person"]


def test_no_other_spelling_tells_what_readers_cannot_see(publisher: User) -> None:
    town = a_place("town")
    names = {column_name("name", "en"): "Sumgait", column_name("name", "fa"): "سومقاییت"}
    Place.objects.filter(pk=town.pk).update(**names)
    only_public("az", "en")
    (word,) = find("q=Sumgait").asked.words
    assert "Sumgait" not in word.variants
    assert "سومقاییت" not in word.variants, "a name in a language in preparation"
    person = Person.objects.create(slug="somebody", **{column_name("name", "en"): "Some Body"})
    PersonSpelling.objects.create(person=person, spelling="Som Bodi")
    a_find(publisher, "another", body="Something else.")
    assert not any(word.variants for word in find("q=som+bodi").asked.words), "a person whom only a draft names"
    a_find(publisher, "person", body="Then Some Body spoke.")
    assert any("Some Body" in word.variants for word in find('q="som+bodi"').asked.words)


def test_filters_narrow_down_and_facets_count_statements(publisher: User) -> None:
    ministry, court = an_issuer(), an_issuer("example-court", **{column_name("name", "en"): "Court"})
    day, event, town = an_occasion(), an_event(), a_place()
    around = {"issuer": ministry, "occasion": day, "events": [event], "places": [town], "languages": ["en", "az"]}
    first = a_find(publisher, "first", body="Roses.", dated="2001-05-20", **around)
    a_find(publisher, "second", body="Roses.", dated="2002-12-31/2003-01-01", issuer=court, kind="decree")
    a_figure(first, event)
    published_again(first, "en", publisher, body="<p>Roses.</p><p>Two.</p>", summary="")
    counts = {name: {each.value: each.count for each in values} for name, values in find("q=roses").facets.items()}
    assert counts == {
        "issuer": {"example-ministry": 1, "example-court": 1},
        "kind": {"statement": 1, "decree": 1},
        "occasion": {"example-day": 1},
        "event": {"example-event": 1},
        "place": {"example-town": 1},
        "year": {"2003": 1, "2002": 1, "2001": 1},
        "original": {"en": 2},
        "available": {"en": 2, "az": 1},
        "has_figures": {"1": 1},
    }
    narrowing = (
        "issuer=example-ministry", "kind=statement", "occasion=example-day", "event=example-event", "year=2001",
        "place=example-town", "available=az", "figures=1", "issued_to=2001", "issued_from=2001-05&issued_to=2001-05-20",
        "event_from=1990&event_to=1990-03-31",
    )  # fmt: skip
    for narrow in narrowing:
        assert found(f"q=roses&{narrow}") == ["first"], narrow
        assert found(narrow) == ["first"], narrow
    for other in ("issuer=example-court", "kind=decree", "year=2003", "issued_from=2003-01-01", "issued_from=2002-06"):
        assert found(f"q=roses&{other}") == ["second"], other
    assert found("q=roses&original=en") == ["second", "first"]
    for none in ("issuer=nobody", "event_from=1991", "event_to=1989", "year=1999", "available=ru", "original=az"):
        assert found(f"q=roses&{none}") == [], none
    chosen = find("q=roses&issuer=example-court").facets["issuer"]
    assert [(each.label, each.is_chosen) for each in chosen] == [("Court", True)]


def test_an_empty_wish_finds_nothing_and_asks_little(publisher: User) -> None:
    a_find(publisher, "one")
    assert (find("").total, find("in=en").total, find("q=+").total) == (0, 0, 0)


WEIRD = [
    '"', '""', '"a', "-", "--", "*", "a*", "a* OR b", "NEAR(a b)", "a AND", "NOT", "OR", "(", ")", "a:b", "ea:x",
    "k:i1", "{ea} : x", "^a", "a + b", "'", "a'b", "a & b", "a | !b", "a <-> b", "a:*", "\\", "a\\", "a\0b", "\0",
    "%", "%s", "%(x)s", "_", "; DROP TABLE reading_searchentry", "\ud800".encode("utf-8", "replace").decode(),
    "\uf8ff", "\uf8fe", "ﷺ", "\u202e", "a" * 10_000, "ə" * 10_000,
    " ".join(f"w{n}" for n in range(1_000)), "😀", "\u0301",
    '"' + "a " * 90 + '"', "-a -b", '-"a b"', "1e999", "１２３", "\u200b",
]  # fmt: skip


@pytest.mark.parametrize("parameter", ["q", "issuer", "year", "in", "issued_from", "event_to", "page", "available"])
def test_nothing_that_is_typed_breaks_a_search(publisher: User, parameter: str) -> None:
    a_find(publisher, "one")
    for typed in WEIRD:
        query = QueryDict(mutable=True)
        query.appendlist(parameter, typed)
        for exact in ("", "1"):
            query["exact"] = exact
            assert isinstance(search(Wish.of(query), lang="en"), Results)
    assert Edition.objects.count() == 1


def test_operators_are_words_like_all_others(publisher: User) -> None:
    a_find(publisher, "near", body="Near or not and so on.")
    a_find(publisher, "far", body="Far away.")
    assert found("q=near+or+not") == ["near"]
    assert found("q=far+OR+near") == []
    assert found("q=k:i1") == []


def test_what_cannot_be_meant_is_named_and_finds_nothing(publisher: User) -> None:
    a_find(publisher, "one", "Words")
    result = find("q=words&year=19x&issued_from=2020-13")
    assert (result.total, result.wish.unread) == (0, ("year", "issued_from"))


def test_a_wish_is_written_as_it_was_read() -> None:
    query = "q=a+b&exact=1&in=az&in=en&issuer=x&year=1990&figures=1&issued_from=1990-01&page=3"
    wish = Wish.of(QueryDict(query))
    assert wish.query(page=3) == f"?{query}"
    assert wish.query() == f"?{query}"
    assert wish.query(year="1991") == f"?{query}".replace("1990&f", "1991&f").removesuffix("&page=3")
    assert Wish.of(QueryDict("")).query() == "."


def test_a_search_asks_the_same_few_questions_whatever_it_finds(publisher: User) -> None:
    around = {"issuer": an_issuer(), "occasion": an_occasion(), "events": [an_event()], "places": [a_place()]}
    everything = (
        "q=common+words&in=en&in=az&issuer=example-ministry&occasion=example-day&event=example-event"
        "&place=example-town&available=en&event_from=1980&issued_from=1980"
    )
    counts = []
    for count in (2, 8):
        for number in range(count):
            a_find(publisher, f"s-{count}-{number}", body="Common words.", languages=["en", "az"], **around)
        with CaptureQueriesContext(connection) as asked:
            assert find(everything).total > 1
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_pages_follow_each_other(publisher: User) -> None:
    for number in range(5):
        a_find(publisher, f"s-{number}", body="Common.", dated=f"200{number}-01-01")
    assert found("q=common", page_size=2) == ["s-4", "s-3"]
    assert found("q=common&page=3", page_size=2) == ["s-0"]
    assert found("q=common&page=4", page_size=2) == []
    result = find("q=common&page=2", page_size=2)
    assert (result.pages, result.has_next, result.total, result.is_capped) == (3, True, 5, False)


def test_more_than_can_be_ranked_is_said_so(publisher: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("memorial.reading.search.window.MOST_HITS", 3)
    for number in range(5):
        a_find(publisher, f"s-{number}", body="Common.", dated=f"200{number}-01-01", languages=["en", "az"])
    result = find("q=common")
    assert (result.total, result.is_capped) == (3, True)
    assert [hit.edition.statement.slug for hit in result.hits] == ["s-4", "s-3", "s-2"]
    assert sum(each.count for each in result.facets["issuer"]) == 3


def test_labels_that_change_need_no_new_index(publisher: User) -> None:
    a_find(publisher, "one", body="Roses.")
    Issuer.objects.filter(slug="example-ministry").update(**{"slug": "renamed", column_name("name", "en"): "Renamed"})
    (value,) = find("q=roses&issuer=renamed").facets["issuer"]
    assert (value.value, value.label, value.count) == ("renamed", "Renamed", 1)
