"""The addresses of the usual site, each under a language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from tests.benchmarks.usual.archive import views

urlpatterns = i18n_patterns(
    path("", views.HomeView.as_view(), name="home"),
    path("statements/", views.StatementListView.as_view(), name="statement-list"),
    path("statements/<slug:slug>/", views.StatementDetailView.as_view(), name="statement-detail"),
    path("issuers/", views.IssuerListView.as_view(), name="issuer-list"),
    path("issuers/<slug:slug>/", views.IssuerDetailView.as_view(), name="issuer-detail"),
    path("occasions/", views.OccasionListView.as_view(), name="occasion-list"),
    path("occasions/<slug:slug>/", views.OccasionDetailView.as_view(), name="occasion-detail"),
    path("events/<slug:slug>/", views.EventDetailView.as_view(), name="event-detail"),
    path("places/<slug:slug>/", views.PlaceDetailView.as_view(), name="place-detail"),
)
