"""The card of an edition, drawn: who speaks, the title, the date and the archive's name; no picture, no ornament."""

from io import BytesIO
from urllib.parse import urlsplit

import uharfbuzz as hb
from django.conf import settings
from PIL import Image, ImageDraw

from memorial.languages.formats import format_stated
from memorial.languages.labels import direction
from memorial.publishing.models import Edition

from .faces import BOLD, REGULAR, UNIT, can_write, scaled
from .kept import HEIGHT, WIDTH
from .typesetting import Line, Style, lines

# The colours of the site's own sheet.
PAPER, INK, QUIET, RULE, ACCENT = "#fbfaf7", "#1c1f21", "#585c60", "#d8d3c7", "#1d4d5c"
MARGIN, BAND, FOOT = 84, 14, 112
TITLE_LINES = 4
# The largest in which a title has room in three lines; the last also in four, and cut off.
TITLE_SIZES = (68, 60, 54, 48)
ISSUER_SIZE, FOOT_SIZE = 33, 30


def draw(edition: Edition) -> bytes:
    """Return the card of ``edition``, which has its facts, as a PNG. What no shipped font can write is left out."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, BAND - 1), fill=ACCENT)
    pen.rectangle((MARGIN, HEIGHT - FOOT, WIDTH - MARGIN - 1, HEIGHT - FOOT + 1), fill=RULE)
    _foot(image, edition)
    _above(image, edition)
    file = BytesIO()
    image.quantize(colors=48).save(file, "PNG", optimize=True)
    return file.getvalue()


def _above(image: Image.Image, edition: Edition) -> None:
    """The issuer at the head, and the title in the middle of what is left."""
    room, lang = WIDTH - 2 * MARGIN, edition.language
    issuer = edition.facts["issuer"]
    top = BAND + 58
    if can_write(issuer["name"], REGULAR):
        set_in = Style(REGULAR, ISSUER_SIZE, issuer["lang"], direction(issuer["lang"]))
        for line in lines(issuer["name"], set_in, room, 2)[0]:
            _put(image, line, top + line.rise, ACCENT, direction(lang))
            top += line.leading
    if can_write(edition.title, BOLD):
        title = _title(edition.title, lang, room, HEIGHT - FOOT - top - 36)
        height = sum(line.leading for line in title)
        top += max(0, (HEIGHT - FOOT - top - height) // 2)
        for line in title:
            _put(image, line, top + line.rise, INK, direction(lang))
            top += line.leading


def _title(text: str, lang: str, room: int, height: int) -> list[Line]:
    """The title as large as it has room; cut off in the smallest size if it has none."""
    found: list[Line] = []
    for size in TITLE_SIZES:
        is_last = size == TITLE_SIZES[-1]
        most = TITLE_LINES if is_last else TITLE_LINES - 1
        while most:
            found, is_whole = lines(text, Style(BOLD, size, lang, direction(lang)), room, most)
            is_high_enough = sum(line.leading for line in found) <= height
            if is_high_enough and (is_whole or is_last):
                return found
            most = most - 1 if is_last else 0
    return found


def _foot(image: Image.Image, edition: Edition) -> None:
    """The date at the beginning of the last line, the archive's name at its end."""
    lang = edition.language
    date = format_stated(edition.dated, lang)
    if not can_write(date, REGULAR):
        date = edition.dated  # in the international form
    site = settings.SITE_NAME
    if not can_write(site, BOLD):
        site = urlsplit(settings.SITE_URL).hostname or ""
    own = direction(lang)
    baseline = HEIGHT - FOOT // 2 + FOOT_SIZE // 3
    half = (WIDTH - 2 * MARGIN) // 2 - 20
    at_the_end = "ltr" if own == "rtl" else "rtl"
    for text, weight, colour, side in ((date, REGULAR, QUIET, own), (site, BOLD, INK, at_the_end)):
        for line in lines(text, Style(weight, FOOT_SIZE, lang, own), half, 1)[0]:
            _put(image, line, baseline, colour, side)


def _put(image: Image.Image, line: Line, baseline: int, colour: str, side: str) -> None:
    """Draw a line on its baseline: from the left margin, or up to the right one where ``side`` is rtl."""
    left = MARGIN if side == "ltr" else WIDTH - MARGIN - line.width
    # HarfBuzz counts upwards from the baseline, and pictures downwards from their upper edge.
    canvas = hb.RasterDraw()
    canvas.scale_factor = (UNIT, UNIT)
    canvas.extents = hb.RasterExtents(x_origin=0, y_origin=baseline - HEIGHT, width=WIDTH, height=HEIGHT, stride=0)
    for glyph in line.glyphs:
        canvas.transform = (1, 0, 0, 1, round(left * UNIT) + glyph.x, glyph.y)
        canvas.draw_glyph(scaled(glyph.font, glyph.size), glyph.number)
    drawn = canvas.render()
    if drawn is None:
        raise MemoryError("HarfBuzz could not draw a line of the card.")
    extents = drawn.extents
    mask = Image.frombuffer("L", (extents.width, extents.height), bytes(drawn.buffer), "raw", "L", extents.stride, -1)
    image.paste(colour, (0, 0), mask)
