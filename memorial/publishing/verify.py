"""Whether what was sealed is still what was sealed: every hash worked out again from what is stored."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS

from memorial.text.canonical import is_intact

from .models import Edition, SourceEdition

BATCH = 500


def broken_seals(using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """Name each edition and edition of a source whose canonical form, hash, body and facts do not belong together.

    All of them are read, in batches: two long queries.
    """
    for model in (Edition, SourceEdition):
        sealed = model._base_manager.using(using).order_by("pk")
        rows = sealed.values_list("pk", "canonical", "sha256", "facts", "body")
        for pk, exact, sha256, facts, body in rows.iterator(chunk_size=BATCH):
            if not is_intact(exact, sha256, facts=facts, body=body):
                yield f"{model._meta.db_table} {pk}"
