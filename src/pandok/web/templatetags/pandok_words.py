"""Texts of the core in the language of the page."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from pandok.core.text import Text

register = template.Library()

_CODE = re.compile("`([^`]+)`")


@register.filter
def speak(text: Text) -> str:
    """A Text in the language of the page."""
    return text.in_language(get_language() or "ko")


@register.filter
def in_code(text: str) -> SafeString:
    """What stands between backticks as code; everything is escaped first."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))
