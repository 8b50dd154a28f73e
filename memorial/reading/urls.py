"""The readers' addresses, as a site map. Formats are suffixes; the language comes first."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from . import converters
from .views import (
    about,
    attachments,
    calendars,
    cards,
    citing,
    corrections,
    difference,
    doors,
    editions,
    events,
    feeds,
    home,
    issuers,
    machines,
    occasions,
    parallel,
    places,
    search,
    statements,
    subscriptions,
)

register_converter(converters.LanguageTag, "language")
register_converter(converters.Sid, "sid")
register_converter(converters.Digest, "digest")
register_converter(converters.Ordinal, "ordinal")
register_converter(converters.CitationSuffix, "citation")
register_converter(converters.Token, "token")

app_name = "reading"

in_one_statement: list[URLPattern | URLResolver] = [
    path("", statements.statement, name="statement"),
    path("history/", editions.history, name="history"),
    path("v/<ordinal:number>/", editions.edition, name="edition"),
    path("v/<ordinal:number>.txt", editions.edition_text, name="edition_text"),
    path("diff/<ordinal:older>..<ordinal:newer>/", difference.difference, name="difference"),
    path("with/<language:lang2>/", parallel.parallel, name="parallel"),
    path("with/<language:lang2>.tsv", parallel.parallel_tsv, name="parallel_tsv"),
    path("with/<language:lang2>.tmx", parallel.parallel_tmx, name="parallel_tmx"),
]

in_one_language: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<sid:sid>/<slug:slug>/", include(in_one_statement)),
    path("search/", search.search, name="search"),
    path("search.json", search.search_json, name="search_json"),
    path("search.csv", search.search_csv, name="search_csv"),
    path("search.atom", search.search_atom, name="search_atom"),
    path("statements/<sid:sid>/<slug:slug>.<citation:suffix>", citing.citation, name="citation"),
    path("issuers/", issuers.issuers, name="issuers"),
    path("issuers/<slug:slug>/", issuers.issuer, name="issuer"),
    path("issuers/<slug:slug>/feed.atom", feeds.news, {"kind": "issuer"}, name="issuer_feed"),
    path("issuers/<slug:slug>/changes.atom", feeds.changes, {"kind": "issuer"}, name="issuer_changes"),
    path("occasions/", occasions.occasions, name="occasions"),
    path("occasions/<slug:slug>/", occasions.occasion, name="occasion"),
    path("occasions/<slug:slug>/feed.atom", feeds.news, {"kind": "occasion"}, name="occasion_feed"),
    path("occasions/<slug:slug>/changes.atom", feeds.changes, {"kind": "occasion"}, name="occasion_changes"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/feed.atom", feeds.news, {"kind": "event"}, name="event_feed"),
    path("events/<slug:slug>/changes.atom", feeds.changes, {"kind": "event"}, name="event_changes"),
    path("places/", places.places, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("occasions.ics", calendars.calendar_of_all, name="calendar"),
    path("occasions/<slug:slug>.ics", calendars.occasion_calendar, name="occasion_calendar"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("about/", about.about, name="about"),
    path("feed.atom", feeds.news, name="feed"),
    path("changes.atom", feeds.changes, name="changes"),
    path("follow/", subscriptions.subscribe, name="subscribe"),
    path("follow/sent/", subscriptions.sent, name="subscribe_sent"),
    path("follow/<token:token>/", subscriptions.subscription, name="subscription"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", doors.root, name="root"),
    path("unsubscribe/<token:token>", subscriptions.unsubscribe, name="unsubscribe"),
    path("s/<sid:sid>", doors.permalink, name="permalink"),
    path("s/<sid:sid>/files/<digest:sha256>/<str:name>", attachments.attachment, name="attachment"),
    path("s/<sid:sid>/card/<digest:sha256>.png", cards.card, name="card"),
    path("unapi", citing.unapi, name="unapi"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<ordinal:number>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("<language:lang>/", include(in_one_language)),
]
