"""What is sent of bookings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.street.acts.bookings import MOST_WORDS
from pandok.web.sent_fields import Written


class BookingForm(forms.Form):
    test_bed = Written(pgettext_lazy("trial", "Code of the test bed"), room=20)
    pole = Written(_("Pole, where not the whole test bed is needed"), room=40)
    begins_at = Written(pgettext_lazy("booking", "From"), room=40, must=True, type="datetime-local")
    ends_at = Written(pgettext_lazy("booking", "Until"), room=40, must=True, type="datetime-local")
    for_whom = Written(_("For whom"), room=MOST_WORDS[0], must=True)
    purpose = Written(_("What for"), room=MOST_WORDS[1], must=True)


class MonthForm(forms.Form):
    """`month`: as 2026-07."""

    month = Written(room=7, cut=True)
