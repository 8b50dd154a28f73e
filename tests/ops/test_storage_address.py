"""STORAGE_URL: every form of it, every mistake in one readable line, and its secret shown nowhere."""

import pytest
from environs import ValidationError

from config.storage_url import storage_options

from .test_environment import run

KEY, SECRET = "AKIAEXAMPLE", "se/cr+et@x"
WHOLE = "s3://AKIAEXAMPLE:se%2Fcr%2Bet%40x@s3.example:9000/files/of/ours?region=eu-central-1&scheme=http"


def test_an_address_says_everything() -> None:
    options = storage_options(WHOLE)
    assert (options["access_key"], options["secret_key"]) == (KEY, SECRET)
    assert (options["endpoint_url"], options["region_name"]) == ("http://s3.example:9000", "eu-central-1")
    assert (options["bucket_name"], options["location"]) == ("files", "of/ours")


def test_https_and_no_prefix_are_what_is_meant_when_nothing_is_said() -> None:
    options = storage_options("s3://a:b@[::1]:9000/files/")
    assert (options["endpoint_url"], options["region_name"]) == ("https://[::1]:9000", "us-east-1")
    assert (options["bucket_name"], options["location"]) == ("files", "")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", {}),
        ("s3://files", {"bucket_name": "files", "location": "", "region_name": None}),
        ("s3://files/a/b/", {"bucket_name": "files", "location": "a/b", "region_name": None}),
        ("s3://files?region=eu-west-1", {"bucket_name": "files", "location": "", "region_name": "eu-west-1"}),
    ],
)
def test_without_a_key_aws_itself_knows_it(address: str, expected: dict[str, str | None]) -> None:
    assert storage_options(address) == expected


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://storage.example/files", "It is s3://KEY:SECRET@host"),
        ("s3://KEYWORD:xyz/zy@storage.example/files", "percent-encoded"),
        ("s3://KEYWORD:xyz#zy@storage.example/files", "percent-encoded"),
        ("s3://KEYWORD:xyz?zy@storage.example/files", "percent-encoded"),
        ("s3://KEYWORD@storage.example/files", "is missing"),
        ("s3://KEYWORD:xyzzy@/files", "is missing"),
        ("s3://KEYWORD:xyzzy@storage.example:port/files", "cannot be taken apart"),
        ("s3://KEYWORD:xyzzy@storage.example", "The bucket"),
        ("s3://KEYWORD:xyzzy@storage.example/Files", "The bucket"),
        ("s3://KEYWORD:xyzzy@storage.example/files/a/../b", "The prefix"),
        ("s3://KEYWORD:xyzzy@storage.example/files/a//b", "The prefix"),
        ("s3://KEYWORD:xyzzy@storage.example/files?region=Frankfurt!", "eu-central-1"),
        ("s3://KEYWORD:xyzzy@storage.example/files?scheme=ftp", "http or https"),
        ("s3://KEYWORD:xyzzy@storage.example/files?acl=public", "region and scheme only"),
        ("s3://KEYWORD:xyzzy@storage.example/files?region=a&region=b", "region and scheme only"),
        ("s3://storage.example:9000/files", "no key"),
        ("s3://files/prefix?scheme=http", "no key"),
        ("s3://", "The bucket"),
    ],
)
def test_a_mistake_is_named_and_nothing_of_the_address_repeated(address: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        storage_options(address)
    message = " ".join(refusal.value.messages)
    assert said in message
    assert "\n" not in message
    for part in ("KEYWORD", "xyz", "storage.example"):
        assert part not in message


def test_a_wrong_address_ends_the_start_with_one_line() -> None:
    answer = run("manage.py", "check", STORAGE_URL="s3://AKIAEXAMPLE:xyz/zy@storage.example/files")
    assert answer.returncode != 0
    assert answer.stderr.count("STORAGE_URL: ") == 1
    assert "Traceback" not in answer.stderr
    assert "xyz" not in answer.stderr
    assert "AKIA" not in answer.stderr


def test_settings_and_environment_can_be_shown_without_the_secret() -> None:
    script = (
        "from django.conf import settings; from config.settings import env; import django; django.setup();"
        "from django.core.files.storage import default_storage as storage; storage.exists;"
        "print(env, settings.STORAGES, storage, repr(storage), vars(storage), storage.secret_key == 'se/cr+et@x')"
    )
    answer = run("-c", script, STORAGE_URL=WHOLE)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.rstrip().endswith("True"), "it is known"
    assert SECRET not in answer.stdout
    assert "se%2F" not in answer.stdout
    assert KEY not in answer.stdout


def test_no_log_tells_the_key() -> None:
    script = "import django; django.setup(); from django.core.files.storage import default_storage as s; s.exists('x')"
    answer = run("-c", script, STORAGE_URL=WHOLE.replace("s3.example:9000", "127.0.0.1:9"), LOG_LEVEL="DEBUG")
    assert "StorageAway" in answer.stderr
    for secret in (KEY, SECRET, "se%2F"):
        assert secret not in answer.stderr


def test_without_an_address_files_are_in_the_data_folder_and_nothing_of_s3_is_loaded() -> None:
    script = (
        "import sys, django; django.setup();"
        "from django.core.files.storage import default_storage as storage; print(storage.location);"
        "print([name for name in sys.modules if name.startswith(('boto', 'storages'))])"
    )
    answer = run("-c", script, STORAGE_URL="")
    assert answer.stdout.splitlines()[0].endswith("/media"), answer.stderr
    assert answer.stdout.splitlines()[1] == "[]"
