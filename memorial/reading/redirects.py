"""The redirect that Django does not have."""

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """What was asked for is described at another address; after a form, the page to look at (RFC 9110, 15.4.4)."""

    status_code = 303
