"""The site's own settings with a small app in place of the record, whose models a test may change."""

from config.settings import *  # noqa: F403 all of them

INSTALLED_APPS = [
    "memorial.languages",
    "modeltranslation",
    "memorial.accounts",
    "specimens",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE = ["memorial.languages.middleware.SiteLanguages", "django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "specimens.urls"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
