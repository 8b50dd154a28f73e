"""The readers' addresses, as a site map. Formats are suffixes; the language comes first."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from . import converters
from .views import (
    about,
    attachments,
    doors,
    editions,
    events,
    figures,
    home,
    issuers,
    machines,
    occasions,
    places,
    statements,
)

register_converter(converters.LanguageTag, "language")
register_converter(converters.Sid, "sid")
register_converter(converters.Digest, "digest")
register_converter(converters.Ordinal, "ordinal")

app_name = "reading"

in_one_statement: list[URLPattern | URLResolver] = [
    path("", statements.statement, name="statement"),
    path("history/", editions.history, name="history"),
    path("v/<ordinal:number>/", editions.edition, name="edition"),
    path("v/<ordinal:number>.txt", editions.edition_text, name="edition_text"),
]

in_one_language: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<sid:sid>/<slug:slug>/", include(in_one_statement)),
    path("issuers/", issuers.issuers, name="issuers"),
    path("issuers/<slug:slug>/", issuers.issuer, name="issuer"),
    path("occasions/", occasions.occasions, name="occasions"),
    path("occasions/<slug:slug>/", occasions.occasion, name="occasion"),
    path("events/", events.events, name="events"),
    path("events/<slug:slug>/", events.event, name="event"),
    path("events/<slug:slug>/figures/", figures.figures, name="event_figures"),
    path("events/<slug:slug>/figures.csv", figures.figures_csv, name="event_figures_csv"),
    path("events/<slug:slug>/figures.json", figures.figures_json, name="event_figures_json"),
    path("events/<slug:slug>/figures.jsonld", figures.figures_linked, name="event_figures_jsonld"),
    path("places/", places.places, name="places"),
    path("places/<slug:slug>/", places.place, name="place"),
    path("about/", about.about, name="about"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", doors.root, name="root"),
    path("s/<sid:sid>", doors.permalink, name="permalink"),
    path("s/<sid:sid>/files/<digest:sha256>/<str:name>", attachments.attachment, name="attachment"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<ordinal:number>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("<language:lang>/", include(in_one_language)),
]
