"""What templates that draw need: places on a drawing, written as SVG reads them whatever the page's language."""

from django import template

register = template.Library()


@register.filter
def place(value: float) -> str:
    """A coordinate to a tenth of a unit, with a point and without idle zeros."""
    return f"{value:.1f}".removesuffix(".0")
