"""All addresses, grouped by door."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("", include("memorial.ops.urls")),
    path("", include("memorial.api.urls")),
    path("", include("memorial.reading.urls")),
]

handler404 = "memorial.reading.views.errors.page_not_found"
