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
    coverage,
    difference,
    doors,
    editions,
    events,
    feeds,
    figures,
    home,
    issuers,
    machines,
    names,
    occasions,
    parallel,
    places,
    search,
    series,
    sources,
    statements,
    subscriptions,
    timeline,
    wordings,
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
    path("diff/<ordinal:before>..<ordinal:after>/", difference.difference, name="difference"),
    path("with/<language:lang2>/", parallel.parallel, name="parallel"),
    path("with/<language:lang2>.tsv", parallel.parallel_tsv, name="parallel_tsv"),
    path("with/<language:lang2>.tmx", parallel.parallel_tmx, name="parallel_tmx"),
    path("wordings/", wordings.wordings, name="wordings"),
    path("wordings/<sid:ref>/", wordings.wording, name="wording"),
]

in_one_source: list[URLPattern | URLResolver] = [
    path("", sources.source, name="source"),
    path("v/<ordinal:number>/", sources.source_edition, name="source_edition"),
    path("v/<ordinal:number>.txt", sources.source_text, name="source_text"),
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
    path("sources/<sid:ref>/", include(in_one_source)),
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
    path("occasions/<slug:slug>/series/<slug:issuer>/", series.series, name="series"),
    path("occasions/<slug:slug>/compare/<sid:older>..<sid:newer>/", series.compare, name="compare"),
    path("timeline/", timeline.timeline_page, name="timeline"),
    path("timeline.json", timeline.timeline_json, name="timeline_json"),
    path("events/<slug:slug>/figures/", figures.figures, name="event_figures"),
    path("events/<slug:slug>/figures.csv", figures.figures_csv, name="event_figures_csv"),
    path("events/<slug:slug>/figures.json", figures.figures_json, name="event_figures_json"),
    path("events/<slug:slug>/figures.jsonld", figures.figures_linked, name="event_figures_jsonld"),
    path("names/", names.names, name="names"),
    path("places.csv", places.places_csv, name="places_csv"),
    path("places.geojson", places.places_geojson, name="places_geojson"),
    path("coverage/", coverage.coverage_page, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage_csv"),
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
