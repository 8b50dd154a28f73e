"""nginx in front of the site: its configuration, written from the settings and from what the application itself says.

``site.conf`` is the text, ``configuration`` fills it in, ``manage.py nginx_configuration`` prints it.
"""
