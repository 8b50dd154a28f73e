"""What is refused when the site starts."""

import pytest

from memorial.statements.checks import nothing_is_ordered_by_a_translated_field, statements_never_mix_languages
from memorial.statements.models import Issuer, Statement


def test_the_record_passes_its_own_checks() -> None:
    assert statements_never_mix_languages(None) == []
    assert nothing_is_ordered_by_a_translated_field(None) == []


def test_a_title_that_falls_back_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Statement.__dict__["title"], "fallback_languages", {"default": ("en",)})
    assert [error.id for error in statements_never_mix_languages(None)] == ["statements.E001"]


def test_an_order_by_names_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Issuer._meta, "ordering", ["-name"])
    assert [error.id for error in nothing_is_ordered_by_a_translated_field(None)] == ["statements.E002"]
