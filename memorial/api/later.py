"""Addresses whose module is taken in when somebody asks for one of them."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Addresses = list[URLPattern | URLResolver]


class Later(URLResolver):
    """Addresses with a namespace of their own, which ``addresses`` returns when one of them is asked for or reversed.

    Django looks through all addresses when it reverses the first one. These have no part in that: without their
    namespace nobody can name them, and with it Django asks for them alone.

    Django has no public way to this: a resolver with the name of a module imports it late, but whoever reverses any
    address has ``_populate`` called on every resolver below, which reads the module. A view that resolves in a URLconf
    of its own would do without; then each name of these addresses needs that URLconf wherever it is reversed.
    """

    def __init__(self, route: str, addresses: Callable[[], Addresses], *, app_name: str, namespace: str) -> None:
        super().__init__(RoutePattern(route), [], app_name=app_name, namespace=namespace)
        self._addresses = addresses

    @cached_property
    def urlconf_module(self) -> Any:
        return self._addresses()

    def _populate(self) -> None:
        """Leave out what only reversing without the namespace would need."""
