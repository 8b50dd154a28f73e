"""Django's makemigrations, writing migrations that name no language."""

from django.core.management.commands.makemigrations import Command as DjangoCommand

from memorial.languages.autodetector import LanguagelessAutodetector


class Command(DjangoCommand):
    """Write migrations that name base fields only."""

    autodetector = LanguagelessAutodetector
