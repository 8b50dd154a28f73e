"""Capital letters in templates, Django's own too: the settings make this the ``capfirst`` of every template."""

from django import template
from django.template.defaultfilters import stringfilter

from memorial.languages.formats import capitalised_here

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def capfirst(value: str) -> str:
    """A text with a capital first letter, as the active language writes it."""
    return capitalised_here(value)
