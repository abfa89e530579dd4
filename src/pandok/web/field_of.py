"""A field of a form as the kind that it is: `form.fields[name]` is only a Field to the type check."""

from __future__ import annotations

from typing import TypeVar

from django.forms import BaseForm, Field

Kind = TypeVar("Kind", bound=Field)


def field_of(form: BaseForm, name: str, kind: type[Kind]) -> Kind:
    """Raises TypeError where the field is of another kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is no {kind.__name__}")
    return field
