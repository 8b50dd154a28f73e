"""What somebody gets where the database belongs to somebody else for a while. Being moved: see the journeys."""

from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from memorial.ops.middleware import NothingIsSavedNow


def test_a_lock_that_did_not_come_free_is_answered_with_503_and_when_to_come_again(rf: RequestFactory) -> None:
    middleware = NothingIsSavedNow(lambda request: HttpResponse())
    answer = middleware.process_exception(rf.post("/admin/"), OperationalError("database is locked"))
    assert answer is not None
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert b"<h1>" in answer.content


def test_any_other_error_of_the_database_is_a_fault_and_surfaces(rf: RequestFactory) -> None:
    middleware = NothingIsSavedNow(lambda request: HttpResponse())
    assert middleware.process_exception(rf.get("/"), OperationalError("no such table: x")) is None
    assert middleware.process_exception(rf.get("/"), ValueError("database is locked")) is None
