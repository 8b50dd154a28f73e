"""The languages of a page, three times: written here, since a template takes twenty times as long for each of forty."""

from html import escape

from django import template
from django.utils.safestring import SafeString

from memorial.reading.addresses import Alternate, absolute
from memorial.reading.page import Page
from memorial.reading.paths import path_to

register = template.Library()


@register.simple_tag
def alternate_links(page: Page) -> SafeString:
    """What the head says of the languages that the page exists in, each on a line."""
    site = absolute("")
    return SafeString(
        "".join(
            f'<link rel="alternate" hreflang="{each.tag}" href="{escape(site + each.path)}">\n'
            for each in page.available
        )
    )


@register.simple_tag
def languages_of(page: Page, original: str) -> SafeString:
    """The items of the choice of the language; ``original`` is the word for the one that the statement was made in."""
    mark = f' <span class="mark">{escape(original)}</span>'
    return SafeString(
        "".join(f"<li>{_way_to(each)}{mark if each.is_original else ''}</li>\n" for each in page.available)
    )


@register.simple_tag
def texts_beside(page: Page, sid: str, slug: str) -> SafeString:
    """The items of the choice of another text, to be read beside that of the page."""
    path = path_to("parallel", lang=page.lang, sid=sid, slug=slug, lang2=page.lang)
    here = escape(path.removesuffix(f"{page.lang}/"))
    return SafeString(
        "".join(
            f'<li><a href="{here}{each.tag}/" lang="{each.tag}" dir="{each.dir}">{escape(each.own_name)}</a></li>\n'
            for each in page.available
            if not each.is_current
        )
    )


def _way_to(each: Alternate) -> str:
    name = escape(each.own_name)
    if each.is_current:
        return f'<span lang="{each.tag}" dir="{each.dir}" aria-current="true">{name}</span>'
    return f'<a href="{escape(each.path)}" lang="{each.tag}" hreflang="{each.tag}" dir="{each.dir}">{name}</a>'
