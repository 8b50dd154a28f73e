"""Addresses for machines that watch the site."""

from django.urls import URLPattern, path

from . import health

app_name = "ops"
urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
