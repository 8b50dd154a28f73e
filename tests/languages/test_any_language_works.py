"""Languages that nobody prepared anything for work at the desk and in public from the moment they are added."""

import json
from typing import Any

import pytest

from tests.languages.conftest import Sites
from tests.languages.fresh import PROJECT, Site

LANGUAGES = {"fa": "rtl", "ps": "rtl", "prs": "rtl", "ku": "ltr", "am": "ltr", "lez": "ltr"}
ADD = f"""
from django.core.management import call_command
by_hand = {{"lez": {{"name_en": "Lezgian", "name_own": "Лезги чӀал", "script": "Cyrl"}}}}
for tag in {list(LANGUAGES)}:
    call_command("add_language", tag, **by_hand.get(tag, {{}}))
    call_command("publish_language", tag)
"""


@pytest.fixture(scope="module")
def visited(sites: Sites) -> dict[str, Any]:
    """What a process that was started after the languages were added shows in each of them."""
    folder, database_url = sites.new()
    (folder / "data").mkdir(parents=True)
    site = Site(folder, database_url)
    site.code = PROJECT
    site.environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "HASHED_STATIC_FILES": "false"}
    site.manage("migrate", "-v0")
    site.run_code(ADD)
    process = site.start("-W", "ignore", "-m", "tests.languages.visit", *LANGUAGES, LOG_LEVEL="ERROR")
    out, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize(("tag", "direction"), LANGUAGES.items())
def test_every_page_answers_in_the_language_and_its_direction(
    visited: dict[str, Any], tag: str, direction: str
) -> None:
    for door in ("desk", "public"):
        pages = visited[tag][door]
        assert len(pages) > 5
        assert pages == {path: [200, tag, direction] for path in pages}
    assert visited[tag]["missing"] == [404, tag, direction]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_written_at_the_desk_is_published_and_read(visited: dict[str, Any], tag: str) -> None:
    seen = visited[tag]
    assert seen["refused"] == {}
    assert seen["editions"] == [f"Title in {tag}"]
    assert f"Title in {tag}" in seen["statement"]
    assert f"Issuer in {tag}" in seen["statement"]
    assert f"Issuer in {tag}" in seen["issuer"]


DAYS = {
    "fa": "۲۰ مهٔ ۲۰۲۵",
    "ps": "۲۰۲۵ مۍ ۲۰",
    "prs": "۲۰ می ۲۰۲۵",
    "ku": "20ê gulana 2025an",
    "am": "20 ሜይ 2025",
    "lez": "2025-05-20",
}


@pytest.mark.parametrize(("tag", "day"), DAYS.items())
def test_dates_are_written_as_cldr_knows_them_and_by_number_where_it_does_not(
    visited: dict[str, Any], tag: str, day: str
) -> None:
    assert day in visited[tag]["statement"]
