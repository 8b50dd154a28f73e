"""Fails a test in which showing a page asks the database the same question for row after row (a pytest plugin)."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse
from zeal import zeal_context
from zeal.constants import initialize_app_registry
from zeal.patch import patch


@pytest.fixture(scope="session", autouse=True)
def _zeal() -> None:
    """Let zeal see the queries of models; it is no app of the site, only of its tests."""
    initialize_app_registry()
    patch()


@pytest.fixture(autouse=True)
def _no_page_repeats_its_queries(_zeal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Watch what happens while a page is made, not what a test does around it."""
    answer = BaseHandler.get_response

    def watched(self: BaseHandler, request: HttpRequest) -> HttpResponse:
        # Writing repeats itself on purpose: a verb reads again under its lock, and seals one language after the other.
        with zeal_context() if request.method == "GET" else nullcontext():
            response: Any = answer(self, request)
        return response

    monkeypatch.setattr(BaseHandler, "get_response", watched)
