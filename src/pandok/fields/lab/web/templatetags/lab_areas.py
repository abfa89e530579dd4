"""The areas of the lab that the person of this request may enter, for every page of the lab."""

from __future__ import annotations

from typing import Any

from django import template

from pandok.fields.lab.web.areas import ShownArea, areas_for

register = template.Library()


@register.simple_tag(takes_context=True)
def lab_areas(context: Any) -> list[ShownArea]:
    return areas_for(context["request"])
