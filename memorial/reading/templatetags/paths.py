"""Paths in templates: the settings make this the ``url`` of every template. Only the readers' pages are different."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed
from django.urls import NoReverseMatch
from django.utils.html import escape

from memorial.reading.paths import path_to

register = template.Library()
_DOOR = "reading:"


class PathNode(URLNode):
    """Django's, but for the pages of the readers' door."""

    def render(self, context: Any) -> str:
        name = str(self.view_name.resolve(context))
        if not name.startswith(_DOOR):
            return super().render(context)
        values = [value.resolve(context) for value in self.args]
        named = {key: value.resolve(context) for key, value in self.kwargs.items()}
        try:
            path = path_to(name.removeprefix(_DOOR), *values, **named)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            path = ""
        if self.asvar:
            context[self.asvar] = path
            return ""
        return escape(path) if context.autoescape else path


@register.tag
def url(parser: Parser, token: Token) -> PathNode:
    """``{% url 'reading:issuer' page.lang issuer.slug %}``"""
    node = parsed(parser, token)
    return PathNode(node.view_name, node.args, node.kwargs, node.asvar)
