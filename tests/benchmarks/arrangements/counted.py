"""The site as a WSGI application that writes down each rendering, in ``rendered`` of its data folder."""

from django.conf import settings

from config.wsgi import application as site

from .counting import Counted

application = Counted(site, settings.DATA_DIR / "rendered")
application.listen()
