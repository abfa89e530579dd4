"""Terms that a page explains where they stand: by touch, mouse or keyboard, without scripts.

A button shows its meaning (`popover` of HTML), which stands behind it in reading order; Escape closes it. Screen
readers say of the button whether it is open. Browsers without popovers show the meaning at once.
"""

from __future__ import annotations

from itertools import count

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from pandok.common.declared import glossary
from pandok.core.text import Text
from pandok.web.page_language import say

register = template.Library()
ALL_TERMS = Text(ko="용어 모두 보기", en="All terms")


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, words: str = "") -> SafeString:
    """The term `key`, or `words` in its place, with its meaning. An empty or unknown key is no term: only `words`.

    Not inside a link, a label or a button, which would hold a second thing to press.
    """
    found = glossary().get(key)
    if found is None:
        return conditional_escape(words)
    # Counted for each request, because a page may explain a term twice and includes have a context of their own.
    number = next(context["request"].__dict__.setdefault("explained_terms", count(1)))
    return format_html(
        '<span class="term"><button type="button" class="term-word" popovertarget="term-{0}">{1}</button>'
        '<span class="term-meaning" id="term-{0}" popover><b>{2}</b> {3} <a href="{4}#{5}">{6}</a></span></span>',
        number,
        words or say(found.words),
        say(found.words),
        say(found.meaning),
        reverse("glossary"),
        key,
        say(ALL_TERMS),
    )
