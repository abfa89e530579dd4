"""What is sent of energy: a period, and a schedule to compare with."""

from __future__ import annotations

import re

from django.utils.translation import pgettext_lazy

from pandok.core.whole_number import whole_number
from pandok.fields.street.refusals import refusal
from pandok.fields.street.web.forms import PeriodForm
from pandok.readers.streetlights.lamp_energy import Dimming
from pandok.web.sent_fields import Written

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class EnergyForm(PeriodForm):
    dim_from = Written(pgettext_lazy("schedule", "Dimmed from"), room=5, type="time")
    dim_until = Written(pgettext_lazy("schedule", "Dimmed until"), room=5, type="time")
    dim_percent = Written(pgettext_lazy("schedule", "Brightness (%)"), room=3, inputmode="numeric")

    def plan(self) -> Dimming | None:
        """None where no schedule is asked for. Raises RequestError for one that is none."""
        sent = self.cleaned_data
        said = [sent[name].strip() for name in ("dim_from", "dim_until", "dim_percent")]
        if not any(said):
            return None
        begins, ends = _CLOCK.fullmatch(said[0]), _CLOCK.fullmatch(said[1])
        share = whole_number(said[2], most=100)
        if begins is None or ends is None or share is None:
            raise refusal("bad_schedule")
        first, last = (60 * int(one[1]) + int(one[2]) for one in (begins, ends))
        return Dimming(first, last, share / 100)
