"""Health: alive without the database, ready only when a reader could be served."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import OperationalError
from django.test import Client

from memorial.ops import health


def test_alive_is_answered_without_the_database(client: Client) -> None:
    # No database fixture: pytest-django refuses every query of this test.
    response = client.get("/healthz", headers={"host": "memorial.test"})
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_migrations_are_applied(client: Client) -> None:
    response = client.get("/readyz", headers={"host": "memorial.test"})
    assert (response.status_code, response.json()) == (200, {"status": "ready"})


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_not_applied(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("publishing", "0001_initial")
    response = client.get("/readyz", headers={"host": "memorial.test"})
    assert (response.status_code, response.json()["reasons"]) == (503, ["migrations"])
    assert response["Retry-After"] == "5"


def test_not_ready_while_the_database_is_away_and_nothing_secret_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: MigrationRecorder) -> dict[tuple[str, str], object]:
        raise OperationalError("connection to server at db.internal failed for user archivist")

    monkeypatch.setattr(health.MigrationRecorder, "applied_migrations", refuse)
    response = client.get("/readyz", headers={"host": "memorial.test"})
    assert response.status_code == 503
    assert response.json() == {"status": "not ready", "reasons": ["database"]}


@pytest.mark.django_db
def test_ready_takes_two_queries(client: Client, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(2):
        client.get("/readyz", headers={"host": "memorial.test"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_read(client: Client, path: str) -> None:
    assert client.post(path, headers={"host": "memorial.test"}).status_code == 405
