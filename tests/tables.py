"""Takes languages away again that a test has added: tables outlive the emptying after each test (a pytest plugin)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from memorial.languages.columns import table_columns
from memorial.languages.leave import delete_language, stop_using_language
from memorial.languages.models import Language


@pytest.fixture
def tables_as_before(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Let a test really add languages."""
    before = set(Language.objects.values_list("tag", flat=True))
    yield
    settings.LANGUAGE_CHECK_SECONDS = 0
    for tag in set(Language.objects.values_list("tag", flat=True)) - before:
        stop_using_language(tag, by=None)
        delete_language(tag, export=tmp_path / f"{tag}.jsonl", by=None)
        assert not any(name.endswith(f"_{tag}") for name in table_columns(connection, "statements_issuer"))
