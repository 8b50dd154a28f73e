"""nginx in front of the site: its configuration, written from the settings and from what the application itself says.

``site.conf`` is the text, ``configuration`` fills it in, ``addresses`` says what pages have in their
headers by where they are, ``manage.py nginx_configuration`` prints it.
"""
