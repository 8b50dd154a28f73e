"""What templates say: each sentence and each unchanging part is made once in a language, and then said again.

The settings make this the ``i18n`` of every template. Everything is Django's, but ``{% translate %}`` of a plain string
looks its text up once, and ``{% once %}`` puts a whole part together once. What was made is kept by the object that
speaks the language, so new phrases (``phrases.runtime``) make all of it anew.
"""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, Variable
from django.templatetags import i18n

from memorial.languages.phrases.runtime import said_here

#: Some 300 kB a language. Parts that have many values, one after the other, are made anew now and then.
MOST_SAID = 2000

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Said(Node):
    """A plain string in the active language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.node, self.asvar = node, node.asvar
        self.said = str(node.filter_expression), str(node.message_context)
        node.asvar = None

    def render(self, context: Any) -> str:
        said = said_here()
        key = *self.said, context.autoescape
        text = said.get(key)
        if text is None:
            text = said[key] = self.node.render(context)
        if self.asvar:
            context[self.asvar] = text
            return ""
        return text


class Once(Node):
    """A part of a page that depends on the language and on a few values only."""

    def __init__(self, nodelist: NodeList, values: Sequence[FilterExpression]) -> None:
        self.nodelist, self.values = nodelist, values

    def render(self, context: Any) -> str:
        if context.template.engine.debug:  # the templates are read anew for each page
            return str(self.nodelist.render(context))
        said = said_here()
        key = self, context.autoescape, *(value.resolve(context) for value in self.values)
        text = said.get(key)
        if text is None:
            if len(said) >= MOST_SAID:
                said.clear()
            text = said[key] = self.nodelist.render(context)
        return text


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """``{% translate "All editions" %}``"""
    node = i18n.do_translate(parser, token)
    is_plain = _is_plain(node.filter_expression) and (node.message_context is None or _is_plain(node.message_context))
    return Said(node) if is_plain and not node.noop else node


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """``{% once page.lang page.section %} ... {% endonce %}``: nothing else of the page is asked about inside."""
    values = [parser.compile_filter(value) for value in token.split_contents()[1:]]
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist, values)


def _is_plain(expression: FilterExpression) -> bool:
    var = expression.var
    return not expression.filters and (not isinstance(var, Variable) or var.lookups is None)
