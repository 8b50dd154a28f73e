"""What every template promises: no inline code, nobody else's files, directions from CLDR."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "memorial").rglob("templates/**/*.html"))
STYLES = sorted((ROOT / "memorial").rglob("static/**/*.css"))


def name(path: Path) -> str:
    """The path as it is spoken of."""
    return str(path.relative_to(ROOT))


FORBIDDEN = {
    "an inline style sheet": r"<style\b",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\bsrc\s*=)(?![^>]*type=\"application/(ld\+)?json\")[^>]*>",
    "an inline handler": r"<[^>]*\son[a-z]+\s*=\s*[\"'{]",
    "a javascript: address": r"javascript:",
    "a file of another host": (
        r"<(?:script|img|iframe|link|source|video|audio|form)\b[^>]*\s(?:src|srcset|action)\s*=\s*[\"']?(?:https?:)?//"
    ),
    "a style sheet of another host": (
        r"<link\b[^>]*rel=[\"']?(?:stylesheet|preload|icon)[^>]*href\s*=\s*[\"']?(?:https?:)?//"
    ),
    "the direction of Django's own table": r"get_language_info\b|\.bidi\b",
    "markup that is trusted without being cleaned": r"\|\s*safeseq\b|autoescape off",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    assert TEMPLATES, "no template was found"
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = [
        f"{name(path)}: {match.group()[:80]}"
        for path in TEMPLATES
        for match in pattern.finditer(re.sub(r"\{#.*?#\}", "", path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "source"),
    [
        ("an inline style sheet", "<style>p {}</style>"),
        ("an inline style", '<p class="x" style="color: red">'),
        ("an inline script", "<script>alert(1)</script>"),
        ("an inline handler", '<a href="#" onclick="go()">'),
        ("a file of another host", '<img alt="" src="https://cdn.example/x.png">'),
        ("a style sheet of another host", '<link rel="stylesheet" href="//cdn.example/x.css">'),
        ("the direction of Django's own table", "{% if info.bidi %}rtl{% endif %}"),
    ],
)
def test_the_rules_about_templates_see_what_they_should(what: str, source: str) -> None:
    assert re.search(FORBIDDEN[what], source, re.IGNORECASE)
    assert not re.search(FORBIDDEN[what], '<a href="https://source.example/" lang="az">{{ name }}</a>', re.IGNORECASE)


def test_styles_load_nothing_from_elsewhere_and_know_no_left_or_right() -> None:
    assert STYLES, "no style sheet was found"
    elsewhere = re.compile(r"@import|url\(\s*[\"']?(?:https?:)?//")
    sides = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)\b[^:;{}]*:|(?:left|right)\s*:|"
        r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b)"
    )
    found = [
        f"{name(path)}: {match.group()}"
        for path in STYLES
        for pattern in (elsewhere, sides)
        for match in pattern.finditer(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    ]
    assert found == []
