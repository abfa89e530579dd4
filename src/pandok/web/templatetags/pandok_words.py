"""Texts of the core in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from pandok.core.text import Text

register = template.Library()


@register.filter
def speak(text: Text) -> str:
    """A Text in the language of the page."""
    return text.in_language(get_language() or "ko")
