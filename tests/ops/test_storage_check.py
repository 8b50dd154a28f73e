"""Whether files can be kept is asked before the site is served, and its pages are served when they cannot."""

import json
from typing import Any

import pytest
from django.core.files.storage import Storage
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from pytest_django import Settings

from memorial.ops.storage_check import NAME, files_can_be_kept
from tests.servers.s3 import address_of
from tests.storages import kept_names, use

OPEN = "memorial-open"


def test_a_bucket_that_keeps_files_has_nothing_to_be_said_of(empty_storage: Storage) -> None:
    assert files_can_be_kept(None) == []
    assert files_can_be_kept(None) == [], "again and again"
    assert kept_names(empty_storage) == [NAME] or not hasattr(empty_storage, "bucket_name")


def test_a_bucket_that_fails_is_named_with_what_to_do(failing_storage: Any) -> None:
    [found] = files_can_be_kept(None)
    assert found.id == "ops.E010"
    assert failing_storage.bucket_name in found.msg
    assert "s3:ListBucket" in str(found.hint)
    assert failing_storage.secret_key not in f"{found.msg} {found.hint}"


def test_set_up_and_the_deployment_check_ask_it(failing_storage: Storage) -> None:
    # No database fixture: set_up ends before it touches one.
    for command in (["set_up"], ["check", "--deploy", "--tag", "storage"]):
        with pytest.raises(SystemCheckError, match=r"ops\.E010"):
            call_command(*command)


def test_a_bucket_that_is_open_to_all_is_warned_of(s3: None, settings: Settings) -> None:
    storage: Any = use(settings, address_of(OPEN))
    storage.connection.meta.client.create_bucket(Bucket=OPEN, ACL="public-read")
    place = f"arn:aws:s3:::{OPEN}/*"
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": place}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [everybody]})
    storage.connection.meta.client.put_bucket_policy(Bucket=OPEN, Policy=policy)
    assert [each.id for each in files_can_be_kept(None)] == ["ops.W010"]


@pytest.mark.django_db
def test_a_machine_is_ready_while_the_storage_is_away(client: Client, failing_storage: Storage) -> None:
    assert client.get("/readyz", headers={"host": "memorial.test"}).status_code == 200


def test_a_folder_is_not_asked(settings: Settings) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "memorial.statements.storage.Folder"}}
    assert files_can_be_kept(None) == []
