"""A field for a day, by the one rule for days (pandok.core.days)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from pandok.core.days import FIRST_DAY, LAST_DAY, is_sensible


class DayField(forms.DateField):
    """A day between the first and the last that make sense."""

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not is_sensible(day):
            limits = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
            raise ValidationError(_("A day lies between %(first)s and %(last)s.") % limits, code="far")
        return day
