from django.core.management.commands.makemigrations import Command as Base

from memorial.languages.autodetector import TranslationAutodetector


class Command(Base):
    autodetector = TranslationAutodetector
