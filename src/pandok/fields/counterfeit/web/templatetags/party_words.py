"""Answers and papers in words of the page's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.documents import KINDS
from pandok.fields.counterfeit.outcomes import Answer

register = template.Library()


@register.filter
def answer_words(answer: str) -> str:
    return _said(Answer(answer).words)


@register.filter
def paper_words(kind: str) -> str:
    return _said(KINDS.get(kind, KINDS["other"]))


def _said(text: Text) -> str:
    return text.in_language(get_language() or "ko")
